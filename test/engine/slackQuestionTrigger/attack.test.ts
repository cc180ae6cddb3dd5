import type { WebhookRequest } from '../harness/webhook';

import { BOT, envelope, event, inChannel, message, newHost, SECRET, signed } from './support';

const body = () => JSON.stringify(envelope(message()));

function without(request: ReturnType<typeof signed>, header: string): WebhookRequest {
	const { [header]: _left, ...headers } = request.headers;
	return { ...request, headers };
}

describe('a request that is not of Slack', () => {
	test.each<[string, () => WebhookRequest]>([
		['no signature', () => without(signed(body()), 'X-Slack-Signature')],
		['no timestamp', () => without(signed(body()), 'X-Slack-Request-Timestamp')],
		['another secret', () => signed(body(), { secret: 'f'.repeat(32) })],
		['an empty secret', () => signed(body(), { secret: '' })],
		['six minutes old', () => signed(body(), { age: 360 })],
		['six minutes ahead', () => signed(body(), { age: -360 })],
		[
			'one byte changed',
			() => {
				const request = signed(body());
				return { ...request, body: (request.body as string).replace('main', 'mair') };
			},
		],
		[
			'a timestamp that is no number',
			() => {
				const request = signed(body());
				request.headers['X-Slack-Request-Timestamp'] = 'NaN';
				return request;
			},
		],
		[
			'a signature of another length',
			() => {
				const request = signed(body());
				request.headers['X-Slack-Signature'] += '0';
				return request;
			},
		],
		[
			'a signature of letters beyond ASCII',
			() => {
				const request = signed(body());
				request.headers['X-Slack-Signature'] = `v0=${'é'.repeat(64)}`;
				return request;
			},
		],
		['a body n8n has not kept', () => ({ ...signed(body()), rawBody: 'never' })],
		['a body that broke off', () => ({ ...signed(body()), rawBody: 'aborted' })],
		['nothing at all', () => ({})],
	])('%s: 401 and no execution', async (_name, forge) => {
		const n8n = newHost();
		const result = await n8n.request(forge());
		expect(result).toMatchObject({ status: 401, body: { message: 'Unauthorized' } });
		expect(n8n.executions).toBe(0);
		const [{ level, message: text }] = n8n.logged;
		expect(level).toBe('warn');
		expect(text).toMatch(/^"Node" refused a request \(401\): /);
		expect(text).not.toContain(SECRET);
		expect(n8n.staticData).toEqual({});
	});

	test.each(['', '   '])('without a secret (%j) nobody is believed', async (secret) => {
		const n8n = newHost({}, { secret });
		const result = await n8n.request(signed(body(), { secret }));
		expect(result.status).toBe(401);
		expect(n8n.executions).toBe(0);
		expect(n8n.logged[0].message).toContain("the credential has no 'Signing Secret'");
	});

	test('without a credential nobody is believed, and n8n makes no execution of it', async () => {
		const n8n = newHost({}, { credentials: {} });
		const result = await n8n.request(signed(body()));
		expect(result).toMatchObject({ status: 401 });
		expect(n8n.logged[0].message).toContain('the credential cannot be read');
	});

	test('a huge body: 413, also when it is signed', async () => {
		const n8n = newHost();
		const result = await n8n.request(signed('x'.repeat(1024 * 1024 + 1)));
		expect(result).toMatchObject({ status: 413, body: { message: 'Payload too large' } });
		expect(n8n.executions).toBe(0);
	});
});

