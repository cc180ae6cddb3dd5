import { useNock } from '../harness';
import { question, World } from './support';

const nock = useNock();
const world = new World();
beforeAll(async () => await world.start());
beforeEach(() => world.reset());
afterAll(async () => await world.stop());

const THREAD = '1700000000.000100';
const HOOK = 'https://hooks.slack.com';

describe('Post Answer', () => {
	const post = { operation: 'post', text: '={{ $json.output }}' };
	const item = (more: object = {}) => question({ output: 'Noise levels', model: 'm1', ...more });

	it('posts a text with its footer, and what feedback needs', async () => {
		const { outputs } = await world.run(
			{ ...post, question: '={{ $json.text }}' },
			{ items: [item(), item({ output: 'Second', channelId: 'C0002', replyThreadTs: undefined })] },
		);
		const [first, second] = world.of('chat.postMessage');
		expect(first).toMatchObject({
			channel: 'D0001',
			thread_ts: THREAD,
			text: 'Noise levels',
			metadata: { event_payload: { question: 'What was the main complaint?', model: 'm1' } },
		});
		expect(second).toMatchObject({ channel: 'C0002', text: 'Second' });
		expect(second).not.toHaveProperty('thread_ts');
		expect(outputs[0]).toMatchObject([
			{
				json: {
					answer: 'Noise levels',
					channelId: 'D0001',
					threadTs: THREAD,
					ts: ['1700000001.000001'],
					feedback: true,
				},
				pairedItem: { item: 0 },
			},
			{ json: { answer: 'Second' }, pairedItem: { item: 1 } },
		]);
	});

	it('lets mentions through only where they are wanted', async () => {
		const items = [item({ output: '<!here> look' })];
		const bare = { ...post, disclosure: false, feedbackButtons: false };
		await world.run(bare, { items });
		await world.run({ ...bare, options: { allowMentions: true } }, { items });
		expect(world.of('chat.postMessage').map((one) => one.markdown_text)).toEqual([
			'<\u200B!here> look',
			'<!here> look',
		]);
	});

	it('marks a text that is no answer', async () => {
		await world.run({ ...post, options: { failureNotice: true } }, { items: [item()] });
		expect(world.of('chat.postMessage')).toMatchObject([
			{ metadata: { event_type: 'fine_tuned_answer_failed' } },
		]);
	});

	it('refuses to post nothing', async () => {
		const { error } = await world.run(post, { items: [item({ output: '  ' })] });
		expect(error?.message).toBe("'Text' is empty");
		expect(world.calls).toEqual([]);
	});

	it('goes on after an item that Slack refuses', async () => {
		world.answer('chat.postMessage', { ok: false, error: 'is_archived' });
		const { outputs } = await world.run(post, { items: [item(), item()], continueOnFail: true });
		expect(outputs[0]).toMatchObject([
			{ json: { error: { message: 'The channel is archived', code: 'is_archived' } } },
			{ json: { answer: 'Noise levels' } },
		]);
	});

	it('answers a slash command at its response URL, without the token', async () => {
		const sent: unknown[] = [];
		nock(HOOK, { badheaders: ['authorization'] })
			.post('/commands/T1/2/x', (body: unknown) => sent.push(body) > 0)
			.reply(200, 'ok');
		const responseUrl = `${HOOK}/commands/T1/2/x`;
		const { status, outputs } = await world.run(
			{ ...post, options: { responseVisibility: 'in_channel' } },
			{ items: [item({ replyThreadTs: undefined, responseUrl })] },
		);
		expect(status).toBe('success');
		expect(sent[0]).toMatchObject({
			response_type: 'in_channel',
			replace_original: false,
			text: 'Noise levels',
			blocks: [{ type: 'markdown', text: 'Noise levels' }, { type: 'context' }],
		});
		expect(outputs[0][0].json).toEqual({
			answer: 'Noise levels',
			responseUrl,
			ts: [],
			feedback: false,
		});
	});

	it('says what is left of a response URL that has run out', async () => {
		nock(HOOK).post('/commands/T1/2/x').reply(404, 'expired_url');
		const { error } = await world.run(post, {
			items: [item({ replyThreadTs: undefined, responseUrl: `${HOOK}/commands/T1/2/x` })],
		});
		expect(error?.message).toContain('no longer takes an answer');
		expect(error?.description).toContain('thirty minutes');
	});

	it('follows no redirect of a response URL', async () => {
		nock(HOOK)
			.post('/commands/T1/2/x')
			.reply(302, '', { location: `${world.url}/steal` });
		const { status } = await world.run(post, {
			items: [item({ replyThreadTs: undefined, responseUrl: `${HOOK}/commands/T1/2/x` })],
		});
		expect(status).toBe('error');
		expect(world.calls).toEqual([]);
	});
});

