import { createHash } from 'node:crypto';

import { isFile } from '../../../lib/http/multipart';
import type { ApiRequest, Transport } from '../../../lib/http/types';
import type { LocalFile } from '../../../lib/openai/files';

export interface StoredFile {
	id: string;
	object: 'file';
	filename: string;
	purpose: string;
	bytes: number;
	created_at: number;
	status: string;
	status_details?: string;
	expires_at?: number;
	content: Buffer;
}

/** A file in memory that counts how often it is read, in chunks of an odd size. */
export function localFile(content: Buffer | string, fileName = 'train.jsonl') {
	const bytes = Buffer.from(content as string);
	const counter = { opened: 0 };
	const file: LocalFile = {
		fileName,
		mimeType: 'application/jsonl',
		bytes: bytes.length,
		open: () => {
			counter.opened++;
			return chunksOf(bytes, 1000);
		},
	};
	return { file, counter };
}

export async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Files and Uploads API in memory: reads forms, joins parts, checks sums. */
export class FileService {
	files: StoredFile[] = [];
	requests: ApiRequest[] = [];
	canceled: string[] = [];
	parts = new Map<string, Buffer>();
	/** Called before each request; what it throws is the answer. */
	before: (request: ApiRequest, index: number) => void | Promise<void> = () => {};
	/** Called when a request was acted on; what it throws is the answer all the same. */
	after: (request: ApiRequest) => void = () => {};
	statusAfterUpload = 'processed';

	readonly transport = (async (request: ApiRequest) => {
		this.requests.push(request);
		await this.before(request, this.requests.length - 1);
		const data = await this.answer(request);
		this.after(request);
		return { status: 200, headers: {}, data };
	}) as Transport;

	add(content: Buffer | string, more: Partial<StoredFile> = {}): StoredFile {
		const bytes = Buffer.from(content as string);
		const file: StoredFile = {
			id: `file-${this.files.length + 1}`,
			object: 'file',
			filename: 'train.jsonl',
			purpose: 'fine-tune',
			bytes: bytes.length,
			created_at: 1_000 + this.files.length,
			status: this.statusAfterUpload,
			content: bytes,
			...more,
		};
		this.files.unshift(file);
		return file;
	}

	paths(): string[] {
		return this.requests.map(({ method, path }) => `${method} ${path}`);
	}

	private upload: { filename: string; purpose: string; bytes: number } | undefined;

	private async answer({ method, path, body, form, query }: ApiRequest): Promise<unknown> {
		const [, root, id, action] = path.split('/');
		if (root === 'uploads') return await this.answerUpload(id, action, body, form);
		if (method === 'POST') {
			const sent = await readForm(form!);
			return this.add(sent.file.content, {
				filename: sent.file.fileName,
				purpose: sent.fields.purpose,
			});
		}
		if (!id) {
			const all = this.files.filter(({ purpose }) => !query?.purpose || purpose === query.purpose);
			return { data: all.slice(0, Number(query?.limit ?? 100)), has_more: false };
		}
		const file = this.files.find((one) => one.id === id)!;
		return action === 'content' ? chunksOf(file.content, 7) : { ...file };
	}

	private async answerUpload(
		id: string | undefined,
		action: string | undefined,
		body: object | undefined,
		form: ApiRequest['form'],
	): Promise<unknown> {
		if (!id) {
			this.upload = body as typeof this.upload;
			return { id: 'upload_1', status: 'pending', created_at: 900 };
		}
		if (action === 'cancel') {
			this.canceled.push(id);
			return { id, status: 'cancelled' };
		}
		if (action === 'parts') {
			const partId = `part_${this.parts.size + 1}`;
			this.parts.set(partId, (await readForm(form!)).file.content);
			return { id: partId };
		}
		const { part_ids: ids, md5 } = body as { part_ids: string[]; md5: string };
		const content = Buffer.concat(ids.map((part) => this.parts.get(part)!));
		if (content.length !== this.upload!.bytes) throw new Error('byte sum differs');
		if (createHash('md5').update(content).digest('hex') !== md5) throw new Error('md5 differs');
		const { filename, purpose } = this.upload!;
		return { id, status: 'completed', file: this.add(content, { filename, purpose }) };
	}
}

async function readForm(form: NonNullable<ApiRequest['form']>) {
	const fields: Record<string, string> = {};
	let file = { fileName: '', mimeType: '', content: Buffer.alloc(0) };
	for (const part of form) {
		if (!isFile(part)) {
			fields[part.name] = part.value;
			continue;
		}
		const chunks: Uint8Array[] = [];
		for await (const chunk of await part.content()) chunks.push(chunk);
		const content = Buffer.concat(chunks);
		if (content.length !== part.bytes) throw new Error('length differs');
		file = { fileName: part.fileName, mimeType: part.mimeType, content };
	}
	return { fields, file };
}