describe('a signed request that makes no sense', () => {
	test.each<[string, string | Buffer]>([
		['no JSON', '{"type":'],
		['a list', '[]'],
		['null', 'null'],
		['nothing', ''],
		['bytes', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
		['an event without event', '{"type":"event_callback"}'],
		['a challenge that is none', '{"type":"url_verification","challenge":{}}'],
		['deep nesting', `{"type":"event_callback","event":${'['.repeat(400_000)}`],
		['a payload that is no JSON', 'payload=%7Bx'],
		['a payload that is a list', 'payload=%5B%5D'],
		['fields without end', 'a=1&'.repeat(1_000)],
	])('%s: 400', async (_name, text) => {
		const n8n = newHost();
		const result = await n8n.request(signed(text));
		expect(result).toMatchObject({ status: 400 });
		expect(n8n.executions).toBe(0);
	});

	test.each<[string, string]>([
		['the news that events are limited', '{"type":"app_rate_limited","minute_rate_limited":1}'],
		['a look at the certificate', 'ssl_check=1&token=x'],
		['an unknown body', '{"type":"moon_landed"}'],
		['an unknown form', 'a=1&b=2'],
		['another interaction', `payload=${encodeURIComponent('{"type":"view_submission"}')}`],
		['members named like methods', '{"type":"event_callback","event":{"type":"toString"}}'],
		[
			'__proto__',
			'{"type":"event_callback","event":{"type":"message","__proto__":{"user":"U1"},"text":"x"}}',
		],
		[
			'values of wrong types',
			'{"type":"event_callback","team_id":1,"authorizations":"x","event":{"type":"message","user":{},"text":[],"ts":5,"files":{}}}',
		],
	])('%s: 200', async (_name, text) => {
		const n8n = newHost();
		expect(await n8n.request(signed(text))).toMatchObject({ status: 200 });
		expect(n8n.executions).toBe(0);
	});

	test('the challenge is answered, once it is signed', async () => {
		const n8n = newHost();
		const text = '{"token":"x","challenge":"3eZbrw1a","type":"url_verification"}';
		expect(await n8n.request({ body: text })).toMatchObject({ status: 401 });
		const result = await n8n.request({ ...signed(text), rawBody: 'lazy' });
		expect(result).toMatchObject({ status: 200, body: { challenge: '3eZbrw1a' } });
		expect(n8n.executions).toBe(0);
	});
});

describe('doubles', () => {
	test('the same event three times at once: one execution', async () => {
		const n8n = newHost();
		const request = event(message());
		const results = await Promise.all([1, 2, 3].map(async () => await n8n.request(request)));
		expect(results.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(n8n.executions).toBe(1);
	});

	test('two event ids for one message: one execution, whichever comes first', async () => {
		for (const types of [
			['message', 'app_mention'],
			['app_mention', 'message'],
		]) {
			const n8n = newHost();
			const said = inChannel({ text: `<@${BOT}> hello?` });
			const results = await Promise.all(
				types.map(async (type) => await n8n.request(event({ ...said, type }))),
			);
			expect(n8n.executions).toBe(1);
			expect(results.flatMap(({ outputs }) => outputs?.[0] ?? [])).toMatchObject([
				{ json: { kind: 'mention', text: 'hello?' } },
			]);
		}
	});

	test('a replay within the five minutes, and one that is signed anew', async () => {
		const n8n = newHost();
		const request = event(message());
		await n8n.request(request);
		expect((await n8n.request(request)).status).toBe(200);
		expect((await n8n.request(signed(request.body))).status).toBe(200);
		expect(n8n.executions).toBe(1);
	});

	test('a retry after a restart of n8n', async () => {
		const request = event(message());
		const before = newHost({}, { nodeId: 'before' });
		await before.request(request);
		const after = newHost({}, { nodeId: 'after', staticData: before.staticData });
		await after.request(request);
		expect([before.executions, after.executions]).toEqual([1, 0]);
		await after.request(event(message()));
		expect(after.executions).toBe(1);
	});

	test('a retry whose first delivery never came is taken', async () => {
		const n8n = newHost();
		const request = event(message());
		Object.assign(request.headers, {
			'X-Slack-Retry-Num': '1',
			'x-slack-retry-reason': 'http_timeout',
		});
		expect((await n8n.request(request)).outputs?.[0]).toHaveLength(1);
	});

	test('a test in the editor does not take the question away from the published workflow', async () => {
		const request = event(message());
		const test = newHost({}, { nodeId: 'same', mode: 'manual' });
		const live = newHost({}, { nodeId: 'same' });
		await test.request(request);
		await live.request(request);
		expect([test.executions, live.executions]).toEqual([1, 1]);
	});

	test('200 questions at once: each starts one execution', async () => {
		const n8n = newHost();
		const requests = Array.from({ length: 200 }, () => event(message()));
		await Promise.all([...requests, ...requests].map(async (one) => await n8n.request(one)));
		expect(n8n.executions).toBe(200);
	});
});

describe('bots', () => {
	test.each<[string, Record<string, unknown>]>([
		['another bot', { bot_id: 'B1' }],
		['another bot that says so by its profile', { bot_profile: { id: 'B1' } }],
		['a bot of old', { subtype: 'bot_message' }],
		['the app itself', { user: BOT }],
		['Slackbot', { user: 'USLACKBOT' }],
		['nobody', { user: undefined }],
	])('%s', async (_name, more) => {
		const n8n = newHost();
		expect(await n8n.request(event(message(more)))).toMatchObject({ status: 200 });
		const mention = inChannel({ ...more, type: 'app_mention', text: `<@${BOT}> hi` });
		expect(await n8n.request(event(mention))).toMatchObject({ status: 200 });
		expect(n8n.executions).toBe(0);
	});
});
