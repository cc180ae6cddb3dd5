/** The stand-in of Slack, driven by Slack's own client. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ErrorCode, type Logger, LogLevel, type WebAPICallResult, WebClient } from '@slack/web-api';

import { CHANNELS, DEMO, PEOPLE, type SlackSandbox, startSlackSandbox } from '../../sandbox/slack';

const DIRECT = CHANNELS.directMessage.id;
const DESK = CHANNELS.helpDesk.id;
const FEEDBACK = {
	type: 'context_actions' as const,
	elements: [
		{
			type: 'feedback_buttons' as const,
			action_id: 'rating',
			positive_button: { text: { type: 'plain_text' as const, text: 'Good' }, value: 'good' },
			negative_button: { text: { type: 'plain_text' as const, text: 'Bad' }, value: 'bad' },
		},
	],
};

/** The client warns at length of what the tests do on purpose. */
const SILENT: Logger = {
	debug() {},
	info() {},
	warn() {},
	error() {},
	setLevel() {},
	getLevel: () => LogLevel.ERROR,
	setName() {},
};

let slack: SlackSandbox;

beforeEach(async () => {
	slack = await startSlackSandbox({ speed: 100_000 });
});

afterEach(async () => {
	await slack.close();
});

const client = (token: string | undefined = DEMO.botToken) =>
	new WebClient(token, {
		slackApiUrl: `${slack.url}/api/`,
		retryConfig: { retries: 0 },
		logger: SILENT,
		rejectRateLimitedCalls: true,
	});

/** Slack's word for the refusal. */
async function refusal(call: Promise<WebAPICallResult>): Promise<string> {
	try {
		await call;
	} catch (error) {
		const { code, data } = error as { code: string; data?: { error: string } };
		return code === ErrorCode.PlatformError ? data!.error : code;
	}
	throw new Error('The call was not refused.');
}

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

