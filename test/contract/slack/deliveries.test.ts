import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { DEMO, PEOPLE } from '../../../sandbox/slack';
import { client, DESK, DIRECT, FEEDBACK, slack, useSlack } from './support';

useSlack();

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