describe('a shortcut in a channel where the app is no member', () => {
	it('is answered at its response URL', async () => {
		world.answer('assistant.threads.setStatus', { ok: false, error: 'not_in_channel' });
		world.says('Yes');
		nock(HOOK).post('/app/T1/2/x').reply(200, 'ok');
		const { outputs } = await world.run(
			{},
			{ items: [question({ channelId: 'C0001', responseUrl: `${HOOK}/app/T1/2/x` })] },
		);
		expect(outputs[0][0].json).toMatchObject({ answer: 'Yes', ts: [], feedback: false });
		expect(world.of('chat.postMessage')).toEqual([]);
	});
});

describe('Set Status', () => {
	it('shows and takes away', async () => {
		const { outputs } = await world.run(
			{ operation: 'setStatus', status: '={{ $json.s }}', loadingMessages: ['Reading', 'Writing'] },
			{ items: [question({ s: 'is reading…' }), question({ s: '' })] },
		);
		expect(world.of('assistant.threads.setStatus')).toMatchObject([
			{ status: 'is reading…', loading_messages: ['Reading', 'Writing'] },
			{ status: '' },
		]);
		expect(outputs[0].map(({ json }) => json)).toEqual([
			{ status: 'is reading…', channelId: 'D0001', threadTs: THREAD },
			{ status: '', channelId: 'D0001', threadTs: THREAD },
		]);
	});

	it.each([
		[{ threadTs: '' }, "'Thread' is empty"],
		[{ loadingMessages: Array.from({ length: 11 }, () => 'x') }, '11 entries; Slack takes 10'],
	])('refuses %j', async (parameters, message) => {
		const { error } = await world.run({ operation: 'setStatus', ...parameters });
		expect(error?.message).toContain(message);
	});

	it('fails as Slack does, for each item', async () => {
		world.answer('assistant.threads.setStatus', { ok: false, error: 'channel_not_found' });
		const { outputs } = await world.run(
			{ operation: 'setStatus' },
			{ items: [question(), question()], continueOnFail: true },
		);
		expect(outputs[0]).toMatchObject([
			{ json: { error: { code: 'channel_not_found' } }, pairedItem: { item: 0 } },
			{ json: { status: 'is thinking…' }, pairedItem: { item: 1 } },
		]);
	});
});