describe('posts', () => {
	test('a reply stands in its thread; a thread that is not there is none', async () => {
		const question = slack.desk.say({ text: 'How do I reset my password?' });
		const reply = await client().chat.postMessage({
			channel: DIRECT,
			thread_ts: question.ts,
			markdown_text: '**Open** the portal.',
			unfurl_links: false,
		});
		expect(reply.message).toMatchObject({ thread_ts: question.ts, text: '**Open** the portal.' });
		const stray = await client().chat.postMessage({
			channel: DIRECT,
			thread_ts: '1724405603.290990',
			text: 'Lost',
		});
		expect(stray.message).not.toHaveProperty('thread_ts');
	});

	test('the limits of text, Markdown and blocks', async () => {
		const post = (content: object): Promise<WebAPICallResult & { message?: { text: string } }> =>
			client().apiCall('chat.postMessage', { channel: DIRECT, ...content });
		expect(await refusal(post({}))).toBe('no_text');
		expect(await refusal(post({ markdown_text: 'x'.repeat(12_001) }))).toBe('msg_too_long');
		expect(await refusal(post({ text: 'a', markdown_text: 'b' }))).toBe('markdown_text_conflict');
		const blocks = Array.from({ length: 51 }, () => ({ type: 'divider' }));
		expect(await refusal(post({ blocks }))).toBe('invalid_blocks');
		const long = [0, 1].map(() => ({ type: 'markdown', text: 'x'.repeat(7_000) }));
		expect(await refusal(post({ blocks: long }))).toBe('msg_blocks_too_long');
		const cut = await post({ text: 'x'.repeat(50_000) });
		expect(cut.message?.text).toHaveLength(40_000);
	});

	test('update and delete change own messages only', async () => {
		const question = slack.desk.say({ text: 'Hello' });
		const { ts } = await client().chat.postMessage({ channel: DIRECT, text: 'One' });
		await client().chat.update({ channel: DIRECT, ts: ts!, text: 'Two' });
		expect(slack.desk.workspace.message(DIRECT, ts!)).toMatchObject({ text: 'Two' });
		const foreign = { channel: DIRECT, ts: question.ts };
		expect(await refusal(client().chat.update({ ...foreign, text: 'No' }))).toBe(
			'cant_update_message',
		);
		expect(await refusal(client().chat.delete(foreign))).toBe('cant_delete_message');
		await client().chat.delete({ channel: DIRECT, ts: ts! });
		expect(slack.desk.posts).toEqual([]);
	});

	test('an answer is streamed, with buttons at its end', async () => {
		const question = slack.desk.say({ text: 'Hello' });
		const { ts } = await client().chat.startStream({
			channel: DIRECT,
			thread_ts: question.ts,
			markdown_text: 'One ',
		});
		await client().chat.appendStream({ channel: DIRECT, ts: ts!, markdown_text: 'two ' });
		await client().chat.stopStream({
			channel: DIRECT,
			ts: ts!,
			markdown_text: 'three.',
			blocks: [FEEDBACK],
		});
		expect(slack.desk.posts).toMatchObject([
			{ text: 'One two three.', thread_ts: question.ts, isStreaming: false },
		]);
		const late = client().chat.appendStream({ channel: DIRECT, ts: ts!, markdown_text: '!' });
		expect(await refusal(late)).toBe('message_not_in_streaming_state');
	});

	test('a stream in a channel has to name who it is for', async () => {
		const { ts } = slack.desk.say({ text: 'Hello', channel: DESK });
		const start = client().chat.startStream({ channel: DESK, thread_ts: ts });
		expect(await refusal(start)).toBe('missing_recipient_user_id');
	});

	test("the client's own streamer works", async () => {
		const { ts } = slack.desk.say({ text: 'Hello', channel: DESK });
		const stream = client().chatStream({
			channel: DESK,
			thread_ts: ts,
			recipient_user_id: PEOPLE.maya.id,
			recipient_team_id: 'T0ALDERBRK',
			buffer_size: 1,
		});
		await stream.append({ markdown_text: 'One ' });
		await stream.append({ markdown_text: 'two.' });
		await stream.stop();
		expect(slack.desk.posts).toMatchObject([{ text: 'One two.', thread_ts: ts }]);
	});

	test('the status goes away with the reply', async () => {
		const { ts } = slack.desk.say({ text: 'Hello' });
		const status = { channel_id: DIRECT, thread_ts: ts, status: 'is thinking…' };
		await client().assistant.threads.setStatus(status);
		expect(slack.desk.workspace.liveStatuses()).toMatchObject([{ text: 'is thinking…' }]);
		await client().chat.postMessage({ channel: DIRECT, thread_ts: ts, text: 'Hi' });
		expect(slack.desk.workspace.liveStatuses()).toEqual([]);
		const lost = client().assistant.threads.setStatus({ ...status, thread_ts: '1.000001' });
		expect(await refusal(lost)).toBe('invalid_thread_ts');
	});
});

