/**
 * Opens what a user gives as a training file and hands on plain UTF-8 bytes: byte order marks, UTF-16 and gzip
 * are taken off as a stream, everything that is not text is named instead of being read as garbage.
 */
import type { ByteSource, Finding } from './types';

/** OpenAI's largest training file (Uploads API), and thus the most that an honest gzip file can hold. */
export const MAX_UNPACKED_BYTES = 8 * 1024 ** 3;
/** gzip reaches 1032:1 on zeros; text stays far below 100:1. */
const MAX_EXPANSION = 250;
/** Small files may expand as they like: a bomb is only one when it is large. */
const EXPANSION_GRACE_BYTES = 16 * 1024 ** 2;
const HEAD_BYTES = 4096;

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface OpenTextOptions {
	/** Unpacked bytes after which a gzip file is cut off with a finding. */
	maxBytes?: number;
}

export interface OpenedText {
	/** The text as UTF-8 without byte order mark, readable once. Ends early, with a finding, where the input is damaged. */
	bytes: AsyncGenerator<Uint8Array>;
	encoding: TextEncodingName;
	/** A byte order mark was there and has been removed. */
	byteOrderMark: boolean;
	compression?: 'gzip';
	/** What the file is when it is no text at all; `bytes` is empty then. */
	container?: string;
	/** What could not be read: not text at all, or damaged. Complete only after `bytes` has been read to its end. */
	findings: Finding[];
}

/** File types by their first bytes; only those that people try to train on. */
const CONTAINERS: Array<{ name: string; magic: number[]; fix: string }> = [
	{
		name: 'ZIP archive or Office document (.xlsx, .docx)',
		magic: [0x50, 0x4b, 0x03, 0x04],
		fix: 'Unpack the archive with the Compression node, or turn the sheet into CSV with Extract From File.',
	},
	{
		name: 'empty ZIP archive',
		magic: [0x50, 0x4b, 0x05, 0x06],
		fix: 'Choose an archive that holds a file.',
	},
	{
		name: 'old Office document (.xls, .doc)',
		magic: [0xd0, 0xcf, 0x11, 0xe0],
		fix: 'Save the sheet as CSV.',
	},
	{
		name: 'PDF document',
		magic: [0x25, 0x50, 0x44, 0x46],
		fix: 'Extract the text first, for example with Extract From File.',
	},
	{
		name: 'Parquet file',
		magic: [0x50, 0x41, 0x52, 0x31],
		fix: 'Export the table as JSONL or CSV.',
	},
	{
		name: 'Arrow file',
		magic: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31],
		fix: 'Export the table as JSONL or CSV.',
	},
	{
		name: 'Zstandard archive',
		magic: [0x28, 0xb5, 0x2f, 0xfd],
		fix: 'Unpack the file first; gzip is understood directly.',
	},
	{
		name: 'bzip2 archive',
		magic: [0x42, 0x5a, 0x68],
		fix: 'Unpack the file first; gzip is understood directly.',
	},
	{
		name: 'xz archive',
		magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
		fix: 'Unpack the file first; gzip is understood directly.',
	},
	{
		name: '7-Zip archive',
		magic: [0x37, 0x7a, 0xbc, 0xaf],
		fix: 'Unpack the file first; gzip is understood directly.',
	},
	{
		name: 'SQLite database',
		magic: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66],
		fix: 'Query the database and build the file from its rows.',
	},
	{
		name: 'PNG image',
		magic: [0x89, 0x50, 0x4e, 0x47],
		fix: 'Choose the binary field that holds the training file.',
	},
	{
		name: 'JPEG image',
		magic: [0xff, 0xd8, 0xff],
		fix: 'Choose the binary field that holds the training file.',
	},
];

