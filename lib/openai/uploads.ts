/** The Uploads API for large files, https://platform.openai.com/docs/api-reference/uploads. */
import { createHash } from 'crypto';
import type { FileObject } from 'openai/resources/files';

import { ApiError } from '../http/errors';
import type { Transport } from '../http/types';

import { type FileSettings, listFiles, type LocalFile } from './files';
import { asError } from '../attempt';

const MIB = 1024 * 1024;
export const MAX_PART_BYTES = 64 * MIB;
export const MAX_UPLOAD_BYTES = 8 * 1024 * MIB;
const CANCEL_TIMEOUT_MS = 15_000;

export interface PartSettings extends FileSettings {
	/** Bytes a part; the last one may be smaller. At most 64 MiB. */
	partBytes: number;
	/** Told after each part. */
	onPart?: (part: number, parts: number) => void;
}

interface Upload {
	id: string;
	/** Seconds since the epoch, by the server's clock. */
	created_at?: number;
	file?: FileObject | null;
}

/**
 * Sends a file in parts, one after the other, with one part in memory. A part that fails is sent again alone. When
 * the upload cannot be finished it is canceled, so that its parts do not lie about for an hour.
 */
export async function uploadInParts(
	transport: Transport,
	file: LocalFile,
	settings: PartSettings,
): Promise<{ file: FileObject; parts: number }> {
	const { data: upload } = await transport<Upload>({
		method: 'POST',
		path: '/uploads',
		body: {
			bytes: file.bytes,
			filename: file.fileName,
			mime_type: file.mimeType,
			purpose: settings.purpose,
			expires_after: settings.expiresAfterSeconds && {
				anchor: 'created_at',
				seconds: settings.expiresAfterSeconds,
			},
		},
		// An upload that nobody fills expires by itself.
		retry: 'safe',
	});
	try {
		const { partIds, md5 } = await sendParts(transport, upload.id, file, settings);
		const made = await complete(transport, upload, { part_ids: partIds, md5 }, file);
		return { file: made, parts: partIds.length };
	} catch (cause) {
		await cancelQuietly(transport, upload.id);
		throw asError(cause);
	}
}

async function sendParts(
	transport: Transport,
	uploadId: string,
	file: LocalFile,
	{ partBytes, onPart }: PartSettings,
): Promise<{ partIds: string[]; md5: string }> {
	const parts = Math.ceil(file.bytes / partBytes);
	const partIds: string[] = [];
	const hash = createHash('md5');
	for await (const chunks of inParts(await file.open(), partBytes)) {
		for (const chunk of chunks) hash.update(chunk);
		const { data } = await transport<{ id: string }>({
			method: 'POST',
			path: `/uploads/${encodeURIComponent(uploadId)}/parts`,
			form: [
				{
					name: 'data',
					fileName: file.fileName,
					mimeType: 'application/octet-stream',
					bytes: byteLength(chunks),
					content: async function* () {
						yield* chunks;
					},
				},
			],
			// A part that arrived twice is left out of the list below.
			retry: 'safe',
		});
		partIds.push(data.id);
		onPart?.(partIds.length, parts);
	}
	return { partIds, md5: hash.digest('hex') };
}

/** Cuts a stream into lists of chunks of `partBytes` each. */
export async function* inParts(
	source: AsyncIterable<Uint8Array>,
	partBytes: number,
): AsyncGenerator<Uint8Array[]> {
	let part: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of source) {
		let rest = chunk;
		while (size + rest.length >= partBytes) {
			const taken = partBytes - size;
			part.push(rest.subarray(0, taken));
			yield part;
			part = [];
			size = 0;
			rest = rest.subarray(taken);
		}
		if (rest.length > 0) part.push(rest);
		size += rest.length;
	}
	if (size > 0) yield part;
}

async function complete(
	transport: Transport,
	upload: Upload,
	body: { part_ids: string[]; md5: string },
	file: LocalFile,
): Promise<FileObject> {
	try {
		const { data } = await transport<Upload>({
			method: 'POST',
			path: `/uploads/${encodeURIComponent(upload.id)}/complete`,
			body,
		});
		if (data.file) return data.file;
	} catch (cause) {
		if (!(cause instanceof ApiError && cause.details.ambiguous)) throw asError(cause);
		const made = await findMade(transport, upload, file);
		if (made) return made;
		throw asError(cause);
	}
	throw new ApiError('The server completed the upload without naming the file', {
		code: 'invalid_upload',
		path: '/uploads',
	});
}

/** After a lost answer: the newest file, if it is ours by name, size and age. */
async function findMade(
	transport: Transport,
	upload: Upload,
	file: LocalFile,
): Promise<FileObject | undefined> {
	const [newest] = await listFiles(transport, { limit: 1 });
	const ours =
		newest?.filename === file.fileName &&
		newest.bytes === file.bytes &&
		newest.created_at >= (upload.created_at ?? Infinity);
	return ours ? newest : undefined;
}

async function cancelQuietly(transport: Transport, uploadId: string): Promise<void> {
	try {
		await transport({
			method: 'POST',
			path: `/uploads/${encodeURIComponent(uploadId)}/cancel`,
			retry: 'safe',
			detached: true,
			timeout: CANCEL_TIMEOUT_MS,
		});
	} catch {
		// What made the upload fail is thrown next and says more; an upload that is not canceled expires in an hour.
	}
}

function byteLength(chunks: Uint8Array[]): number {
	return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}
