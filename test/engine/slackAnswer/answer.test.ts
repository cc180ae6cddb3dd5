import { useNock } from '../harness';
import {
	BASE,
	BOT_TOKEN,
	completion,
	hangUp,
	model,
	noModel,
	question,
	refuse,
	TUNED,
	World,
} from './support';

useNock();
const world = new World();
beforeAll(async () => await world.start());
beforeEach(() => world.reset());
afterAll(async () => await world.stop());

const THREAD = '1700000000.000100';

describe('Answer Question', () => {
	it('shows a status, asks the model, and posts its answer in the thread', async () => {
		world.says('**Noise** levels');
		const { status, outputs } = await world.run();
		expect(status).toBe('success');
		expect(world.methods()).toEqual([
			'assistant.threads.setStatus',
			'chat/completions',
			'chat.postMessage',
		]);
		expect(world.of('assistant.threads.setStatus')).toEqual([
			{ channel_id: 'D0001', thread_ts: THREAD, status: 'is thinking…' },
		]);
		expect(world.of('chat/completions')[0]).toEqual({
			model: TUNED,
			messages: [{ role: 'user', content: 'What was the main complaint?' }],
		});
		const [post] = world.of('chat.postMessage');
		expect(post).toMatchObject({
			channel: 'D0001',
			thread_ts: THREAD,
			text: '**Noise** levels',
			unfurl_links: false,
			unfurl_media: false,
			metadata: {
				event_type: 'fine_tuned_answer',
				event_payload: { question: 'What was the main complaint?', model: TUNED, part: 1 },
			},
		});
		expect((post.blocks as Array<{ type: string }>).map(({ type }) => type)).toEqual([
			'markdown',
			'context',
			'context_actions',
		]);
		expect(world.calls[2].authorization).toBe(`Bearer ${BOT_TOKEN}`);
		expect(outputs[0]).toMatchObject([
			{
				json: {
					question: 'What was the main complaint?',
					answer: '**Noise** levels',
					model: TUNED,
					fell_back: false,
					finish_reason: 'stop',
					usage: { total_tokens: 15 },
					channelId: 'D0001',
					threadTs: THREAD,
					ts: ['1700000001.000001'],
					streamed: false,
					feedback: true,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(outputs[0][0].json).not.toHaveProperty('warnings');
	});

	it('reads the parameters of each item', async () => {
		world.says('One', 'Two');
		const { outputs } = await world.run(
			{
				model: model('={{ $json.model }}'),
				systemMessage: '={{ "About " + $json.channelId }}',
				disclosure: '={{ $json.channelId === "D0001" }}',
				feedbackButtons: false,
			},
			{
				items: [
					question({ model: 'm1' }),
					question({
						model: 'm2',
						channelId: 'C0002',
						text: 'Second?',
						replyThreadTs: '1700000005.000500',
						ts: '1700000005.000500',
					}),
				],
			},
		);
		expect(world.of('chat/completions').map((body) => body.model)).toEqual(['m1', 'm2']);
		expect(world.of('chat/completions')[1].messages).toEqual([
			{ role: 'system', content: 'About C0002' },
			{ role: 'user', content: 'Second?' },
		]);
		const posts = world.of('chat.postMessage');
		expect(posts.map((post) => post.channel)).toEqual(['D0001', 'C0002']);
		expect(posts[0].blocks).toHaveLength(2);
		expect(posts[1]).toMatchObject({ markdown_text: 'Two' });
		expect(posts[1]).not.toHaveProperty('blocks');
		expect(outputs[0].map((item) => item.pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('makes the mentions of a model harmless', async () => {
		world.says('Tell <!channel> and <@U0123456789>');
		const { outputs } = await world.run({ disclosure: false, feedbackButtons: false });
		expect(world.of('chat.postMessage')[0].markdown_text).toBe(
			'Tell <\u200B!channel> and <\u200B@U0123456789>',
		);
		expect(outputs[0][0].json.answer).toBe('Tell <!channel> and <@U0123456789>');
	});

	it('splits a long answer, the buttons below the last part', async () => {
		world.says(`${'A paragraph. '.repeat(70)}\n\n`.repeat(25));
		const { outputs } = await world.run();
		const posts = world.of('chat.postMessage');
		expect(posts.map((post) => 'blocks' in post)).toEqual([false, false, true]);
		expect(outputs[0][0].json.ts).toHaveLength(3);
	});

	it('falls back, and says which model has answered', async () => {
		world.answer('chat/completions', noModel);
		world.says('From the base');
		const { outputs } = await world.run({ fallbackModels: { models: [{ model: model(BASE) }] } });
		expect(world.of('chat/completions').map((body) => body.model)).toEqual([TUNED, BASE]);
		expect(outputs[0][0].json).toMatchObject({
			fell_back: true,
			failed_models: [{ model: TUNED, reason: 'missing' }],
		});
		expect(world.of('chat.postMessage')).toHaveLength(1);
	});

	it('answers even when the status cannot be shown, and says so', async () => {
		world.answer('assistant.threads.setStatus', {
			ok: false,
			error: 'missing_scope',
			needed: 'chat:write',
		});
		world.says('Yes');
		const { status, outputs } = await world.run();
		expect(status).toBe('success');
		expect(outputs[0][0].json.warnings).toEqual(['The status could not be shown (missing_scope).']);
	});

	it('waits for a fresh direct message once', async () => {
		world.answer('assistant.threads.setStatus', { ok: false, error: 'invalid_thread_ts' });
		world.says('Yes');
		const { sleeps, outputs } = await world.run();
		expect(sleeps).toEqual([750]);
		expect(outputs[0][0].json).not.toHaveProperty('warnings');
	});

	it('waits as long as Slack asks, and posts once', async () => {
		world.says('Yes');
		world.answer(
			'chat.postMessage',
			refuse(429, { ok: false, error: 'ratelimited' }, { 'retry-after': '3' }),
		);
		const { sleeps, status } = await world.run();
		expect(status).toBe('success');
		expect(sleeps).toEqual([3_000]);
		expect(world.of('chat.postMessage')).toHaveLength(2);
	});

	it('does not wait for ever', async () => {
		world.says('Yes');
		world.answer(
			'chat.postMessage',
			refuse(429, { ok: false, error: 'ratelimited' }, { 'retry-after': '3600' }),
		);
		const { sleeps, error } = await world.run();
		expect(sleeps).toEqual([]);
		expect(error?.message).toContain('slow down');
		expect(error?.description).toContain('The server asks to wait 3600 s');
	});
});

describe('no answer', () => {
	const down = refuse(400, { error: { message: 'Bad request', code: 'x' } });

	it('tells the person, and keeps the error in the execution', async () => {
		world.answer('chat/completions', down);
		const { status, error } = await world.run();
		expect(status).toBe('error');
		expect(error?.message).toContain('Bad request');
		expect(world.of('chat.postMessage')).toMatchObject([
			{
				markdown_text: expect.stringContaining('I could not answer this'),
				thread_ts: THREAD,
				metadata: { event_type: 'fine_tuned_answer_failed' },
			},
		]);
	});

	it('goes on with an error item, and with the next question', async () => {
		world.answer('chat/completions', down);
		world.says('Second');
		const { status, outputs } = await world.run(
			{ options: { failureText: '={{ "Sorry, " + $json.userId }}' } },
			{ items: [question(), question({ userId: 'U2' })], continueOnFail: true },
		);
		expect(status).toBe('success');
		expect(outputs[0]).toMatchObject([
			{
				json: { error: { message: expect.stringContaining('Bad request') } },
				pairedItem: { item: 0 },
			},
			{ json: { answer: 'Second' }, pairedItem: { item: 1 } },
		]);
		expect(world.of('chat.postMessage')[0].markdown_text).toBe('Sorry, U1');
	});

	it('posts nothing where no text is wanted, and takes the status away', async () => {
		world.answer('chat/completions', down);
		await world.run({ options: { failureText: '' } });
		expect(world.of('chat.postMessage')).toEqual([]);
		expect(world.of('assistant.threads.setStatus').at(-1)).toMatchObject({ status: '' });
	});

	it('says when the person could not be told', async () => {
		world.answer('chat/completions', down);
		world.answer('chat.postMessage', { ok: false, error: 'is_archived' });
		const { error } = await world.run();
		expect(error?.message).toContain('Bad request');
		expect(error?.description).toContain('could not be told (is_archived)');
	});

	it('takes an empty answer for none', async () => {
		world.answer('chat/completions', completion('', { finish_reason: 'length' }));
		const { error } = await world.run();
		expect(error?.message).toContain('empty answer (finish reason: length)');
		expect(error?.description).toContain("'Max Tokens'");
		expect(world.of('chat.postMessage')).toHaveLength(1);
	});

	it('keeps an answer that Slack did not take in the error', async () => {
		world.says('Paid for');
		world.answer('chat.postMessage', { ok: false, error: 'not_in_channel' });
		const { outputs } = await world.run({}, { continueOnFail: true });
		expect(outputs[0][0].json.error).toMatchObject({
			message: 'The app is not in this channel',
			description: expect.stringContaining('the answer is not in Slack'),
			code: 'not_in_channel',
			requestId: 'req-1',
			answer: 'Paid for',
			ts: [],
		});
		expect(JSON.stringify(outputs)).not.toContain(BOT_TOKEN);
	});

	it('does not repeat a post that got no answer before it has looked', async () => {
		world.says('Once');
		let posted: unknown;
		world.answer('chat.postMessage', (response, { args }) => {
			posted = args.metadata;
			response.destroy();
		});
		world.answer('conversations.replies', (response) => {
			response.end(
				JSON.stringify({ ok: true, messages: [{ ts: '1700000009.000009', metadata: posted }] }),
			);
		});
		const { outputs } = await world.run();
		expect(world.of('chat.postMessage')).toHaveLength(1);
		expect(outputs[0][0].json.ts).toEqual(['1700000009.000009']);
	});

	it('posts again what was lost on the way', async () => {
		world.says('Once');
		world.answer('chat.postMessage', hangUp);
		const { outputs, sleeps } = await world.run();
		expect(world.of('chat.postMessage')).toHaveLength(2);
		expect(sleeps).toEqual([1_000, 3_000]);
		expect(outputs[0][0].json.ts).toHaveLength(1);
	});
});

describe('settings that cannot work', () => {
	it.each([
		[{ threadTs: '={{ 1700000000.0001 }}' }, "'Thread' is a number"],
		[{ threadTs: '1700000000.0001' }, "'Thread' is a number"],
		[{ channelId: { __rl: true, mode: 'id', value: '#general' } }, "'Channel' is not the ID"],
		[{ responseUrl: 'https://evil.example.com/x' }, "'Response URL' is not an address of Slack"],
		[{ memorySource: 'memory' }, 'No memory is connected'],
		[{ question: '={{ undefined }}' }, "'Question' is empty"],
		[{ model: model('={{ "" }}') }, "'Model' is empty"],
	])('%j', async (parameters, message) => {
		const { error, status } = await world.run(parameters);
		expect(status).toBe('error');
		expect(error?.message).toContain(message);
		expect(error?.description).toBeTruthy();
		expect(world.of('chat/completions')).toEqual([]);
	});

	it.each([
		[{ botToken: 'xapp-1' }, 'an app-level token'],
		[{ botToken: '' }, "no 'Bot Token'"],
		[{ apiUrl: 'http://slack.example.com' }, "'API URL' of the credential cannot be used"],
	])('credential %j', async (fields, message) => {
		const { credentials } = world;
		const slackQuestionsApi = { ...credentials.slackQuestionsApi, ...fields };
		const { error } = await world.run({}, { credentials: { ...credentials, slackQuestionsApi } });
		expect(error?.message).toContain(message);
	});

	it('takes the channel from a link', async () => {
		world.says('Yes');
		const value = 'https://acme.slack.com/archives/C0123456789';
		await world.run({ channelId: { __rl: true, mode: 'url', value } });
		expect(world.of('chat.postMessage')[0].channel).toBe('C0123456789');
	});
});

describe('Stop', () => {
	it('ends the run, takes the status away and posts nothing', async () => {
		world.answer('chat/completions', () => run.cancel());
		const run = world.begin({});
		const { run: ended } = await run.result;
		expect(ended.status).toBe('canceled');
		expect(world.of('chat.postMessage')).toEqual([]);
		expect(world.of('assistant.threads.setStatus').at(-1)).toMatchObject({ status: '' });
	});
});
