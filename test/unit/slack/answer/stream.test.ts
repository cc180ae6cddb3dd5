import fc from 'fast-check';

import { withoutMentions } from '../../../../lib/slack/answer/guard';
import {
	answerMetadata,
	failureMetadata,
	footerBlocks,
} from '../../../../lib/slack/answer/message';
import { AnswerStream } from '../../../../lib/slack/answer/stream';
import { FakeSlack, type Fault } from './fakeSlack';

const THREAD = '1699999999.000100';
const blocks = footerBlocks({ disclosure: 'By a model', feedbackButtons: true });
const metadata = (part: number) =>
	answerMetadata({ answerId: 'a1', part, question: 'Q?', model: 'ft:x' });

function open(slack: FakeSlack, more: { partLength?: number } = {}) {
	return new AnswerStream(slack.poster, {
		channel: 'C1',
		threadTs: THREAD,
		recipient: { recipient_user_id: 'U1', recipient_team_id: 'T1' },
		metadata,
		...more,
	});
}

/** Says the pieces a second apart and ends the answer. */
async function tell(slack: FakeSlack, stream: AnswerStream, pieces: string[], seconds = 1.1) {
	for (const piece of pieces) {
		await stream.say(piece);
		slack.now += seconds * 1000;
	}
	await stream.finish(pieces.join(''), blocks);
}

const letters = (text: string) => text.replace(/\s/g, '');