/** Reads the head of `source`, decides what it is, and returns its text as a stream. Never throws for what the input holds. */
export async function openText(
	source: ByteSource,
	options: OpenTextOptions = {},
): Promise<OpenedText> {
	const findings: Finding[] = [];
	let { head, bytes } = await peek(source);
	let compression: 'gzip' | undefined;
	if (head[0] === 0x1f && head[1] === 0x8b) {
		compression = 'gzip';
		({ head, bytes } = await peek(gunzip(bytes, options.maxBytes ?? MAX_UNPACKED_BYTES, findings)));
	}

	const container = nameContainer(head);
	if (container) {
		await bytes.return(undefined);
		findings.push({
			severity: 'error',
			code: 'not_a_text_file',
			message: `The file is a ${container.name}, not text.`,
			fix: container.fix,
		});
		return {
			bytes: nothing(),
			encoding: 'utf-8',
			byteOrderMark: false,
			compression,
			container: container.name,
			findings,
		};
	}

	const { encoding, markBytes } = detectEncoding(head);
	let text = markBytes > 0 ? skipBytes(bytes, markBytes) : bytes;
	if (encoding !== 'utf-8') text = utf16ToUtf8(text, encoding === 'utf-16be', findings);
	return { bytes: text, encoding, byteOrderMark: markBytes > 0, compression, findings };
}

/** The first bytes of a source, and the same source with them still in it. */
async function peek(
	source: ByteSource,
): Promise<{ head: Buffer; bytes: AsyncGenerator<Uint8Array> }> {
	const iterator =
		Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
	const chunks: Uint8Array[] = [];
	let length = 0;
	let done = false;
	while (length < HEAD_BYTES) {
		const next = await iterator.next();
		if (next.done) {
			done = true;
			break;
		}
		chunks.push(next.value);
		length += next.value.length;
	}
	async function* all(): AsyncGenerator<Uint8Array> {
		try {
			yield* chunks;
			while (!done) {
				const next = await iterator.next();
				done = next.done === true;
				if (!next.done) yield next.value;
			}
		} finally {
			if (!done) await iterator.return?.(undefined);
		}
	}
	return { head: Buffer.concat(chunks).subarray(0, HEAD_BYTES), bytes: all() };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function nameContainer(head: Buffer): { name: string; fix: string } | undefined {
	if (head[0] === 0x1f && head[1] === 0x8b) {
		return {
			name: 'gzip file inside a gzip file',
			fix: 'Unpack the file once before you pass it on.',
		};
	}
	// UTF-32 is as good as extinct; its mark begins like that of UTF-16, so it has to be told apart here.
	if (startsWith(head, [0xff, 0xfe, 0, 0]) || startsWith(head, [0, 0, 0xfe, 0xff])) {
		return { name: 'UTF-32 file', fix: 'Save the file as UTF-8.' };
	}
	const known = CONTAINERS.find(({ magic }) => startsWith(head, magic));
	if (known) return known;
	const zeros = head.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
	if (zeros > head.length / 8 && detectEncoding(head).encoding === 'utf-8') {
		return { name: 'binary file', fix: 'Choose the binary field that holds the training file.' };
	}
	return undefined;
}

function startsWith(head: Buffer, magic: number[]): boolean {
	return magic.every((byte, index) => head[index] === byte);
}

function detectEncoding(head: Buffer): { encoding: TextEncodingName; markBytes: number } {
	if (startsWith(head, [0xef, 0xbb, 0xbf])) return { encoding: 'utf-8', markBytes: 3 };
	if (startsWith(head, [0xff, 0xfe])) return { encoding: 'utf-16le', markBytes: 2 };
	if (startsWith(head, [0xfe, 0xff])) return { encoding: 'utf-16be', markBytes: 2 };
	// Without a mark: JSON and CSV begin with ASCII, which leaves every second byte zero (RFC 4627, section 3).
	if (head.length >= 4 && head[0] !== 0 && head[1] === 0 && head[2] !== 0 && head[3] === 0) {
		return { encoding: 'utf-16le', markBytes: 0 };
	}
	if (head.length >= 4 && head[0] === 0 && head[1] !== 0 && head[2] === 0 && head[3] !== 0) {
		return { encoding: 'utf-16be', markBytes: 0 };
	}
	return { encoding: 'utf-8', markBytes: 0 };
}

async function* skipBytes(
	source: AsyncIterable<Uint8Array>,
	count: number,
): AsyncGenerator<Uint8Array> {
	let left = count;
	for await (const chunk of source) {
		const skipped = Math.min(left, chunk.length);
		left -= skipped;
		if (skipped < chunk.length) yield chunk.subarray(skipped);
	}
}

async function* gunzip(
	source: AsyncGenerator<Uint8Array>,
	maxBytes: number,
	findings: Finding[],
): AsyncGenerator<Uint8Array> {
	const { readable, writable } = new DecompressionStream('gzip');
	const packed = { bytes: 0 };
	// The pump's own outcome is of no interest: whatever stops it also ends the readable side.
	const pumping = pump(source, writable.getWriter(), packed).catch(() => undefined);
	const reader = readable.getReader() as {
		read(): Promise<{ done: boolean; value?: Uint8Array }>;
		cancel(): Promise<void>;
	};
	let unpacked = 0;
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done || !value) return;
			unpacked += value.length;
			const expansion = unpacked / Math.max(packed.bytes, 1);
			if (unpacked > maxBytes || (unpacked > EXPANSION_GRACE_BYTES && expansion > MAX_EXPANSION)) {
				findings.push({
					severity: 'error',
					code: 'gzip_too_large',
					message: `The gzip file unpacks to more than is allowed (${Math.round(expansion)} times its size so far).`,
					fix: 'Unpack the file yourself and check what is in it.',
				});
				return;
			}
			yield value;
		}
	} catch {
		findings.push({
			severity: 'error',
			code: 'gzip_damaged',
			message: `The gzip file is damaged or incomplete after ${unpacked} unpacked bytes.`,
			fix: 'Fetch the file again; what could be unpacked was read.',
		});
	} finally {
		await reader.cancel().catch(() => undefined);
		await pumping;
	}
}

