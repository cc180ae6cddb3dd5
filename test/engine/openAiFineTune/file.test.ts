import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { BinaryDataService } from 'n8n-core';

import { readBinary, useNock } from '../harness';
import { api, expectNoSecrets, locator, run, SECRETS, start } from './api';

useNock();

const LINE = '{"messages":[{"role":"user","content":"Hi?"},{"role":"assistant","content":"Ho"}]}\n';
const GOOD = LINE.repeat(10);
const stored = (id: string, more: object = {}) => ({
	id,
	object: 'file',
	filename: 'train.jsonl',
	purpose: 'fine-tune',
	bytes: GOOD.length,
	created_at: 1_790_000_000,
	expires_at: null,
	status: 'processed',
	status_details: null,
	...more,
});
const list = (...files: object[]) => ({ object: 'list', data: files, has_more: false });
const files = (content: Buffer | string = GOOD, fileName = 'train.jsonl') => ({
	data: { content, fileName },
});

/** The fields and the file of a multipart body. */
async function formOf(body: string, headers: Record<string, unknown>) {
	const response = new Response(Buffer.from(body), {
		headers: { 'content-type': String(headers['content-type']) },
	});
	return Object.fromEntries(await response.formData());
}

describe('Upload', () => {
	const NO_REUSE = { options: { reuse: false } };

	it.each(['memory', 'filesystem'] as const)(
		'sends the file of each item, kept in %s',
		async (binaryMode) => {
			const bodies: Array<Promise<Record<string, unknown>>> = [];
			api()
				.post('/files')
				.twice()
				.reply(200, function (_uri, body) {
					bodies.push(formOf(body as string, this.req.headers));
					return stored(`file-${bodies.length}`, { expires_at: 1_790_003_600 });
				});
			const {
				outputs,
				error,
				run: kept,
			} = await run(
				'file',
				'upload',
				{
					purpose: '={{ $json.purpose }}',
					binaryPropertyName: '={{ $json.field }}',
					...NO_REUSE,
					options: { reuse: false, fileName: '={{ $json.name }}', expiresAfterHours: 2 },
				},
				{
					items: [
						{ json: { purpose: 'fine-tune', field: 'data', name: '' }, files: files() },
						{
							json: { purpose: 'user_data', field: 'other', name: 'other.txt' },
							files: { other: { content: 'é', fileName: 'x.txt' } },
						},
					],
					binaryMode,
				},
			);
			expect(error).toBeUndefined();
			const [first, second] = await Promise.all(bodies);
			expect(first).toMatchObject({
				purpose: 'fine-tune',
				'expires_after[anchor]': 'created_at',
				'expires_after[seconds]': '7200',
			});
			expect((first.file as File).name).toBe('train.jsonl');
			expect(await (first.file as File).text()).toBe(GOOD);
			expect(second.purpose).toBe('user_data');
			expect((second.file as File).name).toBe('other.txt');
			expect(await (second.file as File).text()).toBe('é');
			expect(outputs[0]).toEqual([
				{
					json: {
						id: 'file-1',
						filename: 'train.jsonl',
						purpose: 'fine-tune',
						bytes: GOOD.length,
						status: 'processed',
						status_details: null,
						created_at: '2026-09-21T14:13:20.000Z',
						expires_at: '2026-09-21T15:13:20.000Z',
						reused: false,
						examples: 10,
						warnings: expect.any(Number),
					},
					pairedItem: { item: 0 },
				},
				{ json: expect.objectContaining({ id: 'file-2' }), pairedItem: { item: 1 } },
			]);
			expect(outputs[0][1].json).not.toHaveProperty('examples');
			expectNoSecrets(kept);
		},
	);

	it('gives the raw answer on request', async () => {
		api()
			.post('/files')
			.reply(200, stored('file-1', { extra: 1 }));
		const { outputs } = await run(
			'file',
			'upload',
			{ ...NO_REUSE, simplify: false },
			{ items: [{ files: files() }] },
		);
		expect(outputs[0][0].json).toMatchObject({ ...stored('file-1'), extra: 1, reused: false });
	});

	it('sends nothing that the check refuses', async () => {
		const bad = `${GOOD}{"messages": []}\n`;
		const setup = { items: [{ files: files(bad) }, { files: files() }], continueOnFail: true };
		api().post('/files').reply(200, stored('file-1'));
		const { outputs } = await run('file', 'upload', NO_REUSE, setup);
		expect(outputs[0][0].json.error).toMatchObject({
			message: expect.stringContaining('was not uploaded'),
			description: expect.stringContaining('Line 11'),
		});
		expect(outputs[0][1].json.id).toBe('file-1');
	});

	it('uploads all the same when the check is off', async () => {
		api().post('/files').reply(200, stored('file-1'));
		const { outputs } = await run(
			'file',
			'upload',
			{ ...NO_REUSE, checkBeforeUpload: false },
			{ items: [{ files: files('{}\n') }] },
		);
		expect(outputs[0][0].json.id).toBe('file-1');
	});

	it('uses a file with the same content', async () => {
		api()
			.get('/files')
			.query({ purpose: 'fine-tune', order: 'desc', limit: 1000 })
			.reply(200, list(stored('file-x', { bytes: 5 }), stored('file-old')));
		api().get('/files/file-old/content').reply(200, GOOD);
		const { outputs } = await run('file', 'upload', {}, { items: [{ files: files() }] });
		expect(outputs[0][0].json).toMatchObject({ id: 'file-old', reused: true });
	});

	it('waits until the file is processed, within its limit', async () => {
		api()
			.post('/files')
			.reply(200, stored('file-1', { status: 'uploaded' }));
		api()
			.get('/files/file-1')
			.reply(200, stored('file-1', { status: 'uploaded' }));
		api().get('/files/file-1').reply(200, stored('file-1'));
		const setup = { items: [{ files: files() }] };
		const { outputs, sleeps } = await run('file', 'upload', NO_REUSE, setup);
		expect(outputs[0][0].json.status).toBe('processed');
		expect(sleeps.filter((ms) => ms > 0)).toEqual([1000, 1500]);

		api()
			.post('/files')
			.reply(200, stored('file-2', { status: 'uploaded' }));
		api()
			.get('/files/file-2')
			.times(14)
			.reply(200, stored('file-2', { status: 'uploaded' }));
		const limited = { options: { reuse: false, maxWaitMinutes: 1 } };
		const { error } = await run('file', 'upload', limited, setup);
		expect(error?.message).toContain("after 60 s the server still says 'uploaded'");

		api()
			.post('/files')
			.reply(200, stored('file-3', { status: 'uploaded' }));
		const hurried = { ...NO_REUSE, waitUntilProcessed: false };
		const result = await run('file', 'upload', hurried, setup);
		expect(result.outputs[0][0].json.status).toBe('uploaded');
	});

	it('tells how to go on when the file takes too long', async () => {
		api()
			.post('/files')
			.reply(200, stored('file-2', { status: 'uploaded' }));
		api()
			.get('/files/file-2')
			.times(14)
			.reply(200, stored('file-2', { status: 'uploaded' }));
		const { error } = await run(
			'file',
			'upload',
			{ options: { reuse: false, maxWaitMinutes: 1 } },
			{ items: [{ files: files() }] },
		);
		expect(error?.description).toContain("'Max Wait (Minutes)'");
	});

	it('sends a large file in parts; a lost part is sent again alone', async () => {
		const big = LINE.repeat(30_000);
		const parts: Buffer[] = [];
		api()
			.post('/uploads', {
				bytes: big.length,
				filename: 'train.jsonl',
				mime_type: 'text/plain',
				purpose: 'fine-tune',
			})
			.reply(200, { id: 'upload_1', status: 'pending', created_at: 5 });
		api().post('/uploads/upload_1/parts').replyWithError({ code: 'ECONNRESET' });
		api()
			.post('/uploads/upload_1/parts')
			.times(3)
			.reply(200, async function (_uri, body) {
				const { data } = await formOf(body as string, this.req.headers);
				parts.push(Buffer.from(await (data as File).arrayBuffer()));
				return { id: `part_${parts.length}` };
			});
		api()
			.post('/uploads/upload_1/complete', {
				part_ids: ['part_1', 'part_2', 'part_3'],
				md5: createHash('md5').update(big).digest('hex'),
			})
			.reply(200, { id: 'upload_1', status: 'completed', file: stored('file-1') });
		const { outputs, error } = await run(
			'file',
			'upload',
			{ options: { reuse: false, partsAboveMb: 2, partSizeMb: 1 } },
			{ items: [{ files: files(big) }], binaryMode: 'filesystem' },
		);
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).toMatchObject({ id: 'file-1', parts: 3, examples: 30_000 });
		expect(parts.map(({ length }) => length)).toEqual([2 ** 20, 2 ** 20, big.length - 2 * 2 ** 20]);
		expect(Buffer.concat(parts).toString()).toBe(big);
	});

	it('cancels an upload that it cannot finish', async () => {
		api().post('/uploads').reply(200, { id: 'upload_1' });
		api()
			.post('/uploads/upload_1/parts')
			.reply(400, { error: { message: 'Bad part' } });
		api().post('/uploads/upload_1/cancel').reply(200, { status: 'cancelled' });
		const { error } = await run(
			'file',
			'upload',
			{ options: { reuse: false, partsAboveMb: 1, partSizeMb: 1 } },
			{ items: [{ files: files(LINE.repeat(20_000)) }] },
		);
		expect(error?.message).toBe('Bad part');
	});

	it('names a missing binary field', async () => {
		const { error } = await run('file', 'upload', { binaryPropertyName: 'file' });
		expect(error?.message).toContain("binary file 'file'");
		expect(error?.context.itemIndex).toBe(0);
	});

	describe('of a file on disk', () => {
		let server: http.Server;
		let answer: http.RequestListener;
		beforeAll(async () => {
			server = http.createServer((request, response) => answer(request, response));
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		});
		afterAll(async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		});
		const credentials = () => ({
			openAiFineTuningApi: {
				...SECRETS,
				provider: 'sandbox',
				baseUrl: `127.0.0.1:${(server.address() as AddressInfo).port}`,
			},
		});
		const big = LINE.repeat(60_000);

		it('streams it with a length, and never asks for it as a whole', async () => {
			const whole = jest.spyOn(BinaryDataService.prototype, 'getAsBuffer');
			let received = 0;
			let announced = 0;
			answer = (request, response) => {
				announced = Number(request.headers['content-length']);
				request.on('data', (chunk: Buffer) => (received += chunk.length));
				request.on('end', () => response.end(JSON.stringify(stored('file-1'))));
			};
			const { error } = await run('file', 'upload', NO_REUSE, {
				items: [{ files: files(big) }],
				binaryMode: 'filesystem',
				credentials: credentials(),
			});
			expect(error).toBeUndefined();
			expect(received).toBe(announced);
			expect(received).toBeGreaterThan(big.length);
			expect(whole).not.toHaveBeenCalled();
			whole.mockRestore();
		});

		it('stops sending when the execution is canceled', async () => {
			let broken = false;
			const started = start(
				'file',
				'upload',
				{ ...NO_REUSE, checkBeforeUpload: false },
				{
					items: [{ files: files(big) }],
					binaryMode: 'filesystem',
					credentials: credentials(),
				},
			);
			const closed = new Promise<void>((resolve) => {
				answer = (request) => {
					request.once('data', () => {
						request.pause();
						started.cancel();
					});
					request.once('close', () => {
						broken = !request.complete;
						resolve();
					});
				};
			});
			const { run: kept } = await started.result;
			await closed;
			expect(kept.status).toBe('canceled');
			expect(broken).toBe(true);
		});

		it('hears a server that refuses before it has read everything', async () => {
			answer = (request, response) => {
				response.writeHead(413, { connection: 'close' });
				response.end(JSON.stringify({ error: { message: 'Too large' } }));
				request.resume();
			};
			const { error } = await run('file', 'upload', NO_REUSE, {
				items: [{ files: files(big) }],
				binaryMode: 'filesystem',
				credentials: credentials(),
			});
			expect(error?.message).toBe('The server takes no body of this size: Too large');
		});
	});
});

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
