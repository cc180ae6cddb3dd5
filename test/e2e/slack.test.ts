import { assertSucceeded } from '../../sandbox/n8n';
import { DEMO, type Json, type Message, PEOPLE } from '../../sandbox/slack';

import { clearFaults } from './sandboxControl';
import {
	answerIn,
	HELP_DESK,
	ONBOARDING,
	openSlackStage,
	pathOfTable,
	postsIn,
	Q3,
	type SlackStage,
	untilThere,
} from './slackStage';
import { MANUAL_TRIGGER, workflowOf } from './workflows';

jest.setTimeout(240_000);

const FAILURE = /^I could not answer this just now/;

let slack: SlackStage;

beforeAll(async () => {
	slack = await openSlackStage('slack');
});

afterAll(async () => {
	await slack?.close();
});

const desk = () => slack.desk;
const executions = async (count: number) => await slack.newExecutions(count);

async function ask(text: string, more: { channel?: string; threadTs?: string } = {}) {
	const question = desk().say({ text, ...more });
	const answer = await slack.answerTo(question);
	return { question, answer };
}

describe('a question', () => {
	test.each([
		[Q3, 'Meeting room availability was rated lowest, at 2.4 out of 5.'],
		[ONBOARDING, 'Late laptops: 38 percent'],
	])('%s', async (text, expected) => {
		const { question, answer } = await ask(text);
		expect(answer.text).toContain(expected);
		expect(answer.thread_ts).toBe(question.ts);
		expect(answer.blocks?.map(({ type }) => type)).toContain('context_actions');
		expect(answer.metadata).toMatchObject({ event_payload: { question: text } });
		const [execution, ...others] = await executions(1);
		expect(others).toEqual([]);
		expect(execution.status).toBe('success');
		expect(postsIn(desk(), question)).toHaveLength(1);
	});

	test('shows that the app thinks, until the answer is there', () => {
		const status = desk().calls.filter(({ method }) => method === 'assistant.threads.setStatus');
		expect(status.length).toBeGreaterThan(0);
		expect(status.every(({ error }) => error === undefined)).toBe(true);
		expect(desk().workspace.liveStatuses()).toEqual([]);
	});

	test('is logged with answer, model, tokens and time', async () => {
		const rows = await slack.rows('slack_answers');
		expect(rows).toEqual([
			expect.objectContaining({ question: Q3, fellBack: false }),
			expect.objectContaining({
				question: ONBOARDING,
				answer: expect.stringContaining('Late laptops') as string,
				model: expect.stringMatching(/^ft:gpt-4\.1-mini/) as string,
			}),
		]);
		for (const { tokens, latencyMs } of rows) {
			expect(tokens).toBeGreaterThan(0);
			expect(latencyMs).toBeGreaterThanOrEqual(0);
		}
	});

	test('that follows another is read together with the thread', async () => {
		const { question } = await ask(Q3);
		desk().say({ text: 'And the best one?', threadTs: question.ts });
		const second = await untilThere(() => postsIn(desk(), question)[1]);
		expect(second.text).toContain('Support from direct colleagues came first');
		expect((await ask('And the best one?')).answer.text).toBe('I was not trained on that.');
		expect(await executions(3)).toHaveLength(3);
	});

	test('by mention in a channel comes as two events and is answered once', async () => {
		const { question, answer } = await ask(`<@${PEOPLE.askBot.id}> ${ONBOARDING}`, {
			channel: HELP_DESK,
		});
		expect(answer.text).toContain('Late laptops');
		expect(answer.metadata).toMatchObject({ event_payload: { question: ONBOARDING } });
		expect(await executions(1)).toHaveLength(1);
		expect(postsIn(desk(), question)).toHaveLength(1);
	});

	test('in a channel without a mention is none', async () => {
		const before = desk().posts.length;
		desk().say({ text: 'Good morning everyone!', channel: HELP_DESK });
		expect(await executions(0)).toEqual([]);
		expect(desk().posts).toHaveLength(before);
	});
});

describe('feedback', () => {
	let answer: Message;

	const ratings = async (fits: (rows: Json[]) => boolean) =>
		await untilThere(async () => {
			const rows = await slack.rows('slack_ratings');
			return fits(rows) ? rows : undefined;
		});

	test('a pressed button becomes a row with question and answer', async () => {
		({ answer } = await ask(ONBOARDING));
		await desk().press(answer, 'good');
		expect(await ratings((rows) => rows.length === 1)).toMatchObject([
			{
				question: ONBOARDING,
				rating: 'good',
				answer: expect.stringContaining('Late laptops') as string,
				model: expect.stringMatching(/^ft:/) as string,
			},
		]);
	});

	test('pressing the other one changes it', async () => {
		await desk().press(answer, 'bad');
		expect(await ratings(([row]) => row.rating === 'bad')).toHaveLength(1);
	});

	test('a reaction of a colleague counts, and is taken back with it', async () => {
		desk().react(answer, '-1', true, PEOPLE.jonas.id);
		expect(await ratings((rows) => rows.length === 2)).toMatchObject([{}, { rating: 'bad' }]);
		desk().react(answer, '-1', false, PEOPLE.jonas.id);
		expect(await ratings((rows) => rows.length === 1)).toHaveLength(1);
		await executions(5);
	});
});

