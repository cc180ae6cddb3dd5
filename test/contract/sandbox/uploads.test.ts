import { createHash } from 'node:crypto';

import { toFile } from 'openai';

import { trainingFile, useSandbox } from './setup';

const bench = useSandbox();
const content = Buffer.from(trainingFile());

async function begin(bytes = content.length) {
	return await bench.client.uploads.create({
		bytes,
		filename: 'training.jsonl',
		mime_type: 'application/jsonl',
		purpose: 'fine-tune',
	});
}

async function addPart(uploadId: string, bytes: Buffer) {
	return await bench.client.uploads.parts.create(uploadId, { data: await toFile(bytes, 'part') });
}

describe('uploads', () => {
	it('puts parts together in the order of the list', async () => {
		const upload = await begin();
		expect(upload).toMatchObject({ object: 'upload', status: 'pending', purpose: 'fine-tune' });
		expect(upload.expires_at).toBe(upload.created_at + 3600);
		const second = await addPart(upload.id, content.subarray(300));
		const first = await addPart(upload.id, content.subarray(0, 300));
		expect(first).toMatchObject({ object: 'upload.part', upload_id: upload.id });
		const done = await bench.client.uploads.complete(upload.id, {
			part_ids: [first.id, second.id],
			md5: createHash('md5').update(content).digest('hex'),
		});
		expect(done.status).toBe('completed');
		expect(done.file).toMatchObject({ bytes: content.length, filename: 'training.jsonl' });
		const response = await bench.client.files.content(done.file!.id);
		expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
	});

	it('refuses a wrong number of bytes, a wrong sum, a strange part, and stays open for another try', async () => {
		const upload = await begin();
		const part = await addPart(upload.id, content);
		const complete = async (body: { part_ids: string[]; md5?: string }) =>
			await bench.client.uploads.complete(upload.id, body);
		await expect(complete({ part_ids: ['part_x'] })).rejects.toMatchObject({ param: 'part_ids' });
		await expect(complete({ part_ids: [part.id, part.id] })).rejects.toMatchObject({ status: 400 });
		await expect(complete({ part_ids: [part.id], md5: '0'.repeat(32) })).rejects.toMatchObject({
			param: 'md5',
		});
		const short = await begin(content.length + 1);
		const only = await addPart(short.id, content);
		const mismatch = bench.client.uploads.complete(short.id, { part_ids: [only.id] });
		await expect(mismatch).rejects.toThrow(/does not match the number of bytes/);
		expect((await complete({ part_ids: [part.id] })).status).toBe('completed');
	});

	it('cancels and expires, and takes no parts afterwards', async () => {
		const cancelled = await begin();
		await addPart(cancelled.id, content);
		expect((await bench.client.uploads.cancel(cancelled.id)).status).toBe('cancelled');
		await expect(addPart(cancelled.id, content)).rejects.toThrow(/status cancelled/);
		const late = await begin();
		await bench.server.advance(3_600_000);
		await expect(addPart(late.id, content)).rejects.toThrow(/status expired/);
	});

	it('limits the size of a part', async () => {
		bench.server.changeSettings({ maxPartBytes: 64 });
		const upload = await begin();
		await expect(addPart(upload.id, content)).rejects.toMatchObject({ status: 413 });
	});

	it('checks the put-together file as it checks a direct one', async () => {
		const text = Buffer.from('not JSONL');
		const upload = await begin(text.length);
		const part = await addPart(upload.id, text);
		const complete = bench.client.uploads.complete(upload.id, { part_ids: [part.id] });
		await expect(complete).rejects.toThrow(/Expected file to have JSONL format/);
	});
});
