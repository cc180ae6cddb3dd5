import { createHash } from 'crypto';

import { ApiError } from '../../http/errors';
import { isFile } from '../../http/multipart';
import type { ApiRequest, FormPart, Transport } from '../../http/types';
import { SettingError } from '../settingError';

import { type Fields, fieldsOf, rowsOf, text, unixOf } from './answers';
import { at, lastPart, slug } from './fireworksNames';
import type { CallHandler, Dialect } from './types';

type FilePart = Extract<FormPart, { fileName: string }>;

/** Larger ones go to a signed address. https://docs.fireworks.ai/api-reference/upload-dataset-files */
const MAX_DIRECT_BYTES = 150e6;
/** "The maximum page_size is 200." */
const MAX_PAGE = 200;

/** Files are datasets. https://docs.fireworks.ai/api-reference/list-datasets */
export function fireworksFileCalls(account: () => string): NonNullable<Dialect['calls']> {
	return {
		'files.create': uploadDataset(account),
		'files.delete': async ({ id, request }, send) => {
			const answer = await send({ ...request, ...at(account(), 'datasets', id) });
			return { ...answer, data: { id, object: 'file', deleted: true } };
		},
		'files.get': async ({ id, request }, send) => {
			const answer = await send({ ...request, ...at(account(), 'datasets', id) });
			return { ...answer, data: datasetFile(answer.data) };
		},
		'files.list': async ({ request }, send) => {
			const { limit, after } = request.query ?? {};
			const query = {
				pageSize: Math.min(Number(limit ?? 50), MAX_PAGE),
				pageToken: after,
				orderBy: 'create_time desc',
			};
			const answer = await send({ ...request, ...at(account(), 'datasets'), query });
			const next = text(fieldsOf(answer.data).nextPageToken);
			const data = rowsOf(answer.data, 'datasets').map(datasetFile);
			const place = { has_more: next !== undefined, last_id: next ?? null };
			return { ...answer, data: { object: 'list', data, ...place } };
		},
	};
}

/**
 * Makes a dataset and sends the file to it. Its id is made of the content, so that a repeated upload leads to the same
 * dataset. https://docs.fireworks.ai/fine-tuning/fine-tuning-via-api
 */
export function uploadDataset(account: () => string, maxDirect = MAX_DIRECT_BYTES): CallHandler {
	return async ({ request }, send) => {
		const file = request.form?.find(isFile);
		if (!file) {
			throw new SettingError('There is no file to upload', 'Check the field that holds the file.');
		}
		const { hash, lines } = await measure(file);
		const id = `${slug(file.fileName.replace(/\.jsonl$/i, ''), 40) || 'data'}-${hash.slice(0, 12)}`;
		const known = await makeDataset(account(), id, lines, send);
		if (known?.state !== 'READY') {
			const isLarge = file.bytes >= maxDirect;
			await (isLarge ? sendLarge : sendSmall)(account(), id, file, request, send);
		}
		const answer = await send({ method: 'GET', ...at(account(), 'datasets', id) });
		return {
			...answer,
			data: { ...datasetFile(answer.data), filename: file.fileName, bytes: file.bytes },
		};
	};
}

/** A dataset in the terms of a file. https://docs.fireworks.ai/api-reference/get-dataset */
export function datasetFile(data: unknown): Fields {
	const raw = fieldsOf(data);
	const { code, message } = fieldsOf(raw.status);
	const faulty = text(code) !== undefined && code !== 'OK';
	return {
		...raw,
		id: lastPart(text(raw.name) ?? ''),
		object: 'file',
		filename: text(raw.displayName) ?? lastPart(text(raw.name) ?? ''),
		purpose: 'fine-tune',
		created_at: unixOf(raw.createTime),
		status: faulty ? 'error' : raw.state === 'READY' ? 'processed' : 'uploaded',
		status_details: faulty ? (text(message) ?? code) : null,
	};
}

/** Fireworks wants the number of examples; blank lines are none. */
async function measure(file: FilePart): Promise<{ hash: string; lines: number }> {
	const hash = createHash('sha256');
	let lines = 0;
	let isBlank = true;
	for await (const chunk of await file.content()) {
		hash.update(chunk);
		for (let index = 0; index < chunk.length; index++) {
			const byte = chunk[index];
			if (byte === 0x0a) {
				if (!isBlank) lines++;
				isBlank = true;
			} else if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) isBlank = false;
		}
	}
	return { hash: hash.digest('hex'), lines: isBlank ? lines : lines + 1 };
}

/** The dataset that was there before, if it was. */
async function makeDataset(
	account: string,
	id: string,
	examples: number,
	send: Transport,
): Promise<Fields | undefined> {
	try {
		await send({
			method: 'POST',
			...at(account, 'datasets'),
			body: {
				datasetId: id,
				dataset: { userUploaded: {}, exampleCount: String(examples) },
			},
			retry: 'rejected',
		});
		return undefined;
	} catch (cause) {
		assertExists(cause);
		const { data } = await send({ method: 'GET', ...at(account, 'datasets', id) });
		return fieldsOf(data);
	}
}

function assertExists(cause: unknown): void {
	if (!(cause instanceof ApiError) || cause.details.status !== 409) throw cause;
}

async function sendSmall(
	account: string,
	id: string,
	file: FilePart,
	{ retry }: ApiRequest,
	send: Transport,
): Promise<void> {
	const form = [{ ...file, name: 'file' }];
	await send({ method: 'POST', ...at(account, 'datasets', id, ':upload'), form, retry });
}

/** https://docs.fireworks.ai/api-reference/get-dataset-upload-endpoint */
async function sendLarge(
	account: string,
	id: string,
	{ bytes, content }: FilePart,
	{ retry }: ApiRequest,
	send: Transport,
): Promise<void> {
	const fileName = `${id}.jsonl`;
	const { data } = await send({
		method: 'POST',
		...at(account, 'datasets', id, ':getUploadEndpoint'),
		body: { filenameToSize: { [fileName]: String(bytes) } },
		retry,
	});
	const url = text(fieldsOf(fieldsOf(data).filenameToSignedUrls)[fileName]);
	const { path } = at(account, 'datasets', id, ':upload');
	if (url === undefined) {
		const message = 'Fireworks AI named no address to send the file to';
		throw new ApiError(message, { code: 'invalid_upload', path });
	}
	await send({
		method: 'PUT',
		path,
		url,
		raw: { mimeType: 'application/octet-stream', bytes, content },
		// Part of what the address was signed for.
		headers: { 'x-goog-content-length-range': `${bytes},${bytes}` },
		retry,
		expect: 'buffer',
	});
	const validate = at(account, 'datasets', id, ':validateUpload');
	await send({ method: 'POST', ...validate, body: {}, retry });
}