async function pump(
	source: AsyncGenerator<Uint8Array>,
	writer: {
		ready: Promise<unknown>;
		write(chunk: Uint8Array<ArrayBuffer>): Promise<void>;
		close(): Promise<void>;
	},
	packed: { bytes: number },
): Promise<void> {
	for await (const chunk of source) {
		packed.bytes += chunk.length;
		await writer.ready;
		await writer.write(chunk as Uint8Array<ArrayBuffer>);
	}
	await writer.close();
}

async function* utf16ToUtf8(
	source: AsyncIterable<Uint8Array>,
	bigEndian: boolean,
	findings: Finding[],
): AsyncGenerator<Uint8Array> {
	let carry: Buffer = Buffer.alloc(0);
	let damaged = false;
	for await (const chunk of source) {
		// A copy, because swapping happens in place and the chunk is the caller's.
		const units = Buffer.concat([carry, chunk]);
		const usable = completeUnits(units, bigEndian);
		carry = Buffer.from(units.subarray(usable));
		const text = decodeUnits(units.subarray(0, usable), bigEndian);
		damaged ||= /\p{Surrogate}/u.test(text);
		if (text) yield Buffer.from(text, 'utf8');
	}
	if (carry.length > 0)
		yield Buffer.from(decodeUnits(carry.subarray(0, carry.length & ~1), bigEndian), 'utf8');
	if (damaged || carry.length > 0) {
		findings.push({
			severity: 'error',
			code: 'utf16_damaged',
			message:
				'The UTF-16 text holds half characters (lone surrogates or an odd last byte), which became U+FFFD.',
			fix: 'Export the file again as UTF-8.',
		});
	}
}

/** Bytes that can be decoded now: whole code units, without a high surrogate whose other half is still to come. */
function completeUnits(units: Buffer, bigEndian: boolean): number {
	const even = units.length & ~1;
	if (even === 0) return 0;
	const last = bigEndian ? units.readUInt16BE(even - 2) : units.readUInt16LE(even - 2);
	return last >= 0xd800 && last < 0xdc00 ? even - 2 : even;
}

function decodeUnits(units: Buffer, bigEndian: boolean): string {
	return (bigEndian ? units.swap16() : units).toString('utf16le');
}
