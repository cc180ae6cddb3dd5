import { createHash } from 'node:crypto';

import { BinaryDataService } from 'n8n-core';

import { useNock } from '../harness';
import { api, expectNoSecrets, run, start } from './api';
import { files, GOOD, LINE, list, stored } from './file.support';
import { formOf, type TestServer, useServer } from './server';

// Megabytes pass through; a busy machine needs its time for them.
jest.setTimeout(30_000);

useNock();

describe('Upload', () => {
	const server: TestServer = useServer();
	const NO_REUSE = { options: { reuse: false } };

	it.each(['memory', 'filesystem'] as const)(
		'sends the file of each item, kept in %s',
		async (binaryMode) => {
			server.answer = (_hit, index) => [
				200,
				stored(`file-${index + 1}`, { expires_at: 1_790_003_600 }),
			];
			const result = await run(
				'file',
				'upload',
				{
					purpose: '={{ $json.purpose }}',
					binaryPropertyName: '={{ $json.field }}',
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
					credentials: server.credentials,
				},
			);
			expect(result.error).toBeUndefined();
			const [first, second] = await Promise.all(server.hits.map(formOf));
			expect(first).toEqual({
				fields: {
					purpose: 'fine-tune',
					'expires_after[anchor]': 'created_at',
					'expires_after[seconds]': '7200',
				},
				file: { name: 'train.jsonl', content: Buffer.from(GOOD) },
			});
			expect(second.fields.purpose).toBe('user_data');
			expect(second.file).toEqual({ name: 'other.txt', content: Buffer.from('é') });
			expect(result.outputs[0]).toEqual([
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
			expect(result.outputs[0][1].json).not.toHaveProperty('examples');
			expectNoSecrets(result.run);
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
			.times(15)
			.reply(200, stored('file-2', { status: 'uploaded' }));
		const { error } = await run(
			'file',
			'upload',
			{ options: { reuse: false, maxWaitMinutes: 1 } },
			{ items: [{ files: files() }] },
		);
		expect(error?.message).toContain("after 60 s the server still says 'uploaded'");
		expect(error?.description).toContain("'Max Wait (Minutes)'");
	});

	it('sends a large file in parts; a lost part is sent again alone', async () => {
		const big = LINE.repeat(30_000);
		server.answer = ({ route }, index) => {
			if (route === 'POST /v1/uploads') return [200, { id: 'upload_1', created_at: 5 }];
			if (route.endsWith('/parts')) return index === 2 ? 'reset' : [200, { id: `part_${index}` }];
			return [200, { id: 'upload_1', status: 'completed', file: stored('file-1') }];
		};
		const { outputs, error, sleeps } = await run(
			'file',
			'upload',
			{ options: { reuse: false, partsAboveMb: 2, partSizeMb: 1 } },
			{
				items: [{ files: files(big) }],
				binaryMode: 'filesystem',
				credentials: server.credentials,
			},
		);
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).toMatchObject({ id: 'file-1', parts: 3, examples: 30_000 });
		expect(sleeps.filter((ms) => ms > 0)).toHaveLength(1);
		expect(server.routes()).toEqual([
			'POST /v1/uploads',
			...Array.from({ length: 4 }, () => 'POST /v1/uploads/upload_1/parts'),
			'POST /v1/uploads/upload_1/complete',
		]);
		const [created, first, lost, second, third, completed] = server.hits;
		expect(JSON.parse(created.body.toString())).toEqual({
			bytes: big.length,
			filename: 'train.jsonl',
			mime_type: 'text/plain',
			purpose: 'fine-tune',
		});
		const parts = await Promise.all([first, second, third].map(formOf));
		expect(Buffer.concat(parts.map(({ file }) => file.content)).toString()).toBe(big);
		expect((await formOf(lost)).file.content.equals(parts[1].file.content)).toBe(true);
		expect(JSON.parse(completed.body.toString())).toEqual({
			part_ids: ['part_1', 'part_3', 'part_4'],
			md5: createHash('md5').update(big).digest('hex'),
		});
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

	it('cancels the upload at the provider when the execution is canceled', async () => {
		const canceled = new Promise<void>((resolve) => {
			server.answer = ({ route }) => {
				if (route === 'POST /v1/uploads') return [200, { id: 'upload_1' }];
				if (route.endsWith('/cancel')) resolve();
				else started.cancel();
				return [200, { id: 'part_1' }];
			};
		});
		const started = start(
			'file',
			'upload',
			{ options: { reuse: false, partsAboveMb: 1, partSizeMb: 1 } },
			{ items: [{ files: files(LINE.repeat(30_000)) }], credentials: server.credentials },
		);
		const { run: kept } = await started.result;
		await canceled;
		expect(kept.status).toBe('canceled');
		expect(server.routes()).toEqual([
			'POST /v1/uploads',
			'POST /v1/uploads/upload_1/parts',
			'POST /v1/uploads/upload_1/cancel',
		]);
	});

	it('names a missing binary field', async () => {
		const { error } = await run('file', 'upload', { binaryPropertyName: 'file' });
		expect(error?.message).toContain("binary file 'file'");
		expect(error?.context.itemIndex).toBe(0);
	});

	describe('of a file on disk', () => {
		const big = LINE.repeat(60_000);
		const onDisk = () => ({
			items: [{ files: files(big) }],
			binaryMode: 'filesystem' as const,
			credentials: server.credentials,
		});

		it('streams it with a length, and never asks for it as a whole', async () => {
			const whole = jest.spyOn(BinaryDataService.prototype, 'getAsBuffer');
			server.answer = () => [200, stored('file-1')];
			const { error } = await run('file', 'upload', NO_REUSE, onDisk());
			expect(error).toBeUndefined();
			expect(whole).not.toHaveBeenCalled();
			whole.mockRestore();
			const [hit] = server.hits;
			expect(Number(hit.headers['content-length'])).toBe(hit.body.length);
			expect((await formOf(hit)).file.content.length).toBe(big.length);
		});

		it('stops sending when the execution is canceled', async () => {
			const cut = new Promise<boolean>((resolve) => {
				server.takeOver = (request) => {
					request.once('data', () => started.cancel());
					request.once('close', () => resolve(!request.complete));
				};
			});
			const started = start('file', 'upload', { ...NO_REUSE, checkBeforeUpload: false }, onDisk());
			const { run: kept } = await started.result;
			expect(kept.status).toBe('canceled');
			expect(await cut).toBe(true);
		});

		it('reads it anew after a refusal, and after a connection that broke half way', async () => {
			let tries = 0;
			server.answer = () => (++tries === 1 ? [429, {}] : [200, stored('file-1')]);
			server.takeOver = (request) => {
				server.takeOver = undefined;
				request.once('data', () => request.socket.resetAndDestroy());
			};
			const { error, sleeps } = await run(
				'file',
				'upload',
				{ ...NO_REUSE, checkBeforeUpload: false },
				onDisk(),
			);
			expect(error).toBeUndefined();
			expect(sleeps).toHaveLength(2);
			expect(server.hits).toHaveLength(2);
			for (const hit of server.hits) {
				expect((await formOf(hit)).file.content.toString() === big).toBe(true);
			}
		});

		it('hears a server that refuses before it has read everything', async () => {
			server.takeOver = (request, response) => {
				response.writeHead(413, { connection: 'close' });
				response.end(JSON.stringify({ error: { message: 'Too large' } }));
				request.resume();
			};
			const { error } = await run('file', 'upload', NO_REUSE, onDisk());
			expect(error?.message).toBe('The server takes no body of this size: Too large');
		});
	});
});
