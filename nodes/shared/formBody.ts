/** A multipart body: a stream when the file is one, so that it is never whole in memory. */
import { randomUUID } from 'crypto';

import { isFile, multipartChunks, multipartLength, multipartType } from '../../lib/http/multipart';
import type { FormPart } from '../../lib/http/types';

/** Node's `Readable`, whose `compose` makes another readable stream of it. */
interface ComposableStream extends AsyncIterable<Uint8Array> {
	compose(transform: (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>): object;
}

export interface FormBody {
	headers: Record<string, string>;
	body: object;
}

/** Opens the files of `form`; with one that is a Node stream the body is a stream, otherwise a buffer. */
export async function formBody(form: FormPart[]): Promise<FormBody> {
	const boundary = `n8n-${randomUUID()}`;
	const opened: Array<AsyncIterable<Uint8Array>> = [];
	for (const part of form) if (isFile(part)) opened.push(await part.content());

	const stream = opened.findIndex(isComposable);
	const headers = {
		'Content-Type': multipartType(boundary),
		'Content-Length': String(multipartLength(form, boundary)),
	};
	if (stream < 0) {
		return { headers, body: await toBuffer(multipartChunks(form, boundary, opened)) };
	}
	const body = (opened[stream] as ComposableStream).compose((source) =>
		multipartChunks(form, boundary, opened.with(stream, source)),
	);
	return { headers, body };
}

function isComposable(content: AsyncIterable<Uint8Array>): boolean {
	return typeof (content as Partial<ComposableStream>).compose === 'function';
}

async function toBuffer(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const all: Uint8Array[] = [];
	for await (const chunk of chunks) all.push(chunk);
	return Buffer.concat(all);
}
