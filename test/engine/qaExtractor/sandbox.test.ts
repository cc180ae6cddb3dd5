/** The whole way against the sandbox, with the tickets that were written for it. */
import { type SandboxServer, startServer } from '../../../sandbox/server';
import { PEOPLE, type SampleTicket, TICKETS } from '../../../sandbox/tickets/samples';
import { QaExtractor } from '../../../nodes/QaExtractor/QaExtractor.node';
import { runNode } from '../harness';
import { model, ticket, items } from './support';

jest.setTimeout(30_000);

let server: SandboxServer;
beforeAll(async () => {
	server = await startServer();
});
afterAll(async () => await server.close());

const german = ticket('IT-1', {
	question: 'Ich kann mich nicht anmelden',
	messages: [{ id: '1', role: 'agent', public: true, text: 'Das Kennwort ist abgelaufen' }],
});

const run = async (parameters: object, tickets: Array<Record<string, unknown>>) =>
	await runNode({
		node: new QaExtractor(),
		items: items(...(tickets as never[])),
		parameters: { model: model('gpt-4.1-mini-2025-04-14'), ...parameters },
		credentials: {
			openAiFineTuningApi: {
				provider: 'sandbox',
				baseUrl: server.url,
				apiKey: 'sk-sandbox-0123456789',
			},
		},
	});

const numbered = ticket('IT-2', {
	question: 'Two things:\n1. Where is my laptop?\n2. When is lunch?',
	messages: [
		{ id: '1', role: 'agent', public: true, text: '1. At the front desk\n2. At noon, every day' },
	],
});

it.each(['tool', 'jsonSchema', 'jsonObject'])('makes pairs by %s', async (structuredOutput) => {
	const { error, outputs } = await run(
		{ categories: 'hardware, other', options: { structuredOutput } },
		[german, numbered, ticket('IT-3')],
	);
	expect(error).toBeUndefined();
	expect(
		outputs[0].map(({ json }) => [json.question, json.answer, json.language, json.category]),
	).toEqual([
		['Ich kann mich nicht anmelden', 'Das Kennwort ist abgelaufen', 'de', 'other'],
		['Where is my laptop?', 'At the front desk', 'en', 'other'],
		['When is lunch?', 'At noon, every day', 'en', 'other'],
		['Problem of IT-3', 'Do this for IT-3', 'en', 'other'],
	]);
	const report = outputs[2][0].json as { tokens: { prompt: number }; cost: { amount: number } };
	expect(report.tokens.prompt).toBeGreaterThan(1000);
	expect(report.cost.amount).toBeGreaterThan(0);
});

it('outlasts faults, many at a time', async () => {
	const fault = { path: '/chat/completions', method: 'POST' };
	server.addFault({ ...fault, preset: 'rate_limit', times: 2 });
	server.addFault({ ...fault, preset: 'overloaded', times: 1 });
	server.addFault({ ...fault, reset: 'after', times: 1 });
	const many = Array.from({ length: 25 }, (_, index) => ticket(`IT-${index}`));
	const { outputs, sleeps } = await run({ options: { concurrency: 10 } }, many);
	expect(outputs[0].map(({ json }) => json.sourceKey)).toEqual(many.map(({ key }) => key));
	expect(outputs[2][0].json).toMatchObject({ complete: true, answers: 25 });
	expect(sleeps.length).toBeGreaterThanOrEqual(3);
});

describe('the sample tickets', () => {
	const solved = (one: SampleTicket) => one.status === 'solved' || one.status === 'closed';
	const roleOf = (from: string) => (from === 'system' ? 'system' : PEOPLE[from].kind);
	const toTicket = (one: SampleTicket) => ({
		source: 'sample',
		id: String(one.number),
		key: `S-${one.number}`,
		title: one.subject,
		question: one.messages[0].body,
		messages: one.messages.slice(1).map((message, index) => ({
			id: String(index),
			role: roleOf(message.from),
			public: message.public,
			text: message.body,
			createdAt: message.at,
		})),
		status: one.status,
		resolved: solved(one),
		tags: one.tags,
		people: [],
	});
	const numbers = (list: Array<{ json: { sourceId?: unknown } }>) =>
		new Set(list.map(({ json }) => Number(json.sourceId)));

	it('all give pairs or a reason, in order', async () => {
		const { error, outputs } = await run({ options: { concurrency: 8 } }, TICKETS.map(toTicket));
		expect(error).toBeUndefined();
		const [made, leftOut, [report]] = outputs;
		const gave = numbers(made);
		const gaveNot = numbers(leftOut);
		expect([...gave, ...gaveNot].sort((a, b) => a - b)).toEqual(TICKETS.map((one) => one.number));
		expect([...gave]).toEqual([...gave].sort((a, b) => a - b));
		for (const one of TICKETS) {
			const answered = one.messages.some(
				(message) => message.public && roleOf(message.from) === 'agent' && message.body.trim(),
			);
			expect([one.number, gave.has(one.number)]).toEqual([
				one.number,
				solved(one) && Boolean(answered),
			]);
		}
		expect(report.json).toMatchObject({ complete: true, tickets: TICKETS.length });
	});

	it('with several numbered problems give several pairs', async () => {
		const several = TICKETS.filter(
			({ traits, messages }) =>
				traits?.includes('severalProblems') && /^2\. /m.test(messages[0].body),
		);
		expect(several.length).toBeGreaterThan(0);
		const { outputs } = await run({}, several.map(toTicket));
		for (const { number, messages } of several) {
			const made = outputs[0].filter(({ json }) => json.sourceId === String(number));
			expect(made).toHaveLength(messages[0].body.match(/^\d\. /gm)!.length);
		}
	});

	it('keep their language', async () => {
		const foreign = TICKETS.filter((one) => one.language !== 'en' && solved(one));
		const { outputs } = await run({}, foreign.map(toTicket));
		const found = new Map(outputs[0].map(({ json }) => [json.sourceId, json.language]));
		expect(foreign.length).toBeGreaterThan(0);
		for (const one of foreign.filter(({ number }) => found.has(String(number)))) {
			const said = found.get(String(one.number));
			expect([one.number, said]).toEqual([one.number, one.language.slice(0, 2)]);
		}
	});
});
