/** A multipart body: a stream when the file is one, so that it is never whole in memory. */
import { randomUUID } from 'crypto';

import { isFile, multipartChunks, multipartLength, multipartType } from '../../lib/http/multipart';
import type { ApiRequest, FormPart } from '../../lib/http/types';

import { isNodeStream, streamOf } from './stream';

export interface FormBody {
	headers: Record<string, string>;
	body: object;
}

/** Opens the files of `form`; with one that is a Node stream the body is a stream, otherwise a buffer. */
export async function formBody(form: FormPart[]): Promise<FormBody> {
	const boundary = `n8n-${randomUUID()}`;
	const files = form.filter(isFile);
	const opened = await Promise.all(files.map(async (part) => await part.content()));
	const chunks = () => multipartChunks(form, boundary, opened);
	const headers = {
		'Content-Type': multipartType(boundary),
		'Content-Length': String(multipartLength(form, boundary)),
	};
	const onDisk = files.findIndex(({ bytes }, file) => bytes > 0 && isNodeStream(opened[file]));
	if (onDisk < 0) return { headers, body: await toBuffer(chunks()) };
	return { headers, body: streamOf(await files[onDisk].content(), chunks) };
}

/** One file as the whole body, likewise. */
export async function rawBody({
	mimeType,
	bytes,
	content,
}: NonNullable<ApiRequest['raw']>): Promise<FormBody> {
	const headers = { 'Content-Type': mimeType, 'Content-Length': String(bytes) };
	const opened = await content();
	return { headers, body: isNodeStream(opened) ? opened : await toBuffer(opened) };
}

async function toBuffer(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const all: Uint8Array[] = [];
	for await (const chunk of chunks) all.push(chunk);
	return Buffer.concat(all);
}
