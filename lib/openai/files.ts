/** The Files API, https://platform.openai.com/docs/api-reference/files. */
import type { FileObject } from 'openai/resources/files';

import { ApiError } from '../http/errors';
import { collectPages } from '../http/pages';
import type { FormPart, Surroundings, Transport } from '../http/types';

import { SettingError } from './settingError';

/** A file that can be read from its start any number of times. */
export interface LocalFile {
	fileName: string;
	mimeType: string;
	bytes: number;
	open: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

export interface FileSettings {
	/** e.g. `fine-tune`. */
	purpose: string;
	/** 3600 to 2592000; kept for good when absent. */
	expiresAfterSeconds?: number;
}

/** One request takes no more, https://platform.openai.com/docs/api-reference/files/create. */
export const MAX_FILE_BYTES = 512 * 1024 * 1024;
const FILES_PER_PAGE = 1_000;

/** Server words for "not ready yet"; without a status a file counts as ready. */
const UNREADY = new Set([
	'uploaded',
	'pending',
	'running',
	'processing',
	'validating',
	'importing',
]);
const FIRST_LOOK_MS = 1_000;
const LOOK_GROWTH = 1.5;
/** The interval of OpenAI's SDK (waitForProcessing). */
const MAX_LOOK_MS = 5_000;

/** Sends a file in one request. A lost answer is repeated: at worst a second, unused file remains. */
export async function createFile(
	transport: Transport,
	file: LocalFile,
	settings: FileSettings,
): Promise<FileObject> {
	const { data } = await transport<FileObject>({
		method: 'POST',
		path: '/files',
		form: [...settingParts(settings), filePart('file', file)],
		retry: 'safe',
	});
	return data;
}

export async function getFile(transport: Transport, fileId: string): Promise<FileObject> {
	const { data } = await transport<FileObject>({ method: 'GET', path: filePath(fileId) });
	return data;
}

/** Newest first. `purpose` is also checked here, since some servers ignore it. */
export async function listFiles(
	transport: Transport,
	{ purpose, limit = Infinity }: { purpose?: string; limit?: number } = {},
): Promise<FileObject[]> {
	const files = await collectPages<FileObject>(transport, {
		path: '/files',
		query: { purpose, order: 'desc' },
		pageSize: FILES_PER_PAGE,
		limit,
	});
	return purpose
		? files.filter((file) => file.purpose === undefined || file.purpose === purpose)
		: files;
}

/** Deletes a file; one that is already gone counts as deleted only on a repeated try. */
export async function deleteFile(
	transport: Transport,
	fileId: string,
): Promise<{ id: string; deleted: boolean }> {
	const { data } = await transport<{ id?: string; deleted?: boolean }>({
		method: 'DELETE',
		path: filePath(fileId),
	});
	return { id: data.id ?? fileId, deleted: data.deleted ?? true };
}

/** The bytes of a file, as a stream. */
export async function openFileContent(
	transport: Transport,
	fileId: string,
): Promise<AsyncIterable<Uint8Array>> {
	const { data } = await transport<AsyncIterable<Uint8Array>>({
		method: 'GET',
		path: `${filePath(fileId)}/content`,
		expect: 'stream',
	});
	return data;
}

/**
 * Looks at a file with growing pauses until the server has processed it.
 *
 * @throws ApiError with code `file_invalid` when the server found it unusable, `file_not_processed` when the time is up.
 */
export async function waitUntilProcessed(
	transport: Transport,
	{ sleep, now }: Pick<Surroundings, 'sleep' | 'now'>,
	file: FileObject,
	timeoutMs: number,
): Promise<FileObject> {
	const end = now() + timeoutMs;
	let interval = FIRST_LOOK_MS;
	let current = file;
	while (UNREADY.has(current.status)) {
		const left = end - now();
		if (left <= 0) throw notProcessed(current, timeoutMs);
		await sleep(Math.min(interval, left));
		interval = Math.min(interval * LOOK_GROWTH, MAX_LOOK_MS);
		current = await getFile(transport, file.id);
	}
	if (String(current.status) === 'error' || String(current.status) === 'failed')
		throw unusable(current);
	return current;
}

export function filePath(fileId: string): string {
	const id = fileId.trim();
	if (id === '' || id === '.' || id === '..') {
		throw new SettingError(
			"'File' is empty",
			'Pick a file from the list, or enter its ID (file-…), e.g. from an Upload operation.',
			'File',
		);
	}
	return `/files/${encodeURIComponent(id)}`;
}

export function filePart(name: string, { fileName, mimeType, bytes, open }: LocalFile): FormPart {
	return { name, fileName, mimeType, bytes, content: open };
}

function settingParts({ purpose, expiresAfterSeconds }: FileSettings): FormPart[] {
	const parts: FormPart[] = [{ name: 'purpose', value: purpose }];
	if (expiresAfterSeconds !== undefined) {
		parts.push({ name: 'expires_after[anchor]', value: 'created_at' });
		parts.push({ name: 'expires_after[seconds]', value: String(expiresAfterSeconds) });
	}
	return parts;
}

function notProcessed({ id, status }: FileObject, timeoutMs: number): ApiError {
	return new ApiError(
		`The file ${id} was uploaded, and after ${Math.round(timeoutMs / 1000)} s the server still says '${status}'`,
		{ code: 'file_not_processed', path: filePath(id) },
	);
}

function unusable({ id, status_details: details }: FileObject): ApiError {
	return new ApiError(`The server cannot use the file ${id}${details ? `: ${details}` : ''}`, {
		code: 'file_invalid',
		path: filePath(id),
	});
}
