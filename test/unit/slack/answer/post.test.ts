import { answerMetadata, failureMetadata } from '../../../../lib/slack/answer/message';
import { postOnce } from '../../../../lib/slack/answer/post';
import { postAnswer } from '../../../../lib/slack/answer/postAnswer';
import { showStatus } from '../../../../lib/slack/answer/status';
import { readThread } from '../../../../lib/slack/answer/thread';
import { FakeSlack } from './fakeSlack';

const metadata = (part = 1) => answerMetadata({ answerId: 'a1', part, question: 'Q', model: 'm' });
const message = { channel: 'C1', thread_ts: '1.000000', markdown_text: 'A', metadata: metadata() };

describe('postOnce', () => {
	it.each([
		['the thread', message],
		['the channel', { channel: 'C1', markdown_text: 'A', metadata: metadata() }],
	])('finds a message in %s that was posted without an answer', async (_name, one) => {
		const slack = new FakeSlack();
		slack.fail('chat.postMessage', { network: 'unheard' });
		await expect(postOnce(slack.poster, one)).resolves.toBe(slack.messages[0].ts);
		expect(slack.messages).toHaveLength(1);
	});

	it('posts again what is not there', async () => {
		const slack = new FakeSlack();
		slack.fail('chat.postMessage', { network: 'lost' });
		await postOnce(slack.poster, message);
		expect(slack.messages).toHaveLength(1);
		expect(slack.sleeps).toEqual([1_000, 3_000]);
	});

	it('does not take another message for its own', async () => {
		const slack = new FakeSlack();
		await postOnce(slack.poster, { ...message, metadata: metadata(2) });
		slack.fail('chat.postMessage', { network: 'lost' });
		await postOnce(slack.poster, message);
		expect(slack.messages).toHaveLength(2);
	});

	it('does not repeat blindly where it cannot look', async () => {
		const slack = new FakeSlack();
		slack.fail('chat.postMessage', { network: 'unheard' });
		slack.fail('conversations.replies', 'missing_scope');
		await expect(postOnce(slack.poster, message)).rejects.toMatchObject({
			details: { networkCode: 'ECONNRESET' },
		});
		expect(slack.messages).toHaveLength(1);
	});

	it('does not repeat what Slack has refused', async () => {
		const slack = new FakeSlack();
		slack.fail('chat.postMessage', 'is_archived');
		await expect(postOnce(slack.poster, message)).rejects.toMatchObject({
			details: { code: 'is_archived' },
		});
		expect(slack.calls).toHaveLength(1);
	});
});

describe('postAnswer', () => {
	it('tells what was posted before an error', async () => {
		const slack = new FakeSlack();
		slack.fail('chat.postMessage', undefined, 'msg_too_long');
		const posted: string[] = [];
		const settings = { channel: 'C1', threadTs: '1.000000', blocks: [], metadata };
		const answer = postAnswer(slack.poster, 'word '.repeat(5_000), settings, posted);
		await expect(answer).rejects.toMatchObject({ details: { code: 'msg_too_long' } });
		expect(posted).toEqual([slack.messages[0].ts]);
	});
});

describe('showStatus', () => {
	const status = { channel: 'D1', threadTs: '1.000000', text: 'is thinking…' };

	it('waits for a fresh thread once', async () => {
		const slack = new FakeSlack();
		slack.fail('assistant.threads.setStatus', 'invalid_thread_ts');
		await showStatus(slack.poster, { ...status, loadingMessages: ['Reading'] });
		expect(slack.sleeps).toEqual([750]);
		expect(slack.of('assistant.threads.setStatus')[1]).toEqual({
			channel_id: 'D1',
			thread_ts: '1.000000',
			status: 'is thinking…',
			loading_messages: ['Reading'],
		});
	});

	it('gives up after that', async () => {
		const slack = new FakeSlack();
		slack.fail('assistant.threads.setStatus', 'invalid_thread_ts', 'invalid_thread_ts');
		await expect(showStatus(slack.poster, status)).rejects.toMatchObject({
			details: { code: 'invalid_thread_ts' },
		});
	});
});

describe('readThread', () => {
	const me = { userId: 'UBOT', botId: 'BBOT' };
	const query = { channel: 'C1', threadTs: '1700000000.000000', limit: 50 };
	const ts = (count: number) => `1700000000.${String(count).padStart(6, '0')}`;

	async function read(messages: object[], more: object = {}) {
		const slack = new FakeSlack();
		slack.messages.push(...(messages as never[]));
		const thread = await readThread(slack.transport, me, { ...query, ...more });
		return { slack, thread, said: thread.map(({ role, content }) => [role, content]) };
	}

	it('takes people and itself, and nobody else', async () => {
		const { said } = await read([
			{ ts: ts(0), user: 'U1', text: '<@UBOT> Why?' },
			{ ts: ts(1), user: 'UBOT', bot_id: 'BBOT', text: 'Because.' },
			{ ts: ts(2), user: 'UX', bot_id: 'BX', text: 'Another bot' },
			{ ts: ts(3), user: 'U2', text: 'joined', subtype: 'channel_join' },
			{ ts: ts(4), user: 'U2', text: 'with a file', subtype: 'file_share' },
			{ ts: ts(5), user: 'U2', text: '<@UBOT>' },
			{ ts: ts(6), user: 'U2', text: 'x', hidden: true },
		]);
		expect(said).toEqual([
			['user', 'Why?'],
			['assistant', 'Because.'],
			['user', 'with a file'],
		]);
	});

	it('leaves out the question, what came after it, and texts that are no answers', async () => {
		const { said } = await read(
			[
				{ ts: ts(0), user: 'U1', text: 'First' },
				{ ts: ts(1), bot_id: 'BBOT', text: 'x', metadata: failureMetadata('a') },
				{ ts: ts(2), bot_id: 'BBOT', text: 'I could not  answer.' },
				{ ts: ts(3), user: 'U1', text: 'Again' },
				{ ts: ts(4), user: 'U1', text: 'Later' },
			],
			{ before: ts(3), leftOut: ['I could not answer. '] },
		);
		expect(said).toEqual([['user', 'First']]);
	});

	it('joins the parts of an answer and keeps the newest messages', async () => {
		const { said } = await read(
			[
				{ ts: ts(0), user: 'U1', text: 'Old' },
				{ ts: ts(1), user: 'U1', text: 'Q' },
				{ ts: ts(2), bot_id: 'BBOT', text: 'one' },
				{ ts: ts(3), bot_id: 'BBOT', text: 'two' },
			],
			{ limit: 2 },
		);
		expect(said).toEqual([
			['user', 'Q'],
			['assistant', 'one\n\ntwo'],
		]);
	});

	it('goes through all pages, and not round in circles', async () => {
		let page = 0;
		const transport = (async () => ({
			status: 200,
			headers: {},
			data: {
				ok: true,
				// The first message begins every page.
				messages: [
					{ ts: ts(0), user: 'U1', text: 'root' },
					{ ts: ts(++page), user: 'U1', text: `p${page}` },
				],
				response_metadata: { next_cursor: page < 3 ? `c${page}` : 'c2' },
			},
		})) as never;
		const thread = await readThread(transport, me, query);
		expect(thread.map(({ content }) => content)).toEqual(['root', 'p1', 'p2', 'p3']);
	});
});