describe('reading', () => {
	test('a thread comes in pages, with metadata where it is asked for', async () => {
		const { ts } = slack.desk.say({ text: 'Question' });
		const metadata = { event_type: 'answered', event_payload: { model: 'ft:one' } };
		for (const text of ['One', 'Two', 'Three'])
			await client().chat.postMessage({ channel: DIRECT, thread_ts: ts, text, metadata });
		const pages: Array<Array<{ text: string; metadata?: object }>> = [];
		const wanted = { channel: DIRECT, ts, limit: 2, include_all_metadata: true };
		for await (const page of client().paginate('conversations.replies', wanted))
			pages.push((page as unknown as { messages: (typeof pages)[0] }).messages);
		expect(pages.map((page) => page.map(({ text }) => text))).toEqual([
			['Question', 'One'],
			['Two', 'Three'],
		]);
		expect(pages[1][0].metadata).toEqual(metadata);
		const plain = await client().conversations.replies({ channel: DIRECT, ts });
		expect(plain.messages?.[0]).toMatchObject({ reply_count: 3, thread_ts: ts });
		expect(plain.messages?.[1].metadata).toBeUndefined();
	});

	test('history holds what stands outside of threads, newest first', async () => {
		const { ts } = slack.desk.say({ text: 'One', channel: DESK });
		slack.desk.say({ text: 'Reply', channel: DESK, threadTs: ts });
		slack.desk.say({ text: 'Two', channel: DESK });
		const { messages } = await client().conversations.history({ channel: DESK });
		expect(messages?.map(({ text }) => text)).toEqual(['Two', 'One']);
		const lost = client().conversations.replies({ channel: DESK, ts: '1.000001' });
		expect(await refusal(lost)).toBe('thread_not_found');
	});

	test('people, channels and reactions', async () => {
		const { user } = await client().users.info({ user: PEOPLE.maya.id });
		expect(user).toMatchObject({ real_name: 'Maya Okafor', is_bot: false });
		const { channel } = await client().conversations.info({ channel: DESK });
		expect(channel).toMatchObject({ name: 'help-desk', is_member: true });
		const opened = await client().conversations.open({ users: PEOPLE.jonas.id });
		expect(opened.channel?.id).toBe(CHANNELS.otherDirect.id);
		const { ts } = slack.desk.say({ text: 'Hello' });
		const eyes = { channel: DIRECT, timestamp: ts, name: 'eyes' };
		await client().reactions.add(eyes);
		expect(await refusal(client().reactions.add(eyes))).toBe('already_reacted');
		const { message } = await client().reactions.get({ channel: DIRECT, timestamp: ts });
		expect(message?.reactions).toMatchObject([{ name: 'eyes', count: 1 }]);
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

interface Received {
	headers: IncomingHttpHeaders;
	body: string;
}

/** An app that answers with what `answers` holds, and with 200 after that. */
class Receiver {
	readonly received: Received[] = [];
	readonly answers: number[] = [];
	private server!: Server;
	url = '';

	async open(): Promise<this> {
		this.server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const body = Buffer.concat(chunks).toString();
				const challenge = /"challenge":"([^"]+)"/.exec(body)?.[1];
				if (!challenge) this.received.push({ headers: request.headers, body });
				response.writeHead(challenge ? 200 : (this.answers.shift() ?? 200));
				response.end(challenge ?? '');
			});
		});
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
		return this;
	}

	events(): Array<{ event_id: string; event: Record<string, unknown> }> {
		return this.received.map(({ body }) => JSON.parse(body));
	}

	async close(): Promise<void> {
		await new Promise((resolve) => this.server.close(resolve));
	}
}

