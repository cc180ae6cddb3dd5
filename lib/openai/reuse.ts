/** Finds a file on the server that has the very bytes of a local one. */
import { createHash } from 'crypto';
import type { FileObject } from 'openai/resources/files';

import { ApiError } from '../http/errors';
import type { Surroundings, Transport } from '../http/types';

import { listFiles, type LocalFile, openFileContent } from './files';
import { asError } from '../attempt';

/** Files of the same size are compared, newest first; more than a few are a coincidence of tiny files. */
const MAX_COMPARED = 3;
/** A file that expires sooner could be gone before the job has read it. */
const MIN_LIFE_S = 24 * 3600;

/**
 * A ready file of the same purpose with the same content, or undefined. The API tells no hash, and a hash in our own
 * file names would miss what others uploaded; so files of exactly the same size are read back and their SHA-256 is
 * compared. A size that occurs nowhere (the usual case) costs one list request. Where the server does not let files
 * be read back, nothing is reused.
 */
export async function findSameFile(
	transport: Transport,
	{ now }: Pick<Surroundings, 'now'>,
	file: LocalFile,
	purpose: string,
): Promise<FileObject | undefined> {
	const oldest = now() / 1000 + MIN_LIFE_S;
	const candidates = (await listFiles(transport, { purpose })).filter(
		(other) =>
			other.bytes === file.bytes &&
			String(other.status ?? 'processed') === 'processed' &&
			(!other.expires_at || other.expires_at > oldest),
	);
	if (candidates.length === 0) return undefined;

	const own = await hashOf(await file.open());
	for (const other of byName(candidates, file.fileName).slice(0, MAX_COMPARED)) {
		const theirs = await hashOnServer(transport, other.id);
		if (theirs === own) return other;
	}
	return undefined;
}

/** Those with our name first. */
function byName(files: FileObject[], fileName: string): FileObject[] {
	const rank = (file: FileObject) => (file.filename === fileName ? 0 : 1);
	return [...files].sort((a, b) => rank(a) - rank(b));
}

async function hashOnServer(transport: Transport, fileId: string): Promise<string | undefined> {
	try {
		return await hashOf(await openFileContent(transport, fileId));
	} catch (cause) {
		if (cause instanceof ApiError) return undefined;
		throw asError(cause);
	}
}

async function hashOf(content: AsyncIterable<Uint8Array>): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of content) hash.update(chunk);
	return hash.digest('hex');
}
