import OpenAI, { toFile } from 'openai';

import { collect, NOON, trainingFile, useSandbox } from './setup';

const bench = useSandbox();

describe('files', () => {
	it('takes a training file and gives it back byte by byte', async () => {
		const content = trainingFile() + '{"messages":[{"role":"user","content":"é 漢 \u2028"}]}\n';
		const file = await bench.upload(content, 'träining.jsonl');
		expect(file).toMatchObject({
			object: 'file',
			purpose: 'fine-tune',
			filename: 'träining.jsonl',
			bytes: Buffer.byteLength(content),
			created_at: NOON / 1000,
			status: 'processed',
		});
		expect(file.id).toMatch(/^file-\w{22}$/);
		expect(await bench.client.files.retrieve(file.id)).toEqual(file);
		const response = await bench.client.files.content(file.id);
		expect(await response.text()).toBe(content);
	});

	it('reports a file as uploaded until it is processed', async () => {
		bench.server.changeSettings({ fileProcessingMs: 5000 });
		const { id, status } = await bench.upload(trainingFile());
		expect(status).toBe('uploaded');
		const create = bench.client.fineTuning.jobs.create({
			model: 'gpt-4.1-mini',
			training_file: id,
		});
		await expect(create).rejects.toThrow(/still being processed and is not ready to be used/);
		await bench.server.advance(5000);
		expect((await bench.client.files.retrieve(id)).status).toBe('processed');
	});

	it('lists newest first, in pages, by purpose', async () => {
		const ids: string[] = [];
		for (let index = 0; index < 5; index++) ids.push((await bench.upload(trainingFile())).id);
		await bench.client.files.create({
			file: await toFile(Buffer.from('a'), 'a.txt'),
			purpose: 'user_data',
		});
		const tuning = await collect(bench.client.files.list({ purpose: 'fine-tune', limit: 2 }));
		expect(tuning.map(({ id }) => id)).toEqual([...ids].reverse());
		const oldest = await bench.client.files.list({ order: 'asc', limit: 1 });
		expect(oldest.data[0].id).toBe(ids[0]);
		expect(oldest.has_more).toBe(true);
	});

	it('deletes', async () => {
		const { id } = await bench.upload(trainingFile());
		expect(await bench.client.files.delete(id)).toEqual({ id, object: 'file', deleted: true });
		const error = await bench.client.files.retrieve(id).catch((cause: unknown) => cause);
		expect(error).toBeInstanceOf(OpenAI.NotFoundError);
		expect(error).toMatchObject({ status: 404, param: 'id', type: 'invalid_request_error' });
		await expect(bench.client.files.content(id)).rejects.toThrow(/No such File object/);
	});

	it('lets a file expire', async () => {
		const file = await bench.client.files.create({
			file: await toFile(Buffer.from('x'), 'x.txt'),
			purpose: 'user_data',
			expires_after: { anchor: 'created_at', seconds: 3600 },
		});
		expect(file.expires_at).toBe(file.created_at + 3600);
		await bench.server.advance(3_600_000);
		await expect(bench.client.files.retrieve(file.id)).rejects.toThrow(OpenAI.NotFoundError);
		expect((await bench.client.files.list()).data).toEqual([]);
	});

	it.each([
		['another name', 'training.json', trainingFile(), /Must be \.jsonl/],
		[
			'a JSON array',
			'a.jsonl',
			'[{"messages":[]}]\n',
			/Expected file to have JSONL format.*Line 1 /,
		],
		['a broken line', 'a.jsonl', '{"a":1}\n{"a":\n', /Line 2 is not a dictionary/],
		['an empty file', 'a.jsonl', '', /Expected file to have JSONL format/],
		['UTF-16', 'a.jsonl', Buffer.from('{"a":1}', 'utf16le'), /Expected file to have JSONL format/],
	])('refuses %s for training', async (_name, filename, content, message) => {
		const create = bench.client.files.create({
			file: await toFile(Buffer.from(content), filename),
			purpose: 'fine-tune',
		});
		await expect(create).rejects.toMatchObject({
			status: 400,
			message: expect.stringMatching(message) as string,
		});
		expect((await bench.client.files.list()).data).toEqual([]);
	});

	it('refuses an unknown purpose and a lifetime out of bounds', async () => {
		const file = await toFile(Buffer.from('x'), 'x.txt');
		const wrong = bench.client.files.create({ file, purpose: 'fun' as OpenAI.FilePurpose });
		await expect(wrong).rejects.toMatchObject({ status: 400, param: 'purpose' });
		const short = bench.client.files.create({
			file,
			purpose: 'user_data',
			expires_after: { anchor: 'created_at', seconds: 5 },
		});
		await expect(short).rejects.toMatchObject({ status: 400, param: 'expires_after[seconds]' });
	});

	it('refuses what is larger than the limit', async () => {
		bench.server.changeSettings({ maxFileBytes: 100 });
		await expect(bench.upload(trainingFile())).rejects.toMatchObject({
			status: 413,
			code: 'file_too_large',
		});
	});
});
