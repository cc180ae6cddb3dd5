/** multipart/form-data as browsers send it, https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
import type { FormPart } from './types';

type FilePart = Extract<FormPart, { fileName: string }>;

const CRLF = '\r\n';

export function multipartType(boundary: string): string {
	return `multipart/form-data; boundary=${boundary}`;
}

/** Bytes of the whole body, known before any file is read. */
export function multipartLength(form: FormPart[], boundary: string): number {
	let length = closing(boundary).length;
	for (const part of form) {
		length += head(part, boundary).length + CRLF.length;
		length += isFile(part) ? part.bytes : Buffer.byteLength(part.value);
	}
	return length;
}

/**
 * The body in pieces. `opened` holds the content of each file part, in order.
 *
 * @throws Error when a file turns out longer or shorter than it was said to be: the declared length could not be kept.
 */
export async function* multipartChunks(
	form: FormPart[],
	boundary: string,
	opened: Array<AsyncIterable<Uint8Array>>,
): AsyncGenerator<Uint8Array> {
	let file = 0;
	for (const part of form) {
		yield head(part, boundary);
		if (isFile(part)) yield* ofLength(opened[file++], part);
		else yield Buffer.from(part.value);
		yield Buffer.from(CRLF);
	}
	yield closing(boundary);
}

export function isFile(part: FormPart): part is FilePart {
	return 'fileName' in part;
}

async function* ofLength(
	content: AsyncIterable<Uint8Array>,
	{ bytes, fileName }: FilePart,
): AsyncGenerator<Uint8Array> {
	let sent = 0;
	for await (const chunk of content) {
		sent += chunk.length;
		if (sent > bytes) break;
		yield chunk;
	}
	if (sent !== bytes) throw new Error(`The file ${fileName} changed while it was being sent`);
}

function head(part: FormPart, boundary: string): Buffer {
	const lines = [
		`--${boundary}`,
		`Content-Disposition: form-data; name="${quoted(part.name)}"` +
			(isFile(part) ? `; filename="${quoted(part.fileName)}"` : ''),
		...(isFile(part) ? [`Content-Type: ${part.mimeType.replace(/[\r\n]/g, '')}`] : []),
	];
	return Buffer.from(lines.join(CRLF) + CRLF + CRLF);
}

function closing(boundary: string): Buffer {
	return Buffer.from(`--${boundary}--${CRLF}`);
}

function quoted(text: string): string {
	return text.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');
}
