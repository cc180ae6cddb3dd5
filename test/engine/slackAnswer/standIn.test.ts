/** Against the stand-in of Slack, which keeps a workspace: what is in the thread in the end. */
import {
	CHANNELS,
	DEMO,
	type Message,
	PEOPLE,
	type SlackSandbox,
	startSlackSandbox,
	TEAM,
} from '../../../sandbox/slack';
import { useNock } from '../harness';
import { World } from './support';

useNock();
const world = new World();
let slack: SlackSandbox;
beforeAll(async () => await world.start());
beforeEach(async () => {
	world.reset();
	slack = await startSlackSandbox({ speed: 100_000 });
});
afterEach(async () => await slack.close());
afterAll(async () => await world.stop());

const PIECES = ['Noise', ' levels', ' were', ' the', ' main', ' complaint.'];
const ANSWER = PIECES.join('');

const thread = (channel: string, root: Message) =>
	slack.desk.workspace.thread(channel, root.ts).map(({ text }: Message) => text);

async function ask(asked: Message, parameters = {}) {
	const item = {
		json: {
			text: asked.text.replace(/<@\w+>/g, '').trim(),
			userId: asked.user,
			teamId: TEAM.id,
			channelId: asked.channel,
			ts: asked.ts,
			replyThreadTs: asked.thread_ts ?? asked.ts,
		},
	};
	return await world.run(
		{ streamToSlack: true, ...parameters },
		{
			items: [item],
			credentials: {
				...world.credentials,
				slackQuestionsApi: {
					signingSecret: DEMO.signingSecret,
					botToken: DEMO.botToken,
					apiUrl: `${slack.url}/api`,
				},
			},
		},
	);
}

const dm = CHANNELS.directMessage.id;
const desk = CHANNELS.helpDesk.id;
const inDirectMessage = (text: string, threadTs?: string) =>
	slack.desk.say({ text, channel: dm, user: PEOPLE.maya.id, threadTs });

it.each([
	['a direct message', dm, 'Why?'],
	['a channel', desk, `<@${PEOPLE.askBot.id}> Why?`],
])('answers in %s by streaming', async (_name, channel, text) => {
	const asked = slack.desk.say({ text, channel, user: PEOPLE.maya.id });
	world.streams(PIECES);
	const { error, outputs } = await ask(asked);
	expect(error).toBeUndefined();
	expect(outputs[0][0].json).toMatchObject({ streamed: true, answer: ANSWER });
	expect(outputs[0][0].json).not.toHaveProperty('warnings');
	expect(thread(channel, asked)).toEqual([asked.text, ANSWER]);
});

it('remembers the thread, but not that it had no answer', async () => {
	const asked = inDirectMessage('Why?');
	world.answer('chat/completions', (response) => {
		response.writeHead(400).end('{"error":{"message":"no"}}');
	});
	await ask(asked);
	world.streams(PIECES);
	await ask(inDirectMessage('Why, please?', asked.ts));
	world.streams(['Parking', ' lots']);
	await ask(inDirectMessage('And then?', asked.ts));
	expect(world.of('chat/completions')[2].messages).toEqual([
		{ role: 'user', content: 'Why?' },
		{ role: 'user', content: 'Why, please?' },
		{ role: 'assistant', content: ANSWER },
		{ role: 'user', content: 'And then?' },
	]);
});

it('posts a long answer in parts that Slack takes', async () => {
	const asked = inDirectMessage('All?');
	const long = Array.from({ length: 400 }, (_, i) => `Paragraph ${i}: ${'words '.repeat(15)}`).join(
		'\n\n',
	);
	world.says(long, long);
	for (const streamToSlack of [true, false]) await ask(asked, { streamToSlack });
	const [, ...answers] = thread(dm, asked);
	expect(answers.length).toBeGreaterThanOrEqual(8);
	const letters = (text: string) => text.replace(/\s/g, '');
	expect(letters(answers.join(''))).toBe(letters(long + long));
});

it('says in plain words that it was not invited', async () => {
	const asked = slack.desk.say({ text: 'Why?', channel: CHANNELS.random.id, user: PEOPLE.maya.id });
	world.streams(PIECES);
	const { error } = await ask(asked);
	expect(error?.message).toMatch(/not in this channel|no such channel/);
});

/** Time that passes while the model writes, without anybody waiting for it. */
function passingTime() {
	const realNow = Date.now;
	let passed = 0;
	// Below the harness, which puts its own time on top.
	Date.now = () => realNow.call(Date) + passed;
	return {
		pass: (ms: number) => void (passed += ms),
		stop: () => {
			Date.now = realNow;
		},
	};
}

describe('when the connection to Slack breaks', () => {
	const calls = ['startStream', 'appendStream', 'stopStream'];
	const moments = ['before', 'after'] as const;

	it.each(calls.flatMap((call) => moments.map((moment) => [moment, call] as const)))(
		'%s chat.%s was done, the answer stands there once',
		async (reset, call) => {
			const asked = inDirectMessage('Why?');
			slack.desk.addFault({ path: `chat\\.${call}`, reset });
			const clock = passingTime();
			world.streams(PIECES, () => clock.pass(1_100));
			const { error } = await ask(asked).finally(clock.stop);
			expect(error).toBeUndefined();
			expect(slack.desk.calls.map(({ method }) => method)).toContain(`chat.${call}`);
			expect(thread(dm, asked)).toEqual([asked.text, ANSWER]);
			expect(slack.desk.posts.filter(({ isStreaming }) => isStreaming)).toEqual([]);
		},
	);

	it.each(moments)('%s chat.postMessage was done, the answer stands there once', async (reset) => {
		const asked = inDirectMessage('Why?');
		slack.desk.addFault({ path: 'chat\\.postMessage', reset });
		world.says(ANSWER);
		const { error } = await ask(asked, { streamToSlack: false });
		expect(error).toBeUndefined();
		expect(slack.desk.posts).toHaveLength(1);
	});
});
