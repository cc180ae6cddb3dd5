import { SlackQuestionTrigger } from '../../../nodes/SlackQuestionTrigger/SlackQuestionTrigger.node';
import { testCredential, useNock } from '../harness';

const nock = useNock();

const GOOD = { signingSecret: '0123456789abcdef'.repeat(2), botToken: 'xoxb-1-hidden' };

const test_ = async (data: object) =>
	await testCredential({
		node: new SlackQuestionTrigger(),
		method: 'slackQuestionsApiTest',
		credential: 'slackQuestionsApi',
		data: { ...GOOD, ...data },
	});

function foresee(status: number, body: object | string, headers: Record<string, string> = {}) {
	nock('https://slack.com', { reqheaders: { authorization: 'Bearer xoxb-1-hidden' } })
		.get('/api/auth.test')
		.reply(status, body, headers);
}

const WELL = { ok: true, team: 'Acme', user: 'help', user_id: 'U0BOT' };

test('a good one says where it leads', async () => {
	foresee(200, WELL, { 'x-oauth-scopes': 'im:history,chat:write' });
	expect(await test_({})).toEqual({ status: 'OK', message: 'Connected to Acme as help' });
});

test.each([
	[{ signingSecret: '' }, "has no 'Signing Secret'"],
	[{ signingSecret: 'xoxb-1-hidden' }, 'holds a token'],
	[{ signingSecret: 'abc' }, 'does not look like one, which has 32 characters'],
	[{ botToken: '' }, "has no 'Bot Token'"],
	[{ botToken: 'xapp-1-hidden' }, 'app-level token'],
	[{ botToken: 'xoxp-1-hidden' }, 'user token'],
	[{ apiUrl: 'http://slack.com/api' }, "'API URL' of the credential cannot be used"],
])('%j is refused without a request', async (data, text) => {
	const { status, message } = await test_(data);
	expect(status).toBe('Error');
	expect(message).toContain(text);
	expect(message).not.toContain('hidden');
});

test.each<[string, () => void, RegExp]>([
	['invalid', () => foresee(200, { ok: false, error: 'invalid_auth' }), /token/i],
	['revoked', () => foresee(200, { ok: false, error: 'token_revoked' }), /revoked/i],
	[
		'inactive',
		() => foresee(200, { ok: false, error: 'account_inactive' }),
		/inactive|removed|deactivated|uninstalled/i,
	],
	['without scopes', () => foresee(200, WELL, { 'x-oauth-scopes': 'im:history' }), /chat:write/],
	['a website', () => foresee(200, '<html></html>'), /not the Web API of Slack/],
	['an outage', () => foresee(503, 'no'), /Slack could not answer \(503\)/],
])('%s', async (_name, prepare, text) => {
	prepare();
	const { status, message } = await test_({});
	expect(status).toBe('Error');
	expect(message).toMatch(text);
	expect(message).not.toContain('hidden');
});
