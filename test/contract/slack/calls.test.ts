import { ErrorCode } from '@slack/web-api';

import { CHANNELS, DEMO, PEOPLE } from '../../../sandbox/slack';
import { client, DIRECT, refusal, slack, useSlack } from './support';

useSlack();

describe('who calls', () => {
	test('auth.test names the bot, with the scopes in the headers', async () => {
		const answer = await client().auth.test();
		expect(answer).toMatchObject({
			ok: true,
			team_id: 'T0ALDERBRK',
			user_id: PEOPLE.askBot.id,
			bot_id: 'B0ASKBOT001',
		});
		expect(answer.response_metadata?.scopes).toContain('chat:write');
	});

	test.each([
		['xoxb-unknown', 'invalid_auth'],
		[DEMO.revoked, 'token_revoked'],
		[DEMO.inactive, 'account_inactive'],
		['xapp-1-A-1', 'not_allowed_token_type'],
		['', 'not_authed'],
	])('the token "%s" is refused with %s', async (token, word) => {
		expect(await refusal(client(token).auth.test())).toBe(word);
	});

	test('a scope that the app lacks is named', async () => {
		slack.desk.app.scopes = ['app_mentions:read'];
		const call = client().chat.postMessage({ channel: DIRECT, text: 'Hello' });
		await expect(call).rejects.toMatchObject({
			data: { error: 'missing_scope', needed: 'chat:write', provided: 'app_mentions:read' },
		});
	});

	test('an unknown method, an unknown channel, and one without the bot', async () => {
		expect(await refusal(client().apiCall('chat.shout'))).toBe('unknown_method');
		const post = (channel: string) => client().chat.postMessage({ channel, text: 'Hello' });
		expect(await refusal(post('C0NOWHERE00'))).toBe('channel_not_found');
		expect(await refusal(post(CHANNELS.random.id))).toBe('not_in_channel');
	});

	test('JSON with the token in the header, and a form with the token in the body', async () => {
		const json = await fetch(`${slack.url}/api/auth.test`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${DEMO.botToken}`,
				'content-type': 'application/json; charset=utf-8',
			},
			body: '{}',
		});
		expect(await json.json()).toMatchObject({ ok: true });
		const form = new URLSearchParams({ token: DEMO.botToken });
		const formed = await fetch(`${slack.url}/api/auth.test`, { method: 'POST', body: form });
		expect(await formed.json()).toMatchObject({ ok: true });
		const inJson = await fetch(`${slack.url}/api/auth.test`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ token: DEMO.botToken }),
		});
		expect(await inJson.json()).toMatchObject({ ok: false, error: 'not_authed' });
	});

	test('a page of another site is not answered', async () => {
		const response = await fetch(`${slack.url}/api/api.test`, {
			headers: { origin: 'https://example.com' },
		});
		expect(response.status).toBe(403);
	});
});

describe('faults', () => {
	test('429 with Retry-After, as often as asked for', async () => {
		slack.desk.addFault({ path: 'chat.postMessage', retryAfter: 7 });
		const post = () => client().chat.postMessage({ channel: DIRECT, text: 'Hello' });
		await expect(post()).rejects.toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 7 });
		await expect(post()).resolves.toMatchObject({ ok: true });
	});

	test('a word of refusal, an outage, and a cut connection', async () => {
		const call = () => client().auth.test();
		slack.desk.addFault({ error: 'ekm_access_denied' });
		expect(await refusal(call())).toBe('ekm_access_denied');
		slack.desk.addFault({ status: 503 });
		expect(await refusal(call())).toBe(ErrorCode.HTTPError);
		slack.desk.addFault({ reset: 'before' });
		expect(await refusal(call())).toBe(ErrorCode.RequestError);
	});

	test('a message a second and channel, where that is wanted', async () => {
		slack.desk.settings.postsPerSecond = 1;
		const post = () => client().chat.postMessage({ channel: DIRECT, text: 'Hello' });
		await post();
		expect(await refusal(post())).toBe(ErrorCode.RateLimitedError);
	});
});
