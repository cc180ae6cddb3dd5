import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { FineTunedChat } from '../../../nodes/FineTunedChat/FineTunedChat.node';
import { startNode, useNock } from '../harness';
import {
	API,
	BASE,
	chat,
	completion,
	fallback,
	foresee,
	model,
	refusal,
	SECRET,
	TUNED,
} from './support';

const nock = useNock();
const missing: [number, unknown, Record<string, string>] = [
	404,
	refusal(
		`The model \`${TUNED}\` does not exist or you do not have access to it.`,
		'model_not_found',
	),
	{ 'x-request-id': 'req_1' },
];
const answer = completion({ content: 'From base' }, { model: BASE });
const times = <T>(count: number, value: T) => Array<T>(count).fill(value);

describe('Fallback Models', () => {
	it('answer when the tuned model is missing, and the output says so', async () => {
		const bodies = foresee(nock, missing, answer);
		const { outputs } = await chat({ userMessage: 'Q', fallbackModels: fallback(BASE) });
		expect(bodies.map((body) => body.model)).toEqual([TUNED, BASE]);
		expect(bodies[1].messages).toEqual(bodies[0].messages);
		expect(outputs[0][0].json).toMatchObject({
			output: 'From base',
			model: BASE,
			fell_back: true,
			failed_models: [
				{
					model: TUNED,
					reason: 'missing',
					status: 404,
					code: 'model_not_found',
					requestId: 'req_1',
				},
			],
		});
	});

	it('also show in the raw output', async () => {
		foresee(nock, missing, answer);
		const { outputs } = await chat({
			userMessage: 'Q',
			fallbackModels: fallback(BASE),
			simplify: false,
		});
		expect(outputs[0][0].json).toMatchObject({
			...answer,
			failed_models: [{ model: TUNED, reason: 'missing' }],
		});
	});

	it.each<[string, [number, unknown]]>([
		['rateLimited', [429, refusal('Rate limit reached', 'rate_limit_exceeded')]],
		['serverFault', [503, refusal('Overloaded')]],
	])('wait for all tries: %s', async (reason, failure) => {
		const bodies = foresee(nock, ...times(5, failure), answer);
		const { outputs, sleeps } = await chat({ userMessage: 'Q', fallbackModels: fallback(BASE) });
		expect(bodies.map((body) => body.model)).toEqual([...times(5, TUNED), BASE]);
		expect(sleeps).toHaveLength(4);
		expect(outputs[0][0].json).toMatchObject({
			fell_back: true,
			failed_models: [{ model: TUNED, reason }],
		});
	});

	it('answer after a timeout', async () => {
		nock(API)
			.post('/chat/completions')
			.times(5)
			.replyWithError(
				Object.assign(new Error('timeout of 1000ms exceeded'), { code: 'ECONNABORTED' }),
			);
		foresee(nock, answer);
		const { outputs } = await chat({
			userMessage: 'Q',
			fallbackModels: fallback(BASE),
			options: { timeout: 1000 },
		});
		expect(outputs[0][0].json).toMatchObject({ failed_models: [{ reason: 'noAnswer' }] });
	});

	it.each<[string, [number, unknown]]>([
		['a wrong key', [401, refusal('Incorrect API key provided', 'invalid_api_key')]],
		['a bad request', [400, refusal("Invalid 'stop'", null, { param: 'stop' })]],
		['an empty account', [429, refusal('You exceeded your quota', 'insufficient_quota')]],
	])('are not asked after %s', async (_what, failure) => {
		const bodies = foresee(nock, failure);
		const { status } = await chat({ userMessage: 'Q', fallbackModels: fallback(BASE) });
		expect(status).toBe('error');
		expect(bodies).toHaveLength(1);
	});

	it('are asked only for the chosen reasons', async () => {
		const bodies = foresee(nock, missing);
		const { error } = await chat({
			userMessage: 'Q',
			fallbackModels: fallback(BASE),
			options: { fallbackOn: ['rateLimited'] },
		});
		expect(bodies).toHaveLength(1);
		expect(error?.message).toContain('does not exist');
	});

	it('that fail too are all named', async () => {
		const gone: [number, unknown] = [
			404,
			refusal('The model `other` has been deprecated, learn more here', 'model_not_found'),
		];
		foresee(nock, missing, gone);
		const { outputs } = await chat(
			{ userMessage: 'Q', fallbackModels: fallback('other') },
			{ continueOnFail: true },
		);
		expect(outputs[0][0].json.error).toMatchObject({
			message: expect.stringContaining('deprecated'),
			description: expect.stringContaining(`${TUNED} (missing:`),
			failed_models: [{ model: TUNED }],
			status: 404,
		});
		expect(JSON.stringify(outputs)).not.toContain(SECRET);
	});

	it("can be each item's own", async () => {
		const bodies = foresee(nock, missing, answer, missing, answer);
		await chat(
			{ userMessage: 'Q', fallbackModels: fallback('={{ $json.other }}') },
			{ items: [{ json: { other: 'm1' } }, { json: { other: 'm2' } }] },
		);
		expect(bodies.map((body) => body.model)).toEqual([TUNED, 'm1', TUNED, 'm2']);
	});
});

describe('canceling while a model is asked', () => {
	let server: Server;
	const onRequest = jest.fn();
	beforeAll(async () => {
		server = createServer(() => void onRequest());
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});

	it('stops, and asks neither another model nor for the next item', async () => {
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
		const run = startNode({
			node: new FineTunedChat(),
			items: [{}, {}],
			credentials: { openAiFineTuningApi: { provider: 'other', baseUrl, apiKey: 'k' } },
			parameters: { model: model(TUNED), userMessage: 'Q', fallbackModels: fallback(BASE) },
			continueOnFail: true,
		});
		onRequest.mockImplementation(() => run.cancel());
		const result = await run.result;
		expect(result.run.status).toBe('canceled');
		expect(onRequest).toHaveBeenCalledTimes(1);
	});
});
