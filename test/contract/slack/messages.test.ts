import type { WebAPICallResult } from '@slack/web-api';

import { CHANNELS, PEOPLE } from '../../../sandbox/slack';
import { client, DESK, DIRECT, FEEDBACK, refusal, slack, useSlack } from './support';

useSlack();

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