describe('deliveries', () => {
	let receiver: Receiver;

	beforeEach(async () => {
		receiver = await new Receiver().open();
		await slack.desk.setRequestUrl(receiver.url);
	});

	afterEach(async () => {
		await slack.close();
		await receiver.close();
	});

	test('an address that does not give the challenge back is not taken', async () => {
		await expect(slack.desk.setRequestUrl(`${slack.url}/nowhere`)).rejects.toThrow(
			/didn't respond with the value of the challenge parameter\. It answered 404/,
		);
	});

	test('a direct message comes once, signed', async () => {
		const { ts } = slack.desk.say({ text: 'Hello' });
		await slack.desk.delivered();
		const [{ headers, body }] = receiver.received;
		expect(receiver.received).toHaveLength(1);
		expect(JSON.parse(body)).toMatchObject({
			type: 'event_callback',
			team_id: 'T0ALDERBRK',
			authorizations: [{ user_id: PEOPLE.askBot.id, is_bot: true }],
			event: { type: 'message', channel: DIRECT, channel_type: 'im', ts, text: 'Hello' },
		});
		const stamp = String(headers['x-slack-request-timestamp']);
		const digest = createHmac('sha256', DEMO.signingSecret)
			.update(`v0:${stamp}:${body}`)
			.digest('hex');
		const sent = Buffer.from(String(headers['x-slack-signature']));
		expect(timingSafeEqual(sent, Buffer.from(`v0=${digest}`))).toBe(true);
	});

	test('a mention in a channel comes twice, with an event id each', async () => {
		slack.desk.say({ text: `<@${PEOPLE.askBot.id}> hello`, channel: DESK });
		await slack.desk.delivered();
		const events = receiver.events();
		expect(events.map(({ event }) => event.type).sort()).toEqual(['app_mention', 'message']);
		expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(2);
		expect(new Set(events.map(({ event }) => event.ts)).size).toBe(1);
	});

	test('what the app posts comes back to it, edits and reactions come too', async () => {
		const question = slack.desk.say({ text: 'Hello' });
		const { ts } = await client().chat.postMessage({ channel: DIRECT, text: 'Hi' });
		slack.desk.edit(question, 'Hello!');
		slack.desk.react(slack.desk.workspace.message(DIRECT, ts!)!, '+1');
		await slack.desk.delivered();
		const events = receiver.events().map(({ event }) => event);
		expect(events).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ type: 'message', bot_id: 'B0ASKBOT001', text: 'Hi' }),
				expect.objectContaining({ subtype: 'message_changed', hidden: true }),
				expect.objectContaining({ type: 'reaction_added', reaction: '+1' }),
			]),
		);
		expect(events).toHaveLength(4);
	});

	test('refused deliveries are tried three times more, with number and reason', async () => {
		receiver.answers.push(500, 502, 404, 503);
		slack.desk.say({ text: 'Hello' });
		await slack.desk.delivered();
		expect(receiver.received.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([
			undefined,
			'1',
			'2',
			'3',
		]);
		expect(receiver.received[1].headers['x-slack-retry-reason']).toBe('http_error');
		expect(new Set(receiver.events().map(({ event_id }) => event_id)).size).toBe(1);
		expect(slack.desk.deliveries).toMatchObject([{ state: 'failed' }]);
	});

	test('a press of a button comes as a form, once, with the message and its metadata', async () => {
		const metadata = { event_type: 'answered', event_payload: { model: 'ft:one' } };
		const { ts } = await client().chat.postMessage({
			channel: DIRECT,
			text: 'Answer',
			blocks: [FEEDBACK],
			metadata,
		});
		await slack.desk.delivered();
		receiver.received.length = 0;
		receiver.answers.push(500);
		await slack.desk.press(slack.desk.workspace.message(DIRECT, ts!)!, 'good');
		expect(receiver.received).toHaveLength(1);
		const [{ headers, body }] = receiver.received;
		expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
		const payload = JSON.parse(new URLSearchParams(body).get('payload')!) as object;
		expect(payload).toMatchObject({
			type: 'block_actions',
			user: { id: PEOPLE.maya.id },
			container: { message_ts: ts, channel_id: DIRECT },
			actions: [{ type: 'feedback_buttons', action_id: 'rating', value: 'good' }],
			message: { text: 'Answer', metadata },
		});
	});

	test('a command and a shortcut come as forms with an address for the answer', async () => {
		const { state } = await slack.desk.command('How do I reset my password?', DESK);
		expect(state).toBe('delivered');
		const form = new URLSearchParams(receiver.received[0].body);
		expect(form.get('command')).toBe('/ask');
		expect(form.get('text')).toBe('How do I reset my password?');
		const path = new URL(form.get('response_url')!).pathname;
		await fetch(`${slack.url}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ text: 'In the portal.' }),
		});
		expect(slack.desk.posts).toMatchObject([
			{ text: 'In the portal.', channel: DESK, ephemeralTo: PEOPLE.maya.id },
		]);
		await slack.desk.shortcut(slack.desk.say({ text: 'It broke.', channel: DESK }), 'ask');
		const last = receiver.received.find(({ body }) => body.includes('message_action'))!;
		const payload = JSON.parse(new URLSearchParams(last.body).get('payload')!) as object;
		expect(payload).toMatchObject({ callback_id: 'ask', message: { text: 'It broke.' } });
	});
});
