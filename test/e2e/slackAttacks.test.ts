import { createHmac, randomUUID } from 'node:crypto';

import { FOR_BURSTS, type WorkflowFile } from '../../sandbox/n8n';
import { type Json, type Message, DEMO, PEOPLE, signedHeaders } from '../../sandbox/slack';

import {
	answerIn,
	countExecutions,
	DIRECT,
	HELP_DESK,
	ONBOARDING,
	openSlackStage,
	postsIn,
	Q3,
	type SlackStage,
	untilThere,
} from './slackStage';
import { PACKAGE } from './workflows';

jest.setTimeout(300_000);

const BURST = 200;
const BURST_PATIENCE_MS = 150_000;
const LARGE = 5 * 1024 * 1024;
const HUGE = 4 * LARGE;

let slack: SlackStage;

beforeAll(async () => {
	slack = await openSlackStage('slack-attacks', FOR_BURSTS);
});

afterAll(async () => {
	await slack?.close();
});

const desk = () => slack.desk;
const executions = async (count: number) => await slack.newExecutions(count);

async function ask(text: string, channel?: string) {
	const question = desk().say({ text, channel });
	return { question, answer: await slack.answerTo(question) };
}

describe('what must not start anything', () => {
	const now = () => Math.floor(Date.now() / 1000);
	const event = (): Json => {
		const ts = desk().workspace.newTs();
		return {
			...{ type: 'message', channel: DIRECT, channel_type: 'im', user: PEOPLE.maya.id },
			...{ text: 'Do you leak?', ts, event_ts: ts, team: 'T0ALDERBRK' },
		};
	};
	const bodyOf = () => JSON.stringify(desk().envelope(event()));
	const signed = (body: string, stamp = String(now())) =>
		signedHeaders(desk().app, body, 'application/json', stamp);

	const largeBody = (): [string, Record<string, string>] => {
		const body = JSON.stringify(desk().envelope({ ...event(), text: 'x'.repeat(LARGE) }));
		return [body, signed(body)];
	};

	async function expectNothing(before: number): Promise<void> {
		expect(await executions(0)).toEqual([]);
		expect(desk().posts).toHaveLength(before);
	}

	test.each<[string, number, (body: string) => [string, Record<string, string>]]>([
		['no signature', 401, (body) => [body, { 'content-type': 'application/json' }]],
		[
			'a signature with another secret',
			401,
			(body) => [body, signedHeaders({ signingSecret: 'f'.repeat(32) }, body)],
		],
		[
			'a signature that is no hex',
			401,
			(body) => [body, { ...signed(body), 'x-slack-signature': 'v0=zzzz' }],
		],
		['a stamp of six minutes ago', 401, (body) => [body, signed(body, String(now() - 360))]],
		['a stamp of six minutes from now', 401, (body) => [body, signed(body, String(now() + 360))]],
		['a stamp that is no number', 401, (body) => [body, signed(body, 'soon')]],
		['one byte changed', 401, (body) => [body.replace('leak', 'Leak'), signed(body)]],
		[
			'the version before v0 was signed',
			401,
			(body) => {
				const digest = createHmac('sha256', DEMO.signingSecret).update(body).digest('hex');
				return [body, { ...signed(body), 'x-slack-signature': `v0=${digest}` }];
			},
		],
		["a body beyond n8n's own limit", 500, () => [JSON.stringify({ text: 'x'.repeat(HUGE) }), {}]],
		['a signed body of 5 MB', 413, () => largeBody()],
	])('%s', async (_name, status, forge) => {
		const before = desk().posts.length;
		const [body, headers] = forge(bodyOf());
		const attempt = await desk().sendRaw(body, { 'content-type': 'application/json', ...headers });
		expect(attempt.status).toBe(status);
		await expectNothing(before);
	});

	test.each<[string, () => Promise<unknown>]>([
		['a message of a bot', async () => desk().sendEvent({ ...event(), bot_id: 'B0SOMEBODY' })],
		[
			'a message of the app itself',
			async () => desk().sendEvent({ ...event(), user: PEOPLE.askBot.id }),
		],
		['a join', async () => desk().sendEvent({ ...event(), subtype: 'channel_join' })],
		['a hidden message', async () => desk().sendEvent({ ...event(), hidden: true })],
		['an empty message', async () => desk().sendEvent({ ...event(), text: '  ' })],
		['an event of an unknown type', async () => desk().sendEvent({ type: 'moon_landed' })],
		[
			'the news that events are limited',
			async () =>
				desk().sendEvent(
					{},
					{ type: 'app_rate_limited', event: undefined, minute_rate_limited: 1 },
				),
		],
		["Slack's check of a certificate", async () => desk().sslCheck()],
		['an opened window', async () => desk().open()],
	])('%s is taken with 200', async (_name, send) => {
		const before = desk().posts.length;
		await send();
		expect(desk().deliveries.at(-1)).toMatchObject({
			state: 'delivered',
			attempts: [{ retry: undefined }],
		});
		await expectNothing(before);
	});

	test('an edited and a deleted question', async () => {
		const { question } = await ask(ONBOARDING);
		await executions(1);
		const before = desk().posts.length;
		desk().edit(question, Q3);
		desk().workspace.delete(question);
		await desk().delivered();
		await expectNothing(before);
	});

	test('a request that is played again', async () => {
		const body = bodyOf();
		const headers = signed(body);
		const first = await desk().sendRaw(body, headers);
		expect(first.status).toBe(200);
		expect(await executions(1)).toHaveLength(1);
		const before = desk().posts.length;
		for (let again = 0; again < 3; again++)
			expect((await desk().sendRaw(body, headers)).status).toBe(200);
		await expectNothing(before);
	});
});

