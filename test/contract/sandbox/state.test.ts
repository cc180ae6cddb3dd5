import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import OpenAI, { toFile } from 'openai';

import { startServer, type ServerOptions } from '../../../sandbox/server';
import { chatLine, NOON, trainingFile } from './setup';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function withServer<T>(
	options: ServerOptions,
	work: (client: OpenAI, advance: (ms: number) => Promise<void>) => Promise<T>,
): Promise<T> {
	const server = await startServer(options);
	try {
		const baseURL = `${server.url}/v1`;
		return await work(new OpenAI({ apiKey: 'sk-sandbox', baseURL, maxRetries: 0 }), server.advance);
	} finally {
		await server.close();
	}
}

describe('state', () => {
	it('outlives the process when it is kept in a file; a job goes on where it was', async () => {
		const state = join(folder, 'openai.sqlite');
		const options = { state, speed: 1 };
		const { fileId, jobId } = await withServer(
			{ ...options, now: () => NOON },
			async (client, advance) => {
				const file = await toFile(Buffer.from(trainingFile()), 'a.jsonl');
				const { id: fileId } = await client.files.create({ file, purpose: 'fine-tune' });
				const job = await client.fineTuning.jobs.create({
					model: 'gpt-4.1-mini',
					training_file: fileId,
				});
				await advance(20_000);
				expect((await client.fineTuning.jobs.retrieve(job.id)).status).toBe('queued');
				return { fileId, jobId: job.id };
			},
		);
		const later = { ...options, now: () => NOON + 3_600_000 };
		await withServer(later, async (client) => {
			const job = await client.fineTuning.jobs.retrieve(jobId);
			expect(job.status).toBe('succeeded');
			expect(await (await client.files.content(fileId)).text()).toBe(trainingFile());
			const answer = await client.chat.completions.create({
				model: job.fine_tuned_model!,
				messages: [{ role: 'user', content: 'What is the capital of France?' }],
			});
			expect(answer.choices[0].message.content).toBe('Paris.');
		});
		expect(existsSync(state)).toBe(true);
	});

	it('moves on its own by the wall clock', async () => {
		await withServer({ speed: Infinity }, async (client) => {
			const file = await toFile(Buffer.from(trainingFile()), 'a.jsonl');
			const { id } = await client.files.create({ file, purpose: 'fine-tune' });
			const job = await client.fineTuning.jobs.create({ model: 'gpt-4.1-mini', training_file: id });
			expect((await client.fineTuning.jobs.retrieve(job.id)).status).toBe('succeeded');
		});
	});

	it('tells of the end of a job without being asked, also after a file that takes a while to read', async () => {
		let tell: (body: string) => void;
		const told = new Promise<string>((resolve) => (tell = resolve));
		const receiver = createServer((request, response) => {
			request.setEncoding('utf8').on('data', (body: string) => tell(body));
			response.end();
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
		await withServer({ speed: Infinity }, async (client) => {
			await client.webhooks.create({ name: 'n', url, event_types: ['fine_tuning.job.succeeded'] });
			const long = 'detail '.repeat(80_000);
			const large = Buffer.from(chatLine('A question', long).repeat(10));
			const file = await toFile(large, 'a.jsonl');
			const { id } = await client.files.create({ file, purpose: 'fine-tune' });
			const job = await client.fineTuning.jobs.create({ model: 'gpt-4.1-mini', training_file: id });
			expect(JSON.parse(await told)).toMatchObject({ data: { id: job.id } });
			expect(large.length).toBeGreaterThan(5_000_000);
		});
		receiver.closeAllConnections();
		await new Promise((resolve) => receiver.close(resolve));
	}, 30_000);

	it('takes the one key it was given and no other', async () => {
		const server = await startServer({ apiKey: 'my-own-key' });
		const list = async (apiKey: string) =>
			await new OpenAI({ apiKey, baseURL: `${server.url}/v1`, maxRetries: 0 }).models.list();
		await expect(list('sk-sandbox')).rejects.toMatchObject({ status: 401 });
		expect((await list('my-own-key')).data).not.toEqual([]);
		await server.close();
	});

	it('does not listen beyond this machine', async () => {
		await expect(startServer({ host: '0.0.0.0' })).rejects.toThrow(/this machine only/);
	});
});
