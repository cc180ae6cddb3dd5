import OpenAI from 'openai';

import { trainingFile, useSandbox } from './setup';

const bench = useSandbox();

interface State {
	requests: {
		counts: Record<string, number>;
		recent: Array<{ path: string; status: number | null }>;
	};
}
const state = async () => (await bench.control('GET', 'state')) as State;

describe('keys', () => {
	it('a wrong key is answered as OpenAI answers it', async () => {
		const client = bench.clientWith({ apiKey: 'sk-wrong-0123456789abcdef' });
		const error = await client.models.list().catch((cause: unknown) => cause);
		expect(error).toBeInstanceOf(OpenAI.AuthenticationError);
		expect(error).toMatchObject({
			status: 401,
			code: 'invalid_api_key',
			type: 'invalid_request_error',
		});
		expect((error as Error).message).toContain('Incorrect API key provided: sk-wrong***');
		expect((error as Error).message).not.toContain('0123456789');
		expect((error as InstanceType<typeof OpenAI.APIError>).requestID).toMatch(/^req_[0-9a-f]{32}$/);
	});

	it('no key is another answer', async () => {
		const response = await fetch(`${bench.server.url}/v1/models`);
		expect(response.status).toBe(401);
		expect(await response.json()).toMatchObject({
			error: {
				message: expect.stringContaining("didn't provide an API key") as string,
				code: null,
			},
		});
	});

	it('comes in the api-key header too', async () => {
		const headers = { 'api-key': 'sk-sandbox-azure' };
		expect((await fetch(`${bench.server.url}/v1/models`, { headers })).status).toBe(200);
	});

	it('unknown addresses are OpenAI 404s', async () => {
		const headers = { authorization: 'Bearer sk-sandbox' };
		const response = await fetch(`${bench.server.url}/v1/nothing?a=1`, { headers });
		expect(response.status).toBe(404);
		expect(await response.json()).toEqual({
			error: {
				message: 'Invalid URL (GET /v1/nothing)',
				type: 'invalid_request_error',
				param: null,
				code: null,
			},
		});
	});

	it('broken JSON is refused, prototypes are not polluted', async () => {
		const post = async (body: string) =>
			await fetch(`${bench.server.url}/v1/moderations`, {
				method: 'POST',
				headers: { authorization: 'Bearer sk-sandbox', 'content-type': 'application/json' },
				body,
			});
		expect((await post('{"input":')).status).toBe(400);
		expect((await post('{"input":"a","__proto__":{"polluted":true}}')).status).toBe(400);
		expect((await post('[]')).status).toBe(400);
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	});

	it('only answers on the names of this machine, and no foreign page', async () => {
		const foreign = { authorization: 'Bearer sk-sandbox', origin: 'https://evil.example' };
		const response = await fetch(`${bench.server.url}/__sandbox/state`, { headers: foreign });
		expect(response.status).toBe(403);
	});
});

