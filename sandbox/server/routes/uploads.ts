import { createHash } from 'node:crypto';

import type { FastifyInstance } from 'fastify';

import { checkBody, type Body } from '../check';
import { badRequest, notFound } from '../errors';
import { newId } from '../ids';
import type { UploadRecord } from '../records';
import type { Sandbox } from '../sandbox';
import {
	checkExpiry,
	checkPurpose,
	checkTrainingFile,
	findFile,
	presentFile,
} from '../uploadedFile';
import { readForm } from './files';

interface ById {
	Params: { id: string };
}

const LIFETIME_S = 3600;

/** https://developers.openai.com/api/reference/resources/uploads */
export function uploadRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	const { store, blobs, clock, settings } = sandbox;

	app.post('/v1/uploads', ({ body: json }) => {
		const body = checkBody(json, {
			bytes: { type: 'integer', required: true, min: 1, max: settings.maxUploadBytes },
			filename: { type: 'string', required: true, minLength: 1 },
			mime_type: { type: 'string', required: true, minLength: 1 },
			purpose: { type: 'string', required: true },
			expires_after: { type: 'object' },
		});
		const { anchor, seconds } = (body.expires_after ?? {}) as Body;
		const created_at = clock.seconds();
		const upload: UploadRecord = {
			id: newId('upload_'),
			bytes: body.bytes as number,
			created_at,
			expires_at: created_at + LIFETIME_S,
			filename: body.filename as string,
			purpose: checkPurpose(body.purpose),
			status: 'pending',
			fileExpiresAfter: checkExpiry(anchor, seconds),
		};
		store.put('upload', upload);
		return present(sandbox, upload);
	});

	app.post<ById>('/v1/uploads/:id/parts', async (request) => {
		const upload = requirePending(sandbox, request.params.id);
		const id = newId('part_');
		try {
			const { file } = await readForm(request, sandbox, id, settings.maxPartBytes);
			if (file?.field !== 'data') throw badRequest("'data' is a required property", 'data');
			requirePending(sandbox, upload.id);
			const part = { id, created_at: clock.seconds(), upload_id: upload.id, bytes: file.bytes };
			store.put('part', part, upload.id);
			const { created_at, upload_id } = part;
			return { id, object: 'upload.part', created_at, upload_id };
		} catch (cause) {
			await blobs.remove(id);
			throw cause;
		}
	});

	app.post<ById>('/v1/uploads/:id/complete', async ({ params, body: json }) => {
		const upload = requirePending(sandbox, params.id);
		const body = checkBody(json, {
			part_ids: { type: 'array', required: true, minLength: 1, items: { type: 'string' } },
			md5: { type: 'string' },
		});
		const fileId = await assemble(sandbox, upload, body.part_ids as string[], body.md5);
		const completed = { ...upload, status: 'completed' as const, fileId };
		store.put('upload', completed);
		return present(sandbox, completed);
	});

	app.post<ById>('/v1/uploads/:id/cancel', async ({ params }) => {
		const cancelled = { ...requirePending(sandbox, params.id), status: 'cancelled' as const };
		await dropParts(sandbox, cancelled.id);
		store.put('upload', cancelled);
		return present(sandbox, cancelled);
	});
}

async function assemble(sandbox: Sandbox, upload: UploadRecord, partIds: string[], md5: unknown) {
	const { store, blobs, clock, settings } = sandbox;
	const parts = partIds.map((id) => store.get('part', id));
	const stray = parts.findIndex((part) => part?.upload_id !== upload.id);
	if (stray !== -1) throw badRequest(`Part not found: ${partIds[stray]}`, 'part_ids');
	if (new Set(partIds).size < partIds.length) {
		throw badRequest('The same part is listed twice.', 'part_ids');
	}
	const bytes = parts.reduce((sum, part) => sum + (part?.bytes ?? 0), 0);
	if (bytes !== upload.bytes) {
		throw badRequest(
			`The number of bytes uploaded (${bytes}) does not match the number of bytes of the Upload (${upload.bytes}).`,
			'bytes',
		);
	}
	const hash = createHash('md5');
	for (const id of partIds) {
		for await (const chunk of blobs.read(id)) hash.update(chunk as Buffer);
	}
	const sum = hash.digest('hex');
	if (md5 !== undefined && md5 !== null && String(md5).toLowerCase() !== sum) {
		throw badRequest(`The md5 of the uploaded bytes (${sum}) does not match the given one.`, 'md5');
	}
	if (upload.purpose === 'fine-tune') {
		await checkTrainingFile(upload.filename, chunksOf(sandbox, partIds));
	}
	const id = newId('file-', 22);
	await blobs.join(id, partIds);
	const created_at = clock.seconds();
	store.put('file', {
		id,
		bytes,
		created_at,
		filename: upload.filename,
		purpose: upload.purpose,
		...(upload.fileExpiresAfter && { expires_at: created_at + upload.fileExpiresAfter }),
		processedAt: clock.now() + settings.fileProcessingMs,
	});
	await dropParts(sandbox, upload.id);
	return id;
}

async function* chunksOf({ blobs }: Sandbox, partIds: string[]): AsyncGenerator<Buffer> {
	for (const id of partIds) {
		for await (const chunk of blobs.read(id)) yield chunk as Buffer;
	}
}

async function dropParts({ store, blobs }: Sandbox, uploadId: string): Promise<void> {
	for (const part of store.each('part', uploadId)) await blobs.remove(part.id);
	store.removeChildren('part', uploadId);
}

function requirePending({ store, clock }: Sandbox, id: string): UploadRecord {
	const upload = store.get('upload', id);
	if (!upload) throw notFound(`No such Upload object: ${id}`, 'id');
	if (upload.status === 'pending' && upload.expires_at <= clock.seconds()) {
		upload.status = 'expired';
		store.put('upload', upload);
	}
	if (upload.status === 'pending') return upload;
	throw badRequest(
		`Upload ${id} has the status ${upload.status}; only pending ones can be changed.`,
	);
}

function present(sandbox: Sandbox, upload: UploadRecord) {
	const { fileId, fileExpiresAfter: _, ...shown } = upload;
	const file = fileId === undefined ? undefined : findFile(sandbox, fileId);
	return { ...shown, object: 'upload', ...(file && { file: presentFile(sandbox, file) }) };
}