describe("n8n's own Slack node", () => {
	test('reaches the same Slack with its own credential', async () => {
		const credential = await slack.stage.rest.putCredential({
			name: 'Slack account',
			type: 'slackApi',
			data: { accessToken: DEMO.botToken, signatureSecret: DEMO.signingSecret },
		});
		const workflow = workflowOf('Post by the Slack node', {
			name: 'Send a message',
			type: 'n8n-nodes-base.slack',
			typeVersion: 2.3,
			parameters: {
				select: 'channel',
				channelId: { __rl: true, mode: 'id', value: HELP_DESK },
				text: 'Posted by the Slack node of n8n.',
				otherOptions: { includeLinkToWorkflow: false },
			},
			more: { credentials: { slackApi: credential } },
		});
		assertSucceeded(await slack.stage.run(workflow, MANUAL_TRIGGER));
		expect(desk().posts.at(-1)).toMatchObject({
			text: 'Posted by the Slack node of n8n.',
			channel: HELP_DESK,
		});
		expect(await executions(0)).toEqual([]);
	});
});

describe('trouble', () => {
	test('the tuned model is down: the fallback answers', async () => {
		slack.stage.server.addFault({ path: '^/v1/chat', status: 404, body: MODEL_GONE });
		const { answer } = await ask(ONBOARDING);
		expect(answer.text).toContain('stand-in');
		expect(answer.metadata).toMatchObject({
			event_payload: { model: expect.stringMatching(/^gpt-4/) as string },
		});
		await executions(1);
	});

	test('the table of models cannot be read: the model of the workflow answers', async () => {
		const path = (await pathOfTable(slack.stage, 'models'))!;
		const { rest } = slack.stage;
		const columns = await rest.request<Array<{ id: string; name: string }>>(
			'GET',
			`${path}/columns`,
		);
		const { id } = columns.find(({ name }) => name === 'name')!;
		await rest.request('DELETE', `${path}/columns/${id}`);
		const { answer } = await ask(ONBOARDING);
		expect(answer.text).toContain('Late laptops');
		expect(await executions(1)).toMatchObject([{ status: 'success' }]);
	});

	test('all models are down: the colleague reads so, and the error stays in the execution', async () => {
		slack.stage.server.addFault({ path: '^/v1/chat', status: 400, times: 20, body: MODEL_GONE });
		const { question, answer } = await ask(ONBOARDING);
		expect(answer.text).toMatch(FAILURE);
		const [execution] = await executions(1);
		await clearFaults(slack.stage.server);
		expect(execution.status).toBe('error');
		const { resultData } = await slack.stage.rest.execution(execution.id);
		expect(resultData.error?.message).toMatch(/model/i);
		expect(postsIn(desk(), question)).toHaveLength(1);
	});

	test('Slack says 429: the answer comes after the time it named, once', async () => {
		desk().addFault({ path: 'chat.postMessage', retryAfter: 1, times: 2 });
		const { question, answer } = await ask(ONBOARDING);
		expect(answer.text).toContain('Late laptops');
		expect(await executions(1)).toMatchObject([{ status: 'success' }]);
		expect(postsIn(desk(), question)).toHaveLength(1);
	});

	test('the connection breaks after Slack took the answer: it is not posted twice', async () => {
		desk().addFault({ path: 'chat.postMessage', reset: 'after' });
		const { question } = await ask(ONBOARDING);
		expect(await executions(1)).toMatchObject([{ status: 'success' }]);
		expect(postsIn(desk(), question)).toHaveLength(1);
	});
});

describe('n8n ends between question and answer', () => {
	const SLOW_MS = 4_000;

	/** Asks, and comes back when the model is at work. */
	async function askSlowly(): Promise<Message> {
		slack.stage.server.addFault({ path: '^/v1/chat', delayMs: SLOW_MS });
		const question = desk().say({ text: ONBOARDING });
		await untilThere(() => (desk().workspace.liveStatuses().length > 0 ? true : undefined));
		await desk().delivered();
		return question;
	}

	test('stopped: it answers before it goes, and takes what was asked meanwhile after the restart', async () => {
		const question = await askSlowly();
		let missed!: Message;
		// Repeats after 12 s and 72 s: n8n is back by the first, on a busy machine by the second.
		desk().settings.speed = 5;
		await slack.stage.restart({
			crash: false,
			meanwhile: async () => {
				missed = desk().say({ text: Q3 });
				await Promise.resolve();
			},
		});
		expect(answerIn(desk(), question)?.text).toContain('Late laptops');
		expect((await slack.answerTo(missed)).text).toContain('Meeting room');
		expect(await executions(2)).toHaveLength(2);
		expect(postsIn(desk(), question)).toHaveLength(1);
		expect(postsIn(desk(), missed)).toHaveLength(1);
	});

	test('killed: the question stays without an answer, nothing is answered twice, and the next one is', async () => {
		const question = await askSlowly();
		await slack.stage.restart({ crash: true });
		expect((await ask(Q3)).answer.text).toContain('Meeting room');
		const ended = await executions(2);
		expect(ended.map(({ status }) => status).sort()).toEqual(['crashed', 'success']);
		expect(postsIn(desk(), question)).toEqual([]);
	});
});

const MODEL_GONE = {
	error: {
		message: 'The model does not exist or you do not have access to it.',
		type: 'invalid_request_error',
		param: null,
		code: 'model_not_found',
	},
};
