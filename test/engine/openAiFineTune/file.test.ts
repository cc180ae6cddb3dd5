import { readBinary, useNock } from '../harness';
import { api, locator, run } from './api';
import { list, stored } from './file.support';

// Megabytes pass through; a busy machine needs its time for them.
jest.setTimeout(30_000);

useNock();

describe('Get', () => {
	it('looks up the file of each item, simplified or not', async () => {
		api()
			.get('/files/file-1')
			.twice()
			.reply(200, stored('file-1', { extra: 1 }));
		const { outputs } = await run(
			'file',
			'get',
			{ fileId: locator('file-1', 'list'), simplify: '={{ $json.simplify }}' },
			{ items: [{ json: { simplify: true } }, { json: { simplify: false } }] },
		);
		expect(Object.keys(outputs[0][0].json)).toEqual([
			'id',
			'filename',
			'purpose',
			'bytes',
			'status',
			'status_details',
			'created_at',
			'expires_at',
		]);
		expect(outputs[0][1].json).toEqual(stored('file-1', { extra: 1 }));
	});

	it('asks for an ID that is missing, before it asks the server', async () => {
		const { error } = await run('file', 'get', { fileId: locator('={{ $json.none }}') });
		expect(error?.message).toBe("'File' is empty");
	});
});

describe('Get Many', () => {
	it('takes as many as the limit of each item asks', async () => {
		api()
			.get('/files')
			.query({ order: 'desc', limit: 1 })
			.reply(200, { data: [stored('file-1')], has_more: true, last_id: 'file-1' });
		api()
			.get('/files')
			.query({ order: 'desc', limit: 2 })
			.reply(200, {
				data: [stored('file-1'), stored('file-2')],
				has_more: true,
				last_id: 'file-2',
			});
		const { outputs } = await run(
			'file',
			'getAll',
			{ limit: '={{ $json.limit }}' },
			{ items: [{ json: { limit: 1 } }, { json: { limit: 2 } }] },
		);
		expect(outputs[0].map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['file-1', { item: 0 }],
			['file-1', { item: 1 }],
			['file-2', { item: 1 }],
		]);
	});

	it('returns all pages of one purpose', async () => {
		const query = { purpose: 'fine-tune-results', order: 'desc', limit: 1000 };
		const result = { purpose: 'fine-tune-results' };
		api()
			.get('/files')
			.query(query)
			.reply(200, { data: [stored('file-1', result)], has_more: true, last_id: 'file-1' });
		api()
			.get('/files')
			.query({ ...query, after: 'file-1' })
			.reply(200, list(stored('file-2', result)));
		const { outputs } = await run('file', 'getAll', {
			returnAll: true,
			filters: { purpose: 'fine-tune-results' },
			simplify: false,
		});
		expect(outputs[0].map(({ json }) => json)).toEqual([
			stored('file-1', result),
			stored('file-2', result),
		]);
	});

	it('comes to an end with a server that ignores the cursor', async () => {
		api()
			.get('/files')
			.twice()
			.query(true)
			.reply(200, { data: [stored('file-1')], has_more: true, last_id: 'file-1' });
		const { error } = await run('file', 'getAll', { returnAll: true });
		expect(error?.message).toContain('sent the same page twice');
		expect(error?.description).toContain("'Return All'");
	});
});

describe('Get Content', () => {
	const CSV = 'step,train_loss,valid_loss\n1,1.5,\n2,0.5,0.75\n';
	const RESULT = { filename: 'step_metrics.csv', purpose: 'fine-tune-results' };

	it.each(['memory', 'filesystem'] as const)(
		'gives the bytes as a file, kept in %s',
		async (binaryMode) => {
			const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
			api().get('/files/file-1').reply(200, stored('file-1'));
			api().get('/files/file-1/content').reply(200, content);
			const { outputs, error } = await run(
				'file',
				'getContent',
				{ fileId: locator('file-1'), outputField: 'download' },
				{ binaryMode },
			);
			expect(error).toBeUndefined();
			const { binary, json, pairedItem } = outputs[0][0];
			expect(binary!.download).toMatchObject({
				fileName: 'train.jsonl',
				mimeType: 'application/jsonl',
			});
			expect((await readBinary(binary!.download)).equals(content)).toBe(true);
			expect(json).toMatchObject({ id: 'file-1', filename: 'train.jsonl', purpose: 'fine-tune' });
			expect(pairedItem).toEqual({ item: 0 });
		},
	);

	it.each([
		['plain', CSV],
		['base64', Buffer.from(CSV).toString('base64')],
	])('decodes the result file of a job that comes %s', async (_how, content) => {
		api().get('/files/file-1').twice().reply(200, stored('file-1', RESULT));
		api().get('/files/file-1/content').twice().reply(200, content);
		const asFile = await run('file', 'getContent', { fileId: locator('file-1') });
		const { data } = asFile.outputs[0][0].binary!;
		expect(data).toMatchObject({ fileName: 'step_metrics.csv', mimeType: 'text/csv' });
		expect((await readBinary(data)).toString()).toBe(CSV);

		const parameters = { fileId: locator('file-1'), outputAs: 'items', returnAll: true };
		const asItems = await run('file', 'getContent', parameters);
		expect(asItems.outputs[0].map(({ json }) => json)).toEqual([
			{ step: 1, train_loss: 1.5, valid_loss: null },
			{ step: 2, train_loss: 0.5, valid_loss: 0.75 },
		]);
	});

	it('gives the lines of a training file as items, up to the limit of each item', async () => {
		const lines = '{"n":1}\n{"n":2}\nbroken\n{"n":4}\n';
		api().get('/files/file-1').twice().reply(200, stored('file-1'));
		api().get('/files/file-1/content').twice().reply(200, lines);
		const { outputs } = await run(
			'file',
			'getContent',
			{ fileId: locator('file-1'), outputAs: 'items', limit: '={{ $json.limit }}' },
			{ items: [{ json: { limit: 1 } }, { json: { limit: 50 } }] },
		);
		expect(outputs[0].map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
			[{ n: 1 }, { item: 0 }],
			[{ n: 1 }, { item: 1 }],
			[{ n: 2 }, { item: 1 }],
			[{ line: 3, text: 'broken' }, { item: 1 }],
			[{ n: 4 }, { item: 1 }],
		]);
	});

	it('says why content cannot be had, though it was to come as a stream', async () => {
		api().get('/files/file-1').reply(200, stored('file-1'));
		api()
			.get('/files/file-1/content')
			.reply(400, { error: { message: 'Not allowed to download files of purpose: assistants' } });
		const { error } = await run('file', 'getContent', { fileId: locator('file-1') });
		expect(error?.message).toBe('Not allowed to download files of purpose: assistants');
	});
});

describe('Delete', () => {
	it('deletes the file of each item', async () => {
		api().delete('/files/file-1').reply(200, { id: 'file-1', object: 'file', deleted: true });
		api()
			.delete('/files/file-2')
			.reply(404, { error: { message: 'No such File' } });
		const { outputs } = await run(
			'file',
			'delete',
			{ fileId: locator('={{ $json.id }}') },
			{ items: [{ json: { id: 'file-1' } }, { json: { id: 'file-2' } }], continueOnFail: true },
		);
		expect(outputs[0]).toEqual([
			{ json: { deleted: true, id: 'file-1' }, pairedItem: { item: 0 } },
			{ json: { error: expect.objectContaining({ status: 404 }) }, pairedItem: { item: 1 } },
		]);
	});
});
