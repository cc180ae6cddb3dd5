import { ApiError } from '../../../../lib/http/errors';
import type { ApiRequest } from '../../../../lib/http/types';
import { apiUrlOf, botTokenOf } from '../../../../lib/slack/api/connection';
import { slackAnswerError, slackNetworkError } from '../../../../lib/slack/api/errors';
import { appendStream, postMessage, testAuth } from '../../../../lib/slack/api/methods';
import { explain } from '../../../../lib/openai/explain';

const answering =
	(data: unknown, seen: ApiRequest[] = []) =>
	async (request: ApiRequest) => {
		seen.push(request);
		return { status: 200, headers: { 'x-slack-req-id': 'r1' }, data: data as never };
	};
const post = { channel: 'C1', markdown_text: 'x' };

async function refusal(body: object): Promise<ApiError> {
	return await postMessage(answering({ ok: false, ...body }), post).then(
		() => {
			throw new Error('nothing was thrown');
		},
		(error: ApiError) => error,
	);
}

describe('what Slack refuses', () => {
	it.each([
		['invalid_auth', 'did not accept the bot token', 'xoxb-'],
		['token_revoked', 'has been revoked', 'xoxb-'],
		['account_inactive', 'removed from the workspace', 'Install App'],
		['not_in_channel', 'not in this channel', '/invite'],
		['channel_not_found', 'no such channel', 'C0123456789'],
		['msg_too_long', 'longer than Slack takes', '11,000'],
		['msg_blocks_too_long', 'longer than Slack takes', 'shorten'],
		['ratelimited', 'slow down', 'Retry On Fail'],
		['is_archived', 'archived', 'Unarchive'],
		['invalid_thread_ts', 'no such thread', '{{ $json.replyThreadTs }}'],
		['thread_not_found', 'no such thread', 'six decimals'],
		['restricted_action', 'does not let the app post', 'administrator'],
		['messages_tab_disabled', 'no direct messages', 'App Home'],
		['internal_error', 'fault of its own', 'slack-status.com'],
	])('%s is told in plain words', async (error, message, description) => {
		const told = explain(await refusal({ error }));
		expect(told.message).toContain(message);
		expect(told.description).toContain(description);
	});

	it('names the scope that is missing', async () => {
		const told = explain(
			await refusal({ error: 'missing_scope', needed: 'chat:write', provided: 'im:history' }),
		);
		expect(told.message).toBe('The bot token lacks the scope chat:write');
		expect(told.description).toContain('It has: im:history.');
		expect(told.description).toContain('Add the scope chat:write under OAuth & Permissions');
	});

	it('shows what nobody has foreseen, with what Slack says about it', async () => {
		const error = await refusal({
			error: 'quite_new',
			response_metadata: { messages: ['[ERROR] must be a string [json-pointer:/x]'] },
		});
		const told = explain(error);
		expect(told.message).toBe('Slack refused: quite_new');
		expect(told.description).toContain('methods/chat.postMessage');
		expect(told.description).toContain('must be a string');
		expect(error.details).toMatchObject({ requestId: 'r1', code: 'quite_new', ambiguous: false });
	});

	it('knows when Slack may have acted all the same', async () => {
		const lost = await refusal({ error: 'internal_error' });
		expect(lost.details.ambiguous).toBe(true);
		expect((await refusal({ error: '__proto__' })).message).toBe('__proto__');
	});

	it('does not take any JSON for an answer of Slack', async () => {
		await expect(testAuth(answering({ status: 'up' }))).rejects.toMatchObject({
			details: { code: 'not_slack' },
		});
	});

	it('never repeats what could stand there twice', async () => {
		const seen: ApiRequest[] = [];
		await appendStream(answering({ ok: true }, seen), {
			channel: 'C',
			ts: '1',
			markdown_text: 'x',
		});
		await postMessage(answering({ ok: true, ts: '1' }, seen), post);
		expect(seen.map(({ retry }) => retry)).toEqual(['never', 'rejected']);
	});
});

describe('answers that are not 2xx', () => {
	const target = {
		method: 'POST',
		path: '/chat.postMessage',
		baseUrl: 'https://slack.com/api',
	} as const;
	const answer = (status: number, body: string, headers = {}) =>
		slackAnswerError(target, { status, body, headers }, 0);

	it('takes the pause from a rate limit, with a body and without', () => {
		const headers = { 'retry-after': '7' };
		for (const body of ['{"ok":false,"error":"ratelimited"}', '']) {
			const error = answer(429, body, headers);
			expect(error.details).toMatchObject({
				status: 429,
				retryAfterMs: 7_000,
				code: 'ratelimited',
			});
			expect(explain(error).description).toContain('wait 7 s');
		}
	});

	it('does not show a web page, and says where to look', () => {
		const told = explain(answer(404, '<html>Not here</html>', { 'content-type': 'text/html' }));
		expect(JSON.stringify(told)).not.toContain('<html>');
		expect(told.description).toContain("'API URL'");
	});

	it('is not sure after a fault of the server', () => {
		expect(answer(503, '').details.ambiguous).toBe(true);
		expect(answer(400, '').details.ambiguous).toBe(false);
	});

	it('speaks of the API URL when nothing answers', () => {
		const told = explain(slackNetworkError(target, 'ENOTFOUND', 'getaddrinfo'));
		expect(told.description).toContain("'API URL'");
		expect(told.description).not.toContain('Base URL');
	});
});

describe('the credential', () => {
	it('has an address that begins with https', () => {
		expect(apiUrlOf({})).toBe('https://slack.com/api');
		expect(apiUrlOf({ apiUrl: ' https://slack-gov.com/api/ ' })).toBe('https://slack-gov.com/api');
		expect(apiUrlOf({ apiUrl: 'http://127.0.0.1:9000/api' })).toBe('http://127.0.0.1:9000/api');
		for (const apiUrl of [
			'http://slack.com/api',
			'slack.com',
			'https://a:b@slack.com',
			'ftp://x',
		]) {
			expect(() => apiUrlOf({ apiUrl })).toThrow("'API URL' of the credential cannot be used");
		}
	});

	it.each([
		['', "The credential has no 'Bot Token'"],
		['xapp-1-A', 'an app-level token (xapp-)'],
		['xoxp-1', 'a user token (xoxp-)'],
		['xoxe-1', 'a configuration or refresh token'],
		['xoxe.xoxp-1', 'a configuration token'],
		['xoxb-1\n2', 'a character that cannot be sent'],
	])('refuses the token %j', (botToken, message) => {
		expect(() => botTokenOf({ botToken })).toThrow(message);
	});
});