describe('doubles', () => {
	test('the same event three times at once is one execution and one answer', async () => {
		const question = desk().workspace.post({
			...{ channel: DIRECT, user: 'U0NOBODY000', text: ONBOARDING, ephemeralTo: 'U0NOBODY000' },
		});
		const { ephemeralTo: _hidden, ...event } = {
			...question,
			user: PEOPLE.maya.id,
			channel_type: 'im',
		};
		const parts = { event_id: 'Ev0TRIPLET0' };
		await Promise.all([1, 2, 3].map(async () => await desk().sendEvent(event, parts)));
		expect(await executions(1)).toHaveLength(1);
		expect(postsTo(question)).toHaveLength(1);
	});

	test('two event ids for one message are one execution and one answer', async () => {
		const question = desk().workspace.post({
			...{ channel: DIRECT, user: 'U0NOBODY000', text: ONBOARDING, ephemeralTo: 'U0NOBODY000' },
		});
		const { ephemeralTo: _hidden, ...event } = {
			...question,
			user: PEOPLE.maya.id,
			channel_type: 'im',
		};
		await Promise.all([desk().sendEvent(event), desk().sendEvent(event)]);
		expect(await executions(1)).toHaveLength(1);
		expect(postsTo(question)).toHaveLength(1);
	});

	const postsTo = ({ ts }: Message) => desk().posts.filter((one) => one.thread_ts === ts);
});

describe('many at once', () => {
	test('a bot that answers every answer gets no second one', async () => {
		const chatter = desk().workspace.listen((change) => {
			if (change.kind !== 'posted' || change.message.app_id !== desk().app.id) return;
			const { channel, thread_ts: threadTs, ts } = change.message;
			desk().workspace.post({
				...{ channel, user: PEOPLE.otherBot.id, thread_ts: threadTs ?? ts },
				...{ bot_id: desk().otherApp.botId, app_id: desk().otherApp.id },
				text: `<@${PEOPLE.askBot.id}> ${Q3}`,
			});
		});
		const { question } = await ask(`<@${PEOPLE.askBot.id}> ${ONBOARDING}`, HELP_DESK);
		expect(await executions(1)).toHaveLength(1);
		chatter();
		expect(postsIn(desk(), question)).toHaveLength(1);
	});

	test(`${BURST} questions at the same instant: each is answered, none twice`, async () => {
		const { answer } = await ask(ONBOARDING);
		await executions(1);
		const { model } = (answer.metadata as { event_payload: { model: string } }).event_payload;
		const { rest } = slack.stage;
		const saved = await rest.createWorkflow(triggerAndAnswer(model));
		await rest.publish(saved);
		await slack.connect(saved);
		const questions = Array.from({ length: BURST }, (_, index) =>
			desk().say({ text: index % 2 ? ONBOARDING : Q3 }),
		);
		// Asking n8n all the time would be a load of its own.
		await untilThere(
			() => questions.every((question) => answerIn(desk(), question)) || undefined,
			BURST_PATIENCE_MS,
		);
		await desk().delivered();
		const count = async (status?: string) => await countExecutions(slack.stage, saved.id, status);
		await untilThere(async () => (await count('success')) === BURST || undefined);
		expect(await count()).toBe(BURST);
		for (const question of questions) expect(postsIn(desk(), question)).toHaveLength(1);
		for (const [index, question] of questions.entries())
			expect(answerIn(desk(), question)?.text).toMatch(
				index % 2 ? /^Late laptops/ : /^Meeting room/,
			);
	});
});

/** "Two nodes are enough": the shortest way from question to answer. */
function triggerAndAnswer(model: string): WorkflowFile {
	const node = (name: string, type: string, more: object) => ({
		id: randomUUID(),
		name,
		type: `${PACKAGE}.${type}`,
		typeVersion: type === 'slackQuestionTrigger' ? 1.1 : 1,
		position: [0, 0] as [number, number],
		parameters: {},
		...more,
	});
	const account = (type: string, name: string) => ({ [type]: { id: null, name } });
	const slackAccount = account('slackQuestionsApi', 'Slack Questions account');
	return {
		name: 'Trigger and answer',
		nodes: [
			node('Question', 'slackQuestionTrigger', {
				webhookId: randomUUID(),
				credentials: slackAccount,
			}),
			node('Answer', 'slackAnswer', {
				parameters: {
					operation: 'answer',
					model: { __rl: true, mode: 'id', value: model },
					memorySource: 'none',
					streamToSlack: false,
				},
				credentials: {
					...slackAccount,
					...account('openAiFineTuningApi', 'OpenAI Fine-Tuning account'),
				},
			}),
		],
		connections: { Question: { main: [[{ node: 'Answer', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