describe('AnswerStream', () => {
	it('begins with the first whole word, goes on once a second, and ends with the footer', async () => {
		const slack = new FakeSlack();
		const stream = open(slack);
		await tell(slack, stream, ['Noise', ' levels ', 'were the', ' main complaint.']);
		expect(slack.calls.map(({ method }) => method)).toEqual([
			'chat.startStream',
			'chat.appendStream',
			'chat.appendStream',
			'chat.stopStream',
		]);
		expect(slack.of('chat.startStream')[0]).toEqual({
			channel: 'C1',
			thread_ts: THREAD,
			markdown_text: 'Noise ',
			recipient_user_id: 'U1',
			recipient_team_id: 'T1',
		});
		expect(slack.messages).toMatchObject([
			{ text: 'Noise levels were the main complaint.', streaming: false, blocks },
		]);
		expect(slack.messages[0].metadata).toEqual(metadata(1));
		expect(stream).toMatchObject({ hasStreamed: true, notes: [] });
	});

	it('sends no more than one piece a second', async () => {
		const slack = new FakeSlack();
		const pieces = Array.from({ length: 200 }, (_, i) => `word${i} `);
		await tell(slack, open(slack), pieces, 0.05);
		expect(slack.of('chat.appendStream').length).toBeLessThanOrEqual(10);
		expect(slack.texts()).toEqual([pieces.join('').trim()]);
	});

	it('posts what is complete before anything has been shown', async () => {
		const slack = new FakeSlack();
		const stream = open(slack);
		await tell(slack, stream, ['Yes.']);
		expect(slack.calls.map(({ method }) => method)).toEqual(['chat.postMessage']);
		expect(slack.of('chat.postMessage')[0]).toMatchObject({
			unfurl_links: false,
			thread_ts: THREAD,
		});
		expect(stream.hasStreamed).toBe(false);
	});

	it('shows any text once, in whatever pieces it comes', async () => {
		const text = fc.array(
			fc.oneof(
				fc.lorem({ maxCount: 12 }),
				fc.constantFrom('\n\n', '```js\n', '\n```\n', ' <!channel> ', '😀', '| a |\n', '\n    '),
			),
			{ minLength: 1, maxLength: 40 },
		);
		await fc.assert(
			fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (parts, cut) => {
				const answer = parts.join('');
				fc.pre(answer.trim() !== '');
				const slack = new FakeSlack();
				const pieces = answer.match(new RegExp(`[^]{1,${cut}}`, 'gu')) ?? [];
				await tell(slack, open(slack), pieces);
				expect(slack.texts()).toEqual([withoutMentions(answer.trim())]);
			}),
		);
	});

	it('needs several messages for a long answer, the footer below the last', async () => {
		const slack = new FakeSlack();
		const stream = open(slack, { partLength: 3_000 });
		const pieces = Array.from({ length: 900 }, (_, i) => `word${i}${i % 9 === 8 ? '\n\n' : ' '}`);
		await tell(slack, stream, pieces, 0.4);
		expect(slack.messages.length).toBeGreaterThan(2);
		expect(letters(slack.texts().join(''))).toBe(letters(pieces.join('')));
		for (const text of slack.texts()) expect(text.length).toBeLessThanOrEqual(3_000);
		const footers = slack.messages.map((message) => message.blocks !== undefined);
		expect(footers).toEqual(slack.messages.map((_, i) => i === slack.messages.length - 1));
		expect(slack.messages.map(({ metadata: data }) => data)).toEqual(
			slack.messages.map((_, i) => metadata(i + 1)),
		);
		expect(stream.messages).toEqual(slack.messages.map(({ ts }) => ts));
	});

	it('opens a code block again in the next message', async () => {
		const slack = new FakeSlack();
		const lines = Array.from({ length: 300 }, (_, i) => `call(${i});\n`);
		await tell(
			slack,
			open(slack, { partLength: 2_000 }),
			['Do this:\n', '```js\n', ...lines, '```'],
			0.3,
		);
		const [first, second] = slack.texts();
		expect(first.trimEnd().endsWith('```')).toBe(true);
		expect(second.startsWith('```js\n')).toBe(true);
	});

	it('posts once where Slack does not stream', async () => {
		const slack = new FakeSlack();
		slack.fail('chat.startStream', 'method_not_supported_for_channel_type');
		const stream = open(slack);
		await tell(slack, stream, ['One ', 'two ', 'three']);
		expect(slack.of('chat.startStream')).toHaveLength(1);
		expect(slack.texts()).toEqual(['One two three']);
		expect(stream.hasStreamed).toBe(false);
		expect(stream.notes[0]).toContain('method_not_supported_for_channel_type');
	});

	it('keeps a piece back while Slack asks to wait', async () => {
		const slack = new FakeSlack();
		slack.fail('chat.appendStream', { wait: 5_000 });
		await tell(slack, open(slack), [
			'One ',
			'two ',
			'three ',
			'four ',
			'five ',
			'six ',
			'seven ',
			'end',
		]);
		expect(slack.of('chat.appendStream').length).toBeLessThan(5);
		expect(slack.texts()).toEqual(['One two three four five six seven end']);
		expect(slack.sleeps).toEqual([]);
	});

	it.each([
		['nobody knows whether a piece arrived, and it did', { network: 'unheard' }],
		['nobody knows whether a piece arrived, and it did not', { network: 'lost' }],
		['Slack met a fault', 'internal_error'],
	] as const)('puts the message right when %s', async (_name, fault) => {
		const slack = new FakeSlack();
		slack.fail('chat.appendStream', fault);
		const stream = open(slack);
		await tell(slack, stream, ['One ', 'two ', 'three ', 'four ', 'five']);
		expect(slack.of('chat.appendStream')).toHaveLength(1);
		expect(slack.of('chat.postMessage')).toEqual([]);
		expect(slack.messages).toMatchObject([
			{ text: 'One two three four five', streaming: false, metadata: metadata(1) },
		]);
		expect(JSON.stringify(slack.messages[0].blocks)).toContain('feedback_buttons');
		expect(stream.notes).toHaveLength(1);
	});

	it('puts the message right when Slack has ended it after five minutes', async () => {
		const slack = new FakeSlack();
		const stream = open(slack);
		await stream.say('One two ');
		slack.now += 2_000;
		await stream.say('three ');
		slack.messages[0].streaming = false;
		slack.now += 310_000;
		await stream.say('four ');
		await stream.finish('One two three four', blocks);
		expect(slack.texts()).toEqual(['One two three four']);
	});

	it.each([
		['heard', { network: 'unheard' }],
		['not heard', { network: 'lost' }],
	] as const)('ends a message once when its end was %s', async (_name, fault) => {
		const slack = new FakeSlack();
		slack.fail('chat.stopStream', fault);
		await tell(slack, open(slack), ['One ', 'two ', 'three']);
		expect(slack.messages).toMatchObject([{ text: 'One two three', streaming: false }]);
		expect(slack.of('chat.postMessage')).toEqual([]);
	});

	it('goes on in the message that a lost answer had begun', async () => {
		const slack = new FakeSlack();
		slack.fail('chat.startStream', { network: 'unheard' });
		const stream = open(slack);
		await tell(slack, stream, ['One ', 'two ', 'three']);
		expect(slack.messages).toMatchObject([{ text: 'One two three', streaming: false }]);
		expect(stream.messages).toEqual([slack.messages[0].ts]);
	});

	it('stands there once and whole, whatever goes wrong on the way', async () => {
		const fault = fc.option(
			fc.constantFrom<Fault>('internal_error', { network: 'lost' }, { network: 'unheard' }),
			{ nil: undefined },
		);
		const faults = fc.array(fault, { maxLength: 3 });
		const methods = [
			'chat.startStream',
			'chat.appendStream',
			'chat.stopStream',
			'chat.postMessage',
		];
		await fc.assert(
			fc.asyncProperty(fc.tuple(faults, faults, faults, faults), async (orders) => {
				const slack = new FakeSlack();
				methods.forEach((method, index) => slack.fail(method, ...orders[index]));
				const stream = open(slack);
				const pieces = ['One ', 'two ', 'three ', 'four ', 'five'];
				const told = await tell(slack, stream, pieces).then(
					() => true,
					() => false,
				);
				// Where it fails, the error says so; but nothing stands there twice.
				if (told) expect(slack.texts()).toEqual([pieces.join('')]);
				else expect(slack.messages.length).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 300 },
		);
	});

	it('posts when the lost start had begun nothing', async () => {
		const slack = new FakeSlack();
		slack.fail('chat.startStream', { network: 'lost' });
		await tell(slack, open(slack), ['One ', 'two ', 'three']);
		expect(slack.texts()).toEqual(['One two three']);
	});

	it('says nothing more once the person has pressed Stop', async () => {
		const slack = new FakeSlack();
		slack.fail('chat.appendStream', 'stopped_by_user');
		const stream = open(slack);
		await tell(slack, stream, ['One ', 'two ', 'three ', 'four']);
		expect(slack.calls.map(({ method }) => method)).toEqual([
			'chat.startStream',
			'chat.appendStream',
		]);
		expect(stream.notes[0]).toContain('stopped');
	});

	it('begins no further message once the person has pressed Stop at the end of one', async () => {
		const slack = new FakeSlack();
		slack.fail('chat.stopStream', 'stopped_by_user');
		const stream = open(slack, { partLength: 3_000 });
		const pieces = Array.from({ length: 900 }, (_, i) => `word${i}${i % 9 === 8 ? '\n\n' : ' '}`);
		await tell(slack, stream, pieces, 0.4);
		expect(slack.of('chat.startStream')).toHaveLength(1);
		expect(slack.of('chat.postMessage')).toEqual([]);
		expect(stream.notes).toEqual([expect.stringContaining('stopped')]);
	});

	it('says in the same message that an answer has broken off, outside its code', async () => {
		const slack = new FakeSlack();
		const stream = open(slack);
		await stream.say('Do this:\n```js\ncall( ');
		slack.now += 2_000;
		await stream.breakOff('It broke off.', [], failureMetadata('a1'));
		expect(slack.texts()).toEqual(['Do this:\n```js\ncall(\n```\n\nIt broke off.']);
		expect(slack.messages[0]).toMatchObject({ streaming: false, metadata: failureMetadata('a1') });
	});

	it('forgets what a model has said that nobody has seen', async () => {
		const slack = new FakeSlack();
		const stream = open(slack);
		await stream.say('Wro');
		stream.begin();
		await tell(slack, stream, ['Right ', 'answer']);
		expect(slack.texts()).toEqual(['Right answer']);
	});

	it('leaves no message open when the execution is stopped', async () => {
		const slack = new FakeSlack();
		const stream = open(slack);
		await stream.say('One two ');
		await stream.abandon();
		expect(slack.messages[0].streaming).toBe(false);
	});

	it('fails when Slack does not take the message in any way', async () => {
		const slack = new FakeSlack();
		slack.fail('chat.stopStream', 'not_in_channel', 'not_in_channel');
		slack.fail('chat.update', 'not_in_channel');
		const stream = open(slack);
		await expect(tell(slack, stream, ['One ', 'two'])).rejects.toMatchObject({
			details: { code: 'not_in_channel' },
		});
	});
});