describe('Get Thread', () => {
	const messages = [
		{ ts: THREAD, user: 'U1', text: 'First?' },
		{ ts: '1700000001.000200', user: 'UBOT', bot_id: 'BBOT', text: 'One' },
		{ ts: '1700000002.000300', user: 'U1', text: 'Second?' },
	];

	it('gives one item with messages for a model', async () => {
		world.answer('conversations.replies', { ok: true, messages });
		const { outputs } = await world.run({ operation: 'getThread', beforeTs: '', limit: 2 });
		expect(outputs[0]).toEqual([
			{
				json: {
					messages: [
						{ role: 'assistant', content: 'One', ts: '1700000001.000200' },
						{ role: 'user', content: 'Second?', ts: '1700000002.000300', userId: 'U1' },
					],
					count: 2,
					channelId: 'D0001',
					threadTs: THREAD,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('gives all where all are wanted', async () => {
		world.answer('conversations.replies', { ok: true, messages });
		const { outputs } = await world.run({ operation: 'getThread', beforeTs: '', returnAll: true });
		expect(outputs[0][0].json.count).toBe(3);
	});

	it('says what a thread needs', async () => {
		world.answer('conversations.replies', { ok: false, error: 'thread_not_found' });
		const { error } = await world.run({ operation: 'getThread' });
		expect(error?.message).toContain('no such thread');
	});
});

describe('Create App Manifest', () => {
	const create = { operation: 'createManifest' };
	const webhookUrl = 'https://n8n.example.com/webhook/1/slack';
	const run = async (parameters: object) =>
		await world.run({ ...create, webhookUrl, ...parameters }, { credentials: {} });

	it('fills in name and address, without a request and without a credential', async () => {
		const { status, outputs } = await run({ appName: '={{ "Help " + "Desk" }}' });
		expect(status).toBe('success');
		const { manifest, text, createUrl } = outputs[0][0].json as {
			manifest: Record<string, Record<string, unknown>>;
			text: string;
			createUrl: string;
		};
		expect(manifest.display_information.name).toBe('Help Desk');
		expect(manifest.settings.event_subscriptions).toEqual({
			request_url: webhookUrl,
			bot_events: ['app_home_opened', 'app_mention', 'message.im'],
		});
		expect(manifest.settings.interactivity).toEqual({ is_enabled: true, request_url: webhookUrl });
		expect(JSON.parse(text)).toEqual(manifest);
		expect(JSON.parse(new URL(createUrl).searchParams.get('manifest_json')!)).toEqual(manifest);
		expect(world.calls).toEqual([]);
	});

	it('takes whatever an expression gives for a text', async () => {
		const described = async (description: unknown) => {
			const { outputs } = await run({ options: { description } });
			const { manifest } = outputs[0][0].json as { manifest: Record<string, object> };
			return manifest.display_information;
		};
		expect(await described('={{ 42 }}')).toMatchObject({ description: '42' });
		expect(await described('={{ null }}')).toMatchObject({
			description: expect.stringContaining('past ones'),
		});
		const { outputs } = await run({ features: '={{ "mentions, reactions" }}' });
		expect(outputs[0][0].json.text).toContain('reaction_added');
		const { error } = await run({ features: '={{ ["email"] }}' });
		expect(error!.message).toContain("'Features' cannot have 'email'");
	});

	it('asks for what each feature needs only', async () => {
		const bare = await run({ features: [] });
		const all = await run({
			features: ['mentions', 'messageShortcut', 'reactions', 'slashCommand', 'threadReplies'],
			slashCommand: '/desk',
		});
		const [few, many] = [bare, all].map(({ outputs }) =>
			JSON.stringify(outputs[0][0].json.manifest),
		);
		expect(few).toContain('"bot":["assistant:write","chat:write","im:history"]');
		expect(many).toContain('"command":"/desk"');
		for (const scope of ['commands', 'reactions:read', 'app_mentions:read']) {
			expect([few.includes(scope), many.includes(scope)]).toEqual([false, true]);
		}
	});

	it.each([
		[{ webhookUrl: 'http://localhost:5678/webhook/1' }, "'Webhook URL' cannot be"],
		[{ webhookUrl: 'https://n8n.example.com/webhook-test/1' }, 'is the test URL'],
		[{ appName: 'x'.repeat(36) }, 'has 36 characters; Slack takes 35'],
		[{ features: ['slashCommand'], slashCommand: 'ask' }, "'Slash Command' cannot be 'ask'"],
		[{ options: { suggestedPrompts: ['1', '2', '3', '4', '5'] } }, '5 entries; Slack takes 4'],
		[{ options: { description: ' ' } }, "'Description' is empty"],
	])('refuses %j', async (parameters, message) => {
		const { error } = await run(parameters);
		expect(error?.message).toContain(message);
	});
});
