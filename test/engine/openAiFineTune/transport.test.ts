/** How every operation talks to a server, shown with File > Get. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { useNock } from '../harness';
import { api, expectNoSecrets, locator, run, SECRETS, start } from './api';

const nock = useNock();

const FILE = { id: 'file-1', object: 'file', filename: 'a.jsonl', purpose: 'fine-tune', bytes: 3 };
const get = { fileId: locator('file-1') };
const OPENAI_401 = {
	error: {
		message: `Incorrect API key provided: ${SECRETS.apiKey}. You can find your key at …`,
		type: 'invalid_request_error',
		param: null,
		code: 'invalid_api_key',
	},
};

describe('refusals', () => {
	it.each([
		[400, { error: { message: 'Bad.', param: 'x' } }, 'Bad.', "because of 'x'"],
		[401, OPENAI_401, 'did not accept the API key', "Check 'API Key'"],
		[
			403,
			{ error: { message: 'No.', code: 'training_not_available' } },
			'no longer lets',
			'elsewhere',
		],
		[
			404,
			{ error: { message: 'No such File object: file-1' } },
			'Not found: No such File',
			'Check the ID',
		],
		[
			422,
			{ detail: [{ loc: ['body', 'a'], msg: 'required' }] },
			'a: required',
			'refused the request',
		],
		[
			429,
			{ error: { message: 'Pay.', code: 'insufficient_quota' } },
			'no quota left: Pay.',
			'Waiting',
		],
		[
			400,
			{ status: 'failure', message: 'Something went wrong' },
			'Something went wrong',
			'setting',
		],
	])('%i is said at once, in words that help', async (status, body, message, description) => {
		api().get('/files/file-1').reply(status, body, { 'x-request-id': 'req_42' });
		const { error, sleeps, run: kept } = await run('file', 'get', get);
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(description);
		expect(error?.description).toContain('Request ID: req_42');
		expect(error?.httpCode).toBe(String(status));
		expect(error?.context).toMatchObject({
			itemIndex: 0,
			data: { status, requestId: 'req_42', method: 'GET', path: '/files/file-1' },
		});
		expect(sleeps).toEqual([]);
		expectNoSecrets(kept);
	});

	it('becomes an item when the node goes on, and the other items are done', async () => {
		api().get('/files/file-1').reply(200, FILE);
		api().get('/files/file-2').reply(401, OPENAI_401, { 'x-request-id': 'req_1' });
		api()
			.get('/files/file-3')
			.reply(200, { ...FILE, id: 'file-3' });
		const {
			status,
			outputs,
			run: kept,
		} = await run(
			'file',
			'get',
			{ fileId: locator('=file-{{ $json.n }}') },
			{ items: [1, 2, 3].map((n) => ({ json: { n } })), continueOnFail: true },
		);
		expect(status).toBe('success');
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(outputs[0].map(({ json }) => json.id)).toEqual(['file-1', undefined, 'file-3']);
		expect(outputs[0][1].json.error).toMatchObject({
			message:
				'The server did not accept the API key: Incorrect API key provided: ***. You can find your key at …',
			description: expect.stringContaining("Check 'API Key'"),
			status: 401,
			code: 'invalid_api_key',
			requestId: 'req_1',
		});
		expectNoSecrets(kept);
	});

	it('goes to the error output of a node that has one', async () => {
		api().get('/files/file-1').reply(404, {});
		const { outputs } = await run('file', 'get', get, { onError: 'continueErrorOutput' });
		expect(outputs[0]).toEqual([]);
		expect(outputs[1][0].json.error).toMatchObject({ status: 404 });
	});

	it('tells a web page from an answer', async () => {
		api().get('/files/file-1').reply(200, '<!doctype html><html></html>');
		expect((await run('file', 'get', get)).error?.message).toBe(
			'The server answered with a web page instead of data at https://api.openai.com/v1',
		);
		api().get('/files/file-1').reply(200, '{"id": "file-');
		expect((await run('file', 'get', get)).error?.message).toContain('not JSON');
	});
});

describe('retries', () => {
	it('waits as long as asked after 429, then goes on', async () => {
		api().get('/files/file-1').reply(429, {}, { 'retry-after': '7' });
		api().get('/files/file-1').reply(429, {}, { 'retry-after-ms': '1500' });
		api().get('/files/file-1').reply(200, FILE);
		const { outputs, sleeps } = await run('file', 'get', get);
		expect(outputs[0][0].json.id).toBe('file-1');
		expect(sleeps).toEqual([7000, 1500]);
	});

	it('backs off after 5xx, and gives up after five tries', async () => {
		api().get('/files/file-1').times(5).reply(503, 'upstream down');
		const { error, sleeps } = await run('file', 'get', get);
		expect(error?.message).toBe('The server could not answer (503): upstream down');
		expect(sleeps).toHaveLength(4);
		sleeps.forEach((ms, i) => {
			expect(ms).toBeLessThanOrEqual(500 * 2 ** i);
			expect(ms).toBeGreaterThanOrEqual(375 * 2 ** i);
		});
	});

	it.each([
		['ECONNRESET', 'broke off'],
		['ECONNREFUSED', 'refused'],
		['ENOTFOUND', 'could not be resolved'],
		['ETIMEDOUT', 'did not answer in time'],
	])('tries again after %s and then says it in plain words', async (code, words) => {
		const fault = Object.assign(new Error(`connect ${code} with ${SECRETS.apiKey}`), { code });
		api().get('/files/file-1').times(5).replyWithError(fault);
		const { error, run: kept } = await run('file', 'get', get);
		expect(error?.message).toContain(words);
		expect(error?.context.data).toMatchObject({ networkCode: code });
		expectNoSecrets(kept);
	});

	it('stops when the execution is canceled while it waits, whatever is to happen after failures', async () => {
		api().get('/files/file-1').reply(500, {});
		const started = start('file', 'get', get, {
			continueOnFail: true,
			items: [{ json: {} }, { json: {} }],
			onSleep: () => started.cancel(),
		});
		const { run: kept, sleeps } = await started.result;
		expect(kept.status).toBe('canceled');
		expect(sleeps).toHaveLength(1);
	});
});

describe('credentials', () => {
	it('says what is wrong with them before anything is sent', async () => {
		const { error } = await run('file', 'get', get, {
			credentials: { openAiFineTuningApi: { provider: 'azureOpenAi', apiKey: 'abc' } },
		});
		expect(error?.message).toBe("'Base URL' is empty");
		expect(error?.description).toContain('openai.azure.com');
	});

	it('are resolved for each item', async () => {
		for (const key of ['key-of-first', 'key-of-second']) {
			nock('https://api.openai.com/v1', { reqheaders: { authorization: `Bearer ${key}` } })
				.get('/files/file-1')
				.reply(200, FILE);
		}
		const { status } = await run('file', 'get', get, {
			items: [{ json: { key: 'key-of-first' } }, { json: { key: 'key-of-second' } }],
			credentials: { openAiFineTuningApi: { apiKey: '={{ $json.key }}' } },
		});
		expect(status).toBe('success');
	});
});

describe('redirects', () => {
	interface Seen {
		url?: string;
		key?: string;
		gateway?: unknown;
	}
	const servers: http.Server[] = [];
	afterEach(async () => {
		for (const server of servers.splice(0)) {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	});

	async function serve(
		answer: (request: http.IncomingMessage, response: http.ServerResponse) => void,
	) {
		const hits: Seen[] = [];
		const server = http.createServer((request, response) => {
			const { authorization, 'x-gateway': gateway } = request.headers;
			hits.push({ url: request.url, key: authorization, gateway });
			answer(request, response);
		});
		servers.push(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hits };
	}

	const at = (url: string) => ({
		credentials: { openAiFineTuningApi: { ...SECRETS, provider: 'other', baseUrl: `${url}/v1` } },
	});

	it('keeps the key on the same origin', async () => {
		const { url, hits } = await serve((request, response) => {
			if (request.url === '/v1/files/file-1') {
				response.writeHead(307, { location: '/v1/moved/file-1' }).end();
			} else response.end(JSON.stringify(FILE));
		});
		const { outputs } = await run('file', 'get', get, at(url));
		expect(outputs[0][0].json.id).toBe('file-1');
		const key = `Bearer ${SECRETS.apiKey}`;
		expect(hits).toEqual([
			{ url: '/v1/files/file-1', key, gateway: 'gateway-secret-value' },
			{ url: '/v1/moved/file-1', key, gateway: 'gateway-secret-value' },
		]);
	});

	it('never carries it to another one, but fetches content from there without it', async () => {
		const store = await serve((_request, response) => response.end('content'));
		const { url } = await serve((request, response) => {
			if (request.url?.endsWith('/content')) {
				response.writeHead(302, { location: `${store.url}/signed?sig=1` }).end();
			} else response.end(JSON.stringify(FILE));
		});
		const { outputs } = await run('file', 'getContent', get, at(url));
		expect(outputs[0][0].binary?.data.fileName).toBe('a.jsonl');
		expect(store.hits).toEqual([{ url: '/signed?sig=1', key: undefined, gateway: undefined }]);
	});

	it('tells the new address instead of following an API elsewhere', async () => {
		const other = await serve((_request, response) => response.end(JSON.stringify(FILE)));
		const { url } = await serve((_request, response) =>
			response.writeHead(301, { location: `${other.url}/v1/files/file-1?token=x` }).end(),
		);
		const { error } = await run('file', 'get', get, at(url));
		expect(error?.message).toContain('redirects to another address');
		expect(error?.description).toContain(`${other.url}/v1/files/file-1.`);
		expect(other.hits).toEqual([]);
	});

	it('says what came when there is nowhere to go', async () => {
		const { url } = await serve((_request, response) =>
			response.writeHead(302, { location: 'http://[' }).end('Moved'),
		);
		const { error } = await run('file', 'get', get, at(url));
		expect(error).toMatchObject({ message: 'Moved', httpCode: '302' });
	});

	it('comes out of a circle', async () => {
		const { url, hits } = await serve((request, response) =>
			response.writeHead(302, { location: request.url }).end(),
		);
		expect((await run('file', 'get', get, at(url))).error?.message).toContain('redirects');
		expect(hits).toHaveLength(6);
	});
});
