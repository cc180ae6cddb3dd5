import type { FastifyInstance, FastifyRequest } from 'fastify';

import { badRequest, Refusal } from '../errors';
import { newId } from '../ids';
import { listBody, queryLimit, queryOrder, queryText, type Query } from '../lists';
import type { Sandbox } from '../sandbox';
import {
	checkExpiry,
	checkPurpose,
	checkTrainingFile,
	findFile,
	presentFile,
	requireFile,
} from '../uploadedFile';

interface ById {
	Params: { id: string };
}

/** https://developers.openai.com/api/reference/resources/files */
export function fileRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	const { store, blobs } = sandbox;

	app.post('/v1/files', async (request) => await receiveFile(request, sandbox));

	app.get<{ Querystring: Query }>('/v1/files', ({ query }) => {
		const purpose = queryText(query, 'purpose');
		const list = listBody(
			store,
			'file',
			{
				after: queryText(query, 'after'),
				limit: queryLimit(query, 10_000, 10_000),
				order: queryOrder(query),
				where: (file) =>
					(purpose === undefined || file.purpose === purpose) && !!findFile(sandbox, file.id),
			},
			(file) => presentFile(sandbox, file),
		);
		// Only this list's ends are never null in the specification.
		return { ...list, first_id: list.first_id ?? '', last_id: list.last_id ?? '' };
	});

	app.get<ById>('/v1/files/:id', ({ params }) =>
		presentFile(sandbox, requireFile(sandbox, params.id)),
	);

	app.get<ById>('/v1/files/:id/content', async ({ params }, reply) => {
		const file = requireFile(sandbox, params.id);
		const name = encodeURIComponent(file.filename);
		void reply
			.header('content-disposition', `attachment; filename*=UTF-8''${name}`)
			.type('application/octet-stream');
		if (file.purpose !== 'fine-tune-results' || !sandbox.settings.resultFileBase64) {
			return reply.send(blobs.read(file.id));
		}
		// OpenAI hands result files out as base64 text.
		const chunks: Buffer[] = [];
		for await (const chunk of blobs.read(file.id)) chunks.push(chunk as Buffer);
		return reply.send(Buffer.concat(chunks).toString('base64'));
	});

	app.delete<ById>('/v1/files/:id', async ({ params }) => {
		const { id } = requireFile(sandbox, params.id);
		store.remove('file', id);
		await blobs.remove(id);
		return { id, object: 'file', deleted: true };
	});
}

async function receiveFile(request: FastifyRequest, sandbox: Sandbox) {
	const { store, blobs, clock, settings } = sandbox;
	const id = newId('file-', 22);
	try {
		const { fields, file } = await readForm(request, sandbox, id, settings.maxFileBytes);
		if (!file) throw badRequest("'file' is a required property", 'file');
		const purpose = checkPurpose(fields.purpose);
		const lifetime = checkExpiry(fields['expires_after[anchor]'], fields['expires_after[seconds]']);
		if (purpose === 'fine-tune') await checkTrainingFile(file.filename, blobs.read(id));
		const created_at = clock.seconds();
		const record = {
			id,
			bytes: file.bytes,
			created_at,
			filename: file.filename,
			purpose,
			...(lifetime !== undefined && { expires_at: created_at + lifetime }),
			processedAt: clock.now() + settings.fileProcessingMs,
		};
		store.put('file', record);
		return presentFile(sandbox, record);
	} catch (cause) {
		await blobs.remove(id);
		throw cause;
	}
}

/** Reads a multipart form; its one file goes to disk as it comes. Fields may stand before or after it. */
export async function readForm(
	request: FastifyRequest,
	{ blobs }: Sandbox,
	id: string,
	maxBytes: number,
) {
	if (!request.isMultipart()) {
		throw badRequest('Could not parse multipart form: the request is not multipart/form-data');
	}
	const fields: Record<string, string> = Object.create(null);
	let file: { filename: string; bytes: number; field: string } | undefined;
	for await (const part of request.parts({ limits: { fileSize: maxBytes, files: 1 } })) {
		if (part.type === 'field') {
			fields[part.fieldname] = String(part.value);
			continue;
		}
		const bytes = await blobs.write(id, part.file);
		if (part.file.truncated) {
			throw new Refusal(413, `File is larger than the maximum of ${maxBytes} bytes.`, {
				param: part.fieldname,
				code: 'file_too_large',
			});
		}
		file = { filename: part.filename, bytes, field: part.fieldname };
	}
	return { fields, file };
}