describe('faults', () => {
	it('a rate limit is retried by the SDK after Retry-After', async () => {
		bench.server.addFault({
			path: '^/v1/models$',
			times: 2,
			preset: 'rate_limit',
			headers: { 'retry-after': '0' },
		});
		const client = bench.clientWith({ maxRetries: 2 });
		expect((await client.models.list()).data.length).toBeGreaterThan(0);
		const { requests } = await state();
		expect(requests.recent.map(({ status }) => status)).toEqual([429, 429, 200]);
	});

	it.each([
		['insufficient_quota', 429, 'insufficient_quota'],
		['training_not_available', 403, 'training_not_available'],
		['server_error', 500, null],
		['overloaded', 503, null],
	] as const)('%s', async (preset, status, code) => {
		bench.server.addFault({ method: 'post', path: 'fine_tuning', preset });
		const { id } = await bench.upload(trainingFile());
		const create = bench.client.fineTuning.jobs.create({
			model: 'gpt-4.1-mini',
			training_file: id,
		});
		await expect(create).rejects.toMatchObject({ status, code });
	});

	it('drops the connection before anything happened', async () => {
		bench.server.addFault({ path: '/files', reset: 'before' });
		await expect(bench.upload(trainingFile())).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
		expect((await bench.client.files.list()).data).toEqual([]);
	});

	it('drops the connection after the job was made', async () => {
		const { id } = await bench.upload(trainingFile());
		bench.server.addFault({ method: 'POST', path: '^/v1/fine_tuning/jobs$', reset: 'after' });
		const create = bench.client.fineTuning.jobs.create({
			model: 'gpt-4.1-mini',
			training_file: id,
			metadata: { run: '1' },
		});
		await expect(create).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
		const jobs = await bench.client.fineTuning.jobs.list({ metadata: { run: '1' } });
		expect(jobs.data).toHaveLength(1);
	});

	it('answers a web page, an own body, or late', async () => {
		bench.server.addFault({ html: true, status: 502 });
		bench.server.addFault({
			status: 418,
			body: { detail: 'teapot' },
			headers: { 'x-kind': 'pot' },
		});
		bench.server.addFault({ delayMs: 20 });
		const get = async () =>
			await fetch(`${bench.server.url}/v1/models`, {
				headers: { authorization: 'Bearer sk-sandbox' },
			});
		const page = await get();
		expect(page.headers.get('content-type')).toMatch('text/html');
		expect([page.status, await page.text()]).toEqual([502, expect.stringContaining('Bad Gateway')]);
		const teapot = await get();
		expect([teapot.status, teapot.headers.get('x-kind')]).toEqual([418, 'pot']);
		expect(await teapot.json()).toEqual({ detail: 'teapot' });
		expect((await get()).status).toBe(200);
	});

	it('are asked for, listed and forgotten over HTTP', async () => {
		const asked = await bench.control('POST', 'faults', [{ status: 500, times: 3 }, { path: 'x' }]);
		expect(asked).toEqual([
			{ status: 500, times: 3 },
			{ path: 'x', times: 1 },
		]);
		await expect(bench.client.models.list()).rejects.toMatchObject({ status: 500 });
		expect(await bench.control('GET', 'faults')).toMatchObject([{ times: 2 }, {}]);
		expect(await bench.control('DELETE', 'faults')).toEqual([]);
		expect((await bench.client.models.list()).data).not.toEqual([]);
		expect(await bench.control('POST', 'faults', { stauts: 500 })).toMatchObject({
			error: { message: 'unknown fault field: stauts' },
		});
	});
});

describe('control', () => {
	it('shows what was asked, without secrets', async () => {
		await bench.client.chat.completions.create({
			model: 'gpt-4.1-mini',
			messages: [{ role: 'user', content: 'my secret question' }],
		});
		const shown = await state();
		expect(shown.requests.counts).toEqual({ 'POST /v1/chat/completions': 1 });
		expect(JSON.stringify(shown)).not.toMatch(/secret question|sk-sandbox/);
	});

	it('forgets everything', async () => {
		await bench.tune();
		expect(await bench.control('POST', 'reset')).toEqual({ ok: true });
		expect((await bench.client.files.list()).data).toEqual([]);
		expect((await bench.client.fineTuning.jobs.list()).data).toEqual([]);
		expect((await bench.tune()).status).toBe('succeeded');
	});

	it('shows a page to people', async () => {
		for (const path of ['/', '/health']) {
			const response = await fetch(bench.server.url + path);
			const html = await response.text();
			expect(response.headers.get('content-type')).toMatch('text/html');
			expect(html).toMatch(
				/<html lang="en">[\s\S]*<h1>OpenAI sandbox<\/h1>[\s\S]*no language model/,
			);
		}
		const headers = { accept: 'application/json' };
		const health = await fetch(`${bench.server.url}/health`, { headers });
		expect(await health.json()).toMatchObject({ status: 'ok' });
	});
});
