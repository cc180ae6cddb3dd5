import { QaExtractor } from '../../../nodes/QaExtractor/QaExtractor.node';
import { runListSearch, useNock } from '../harness';
import {
	answerByTicket,
	API,
	credentials,
	extract,
	items,
	MODEL,
	model,
	pair,
	pairs,
	ticket,
} from './support';

const nock = useNock();

describe('With Model', () => {
	it('makes pairs with nothing set but the model', async () => {
		const bodies = answerByTicket(nock, 1, () => pairs(pair('How do I log in?')));
		const { error, outputs, hints } = await extract({}, { items: items(ticket('IT-1')) });
		expect(error).toBeUndefined();
		expect(outputs[0]).toEqual([
			{
				json: {
					question: 'How do I log in?',
					answer: 'Answer to How do I log in?',
					solved: true,
					language: 'en',
					category: 'access',
					confidence: 0.9,
					source: 'jira',
					sourceId: 'id-IT-1',
					sourceKey: 'IT-1',
					sourceUrl: 'https://acme.example/IT-1',
					tags: ['vpn'],
					people: ['Ann Bell'],
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(outputs[1]).toEqual([]);
		expect(hints).toEqual([]);
		const [body] = bodies;
		expect(Object.keys(body).sort()).toEqual(['messages', 'model', 'tool_choice', 'tools']);
		expect(body.model).toBe(MODEL);
		expect(body.tool_choice).toEqual({ type: 'function', function: { name: 'save_pairs' } });
		expect(body.messages.map(({ role }) => role)).toEqual(['system', 'user']);
		expect(body.messages[1].content).toBe(
			[
				'<ticket_data>',
				'<ticket_title>Title of IT-1</ticket_title>',
				'<ticket_status>Done</ticket_status>',
				'<ticket_message from="requester">\nProblem of IT-1\n</ticket_message>',
				'<ticket_message from="agent">\nDo this for IT-1\n</ticket_message>',
				'<ticket_message from="requester">\nThanks, works\n</ticket_message>',
				'</ticket_data>',
			].join('\n'),
		);
	});

	it('reports tokens, cost and counts', async () => {
		answerByTicket(nock, 2, (key) =>
			key === 'IT-1' ? pairs(pair('A'), pair('B', { language: 'de' })) : pairs(),
		);
		const { outputs, hints } = await extract({}, { items: items(ticket('IT-1'), ticket('IT-2')) });
		expect(outputs[2]).toHaveLength(1);
		expect(outputs[2][0].json).toEqual({
			complete: true,
			tickets: 2,
			ticketsWithPairs: 1,
			pairs: 2,
			unsolvedPairs: 0,
			leftOut: 1,
			leftOutReasons: { no_pairs: 1 },
			failed: 0,
			ticketsCut: 0,
			languages: { en: 1, de: 1 },
			categories: { access: 2 },
			seconds: expect.any(Number),
			answers: 2,
			askedAgain: 0,
			structure: 'tool',
			tokens: { prompt: 2000, completion: 200, total: 2200, cached: 0, reasoning: 0 },
			// 2000 × 0.40 + 200 × 1.60 for a million
			cost: {
				amount: 0.00112,
				currency: 'USD',
				unpricedAnswers: 0,
				note: expect.stringContaining('Prices as published in 2025'),
			},
		});
		expect(outputs[2][0].pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		expect(hints.map(({ message }) => message)).toEqual([
			'Tickets and single pairs left out: 1 (no_pairs 1).',
		]);
	});

	it('links several pairs to their ticket, in the order of the tickets whatever ends first', async () => {
		const waiting: Array<() => void> = [];
		nock(API)
			.post('/chat/completions')
			.times(3)
			.reply(async (request: Request) => {
				const sent = await request.text();
				const key = /Title of (IT-\d)/.exec(sent)![1];
				// The first ticket is answered last.
				if (key === 'IT-1') await new Promise<void>((resolve) => waiting.push(resolve));
				if (key === 'IT-3') setImmediate(() => waiting.forEach((go) => go()));
				return [200, pairs(pair(`${key} a`), pair(`${key} b`))];
			});
		const { outputs } = await extract(
			{},
			{ items: items(ticket('IT-1'), ticket('IT-2'), ticket('IT-3')) },
		);
		expect(outputs[0].map(({ json, pairedItem }) => [json.question, pairedItem])).toEqual([
			['IT-1 a', { item: 0 }],
			['IT-1 b', { item: 0 }],
			['IT-2 a', { item: 1 }],
			['IT-2 b', { item: 1 }],
			['IT-3 a', { item: 2 }],
			['IT-3 b', { item: 2 }],
		]);
	});

	it("uses each item's own parameters", async () => {
		const bodies = answerByTicket(nock, 2, (key) => pairs(pair(key, { confidence: 0.5 })));
		const { outputs } = await extract(
			{
				model: model('={{ $json.kind === "big" ? "gpt-4.1" : "gpt-4.1-mini" }}'),
				systemMessage: '={{ "Rules of " + $json.key }}',
				languageMode: 'fixed',
				language: '={{ $json.lang }}',
				categories: '={{ $json.cats }}',
				minConfidence: '={{ $json.least }}' as never,
				options: { temperature: '={{ $json.heat }}' as never, concurrency: 1 },
			},
			{
				items: items(
					ticket('IT-1', { kind: 'big', lang: 'de', cats: 'access, vpn', heat: 0, least: 0.4 }),
					ticket('IT-2', { lang: 'fr', cats: ['access'], heat: 0.5, least: 0.6 }),
				),
			},
		);
		expect(bodies.map((body) => [body.model, body.temperature])).toEqual([
			['gpt-4.1', 0],
			['gpt-4.1-mini', 0.5],
		]);
		expect(bodies[0].messages[0].content).toMatch(/^Rules of IT-1\n[\s\S]*has another one: de\./);
		expect(bodies[1].messages[0].content).toMatch(/^Rules of IT-2\n[\s\S]*has another one: fr\./);
		expect(bodies[0].messages[0].content).toContain('best of: "access", "vpn".');
		expect(JSON.stringify(bodies[0].tools)).toContain('"enum":["access","vpn"]');
		expect(outputs[0].map(({ json }) => json.question)).toEqual(['IT-1']);
		expect(outputs[1].map(({ json }) => json)).toEqual([
			expect.objectContaining({
				reason: 'low_confidence',
				detail: "The model's confidence is 0.5, below 0.6.",
				sourceKey: 'IT-2',
				pair: expect.objectContaining({ question: 'IT-2' }),
			}),
		]);
	});

	it('sends the options that were added', async () => {
		const bodies = answerByTicket(nock, 1, () => pairs(pair('A')));
		await extract(
			{
				options: {
					temperature: 0.2,
					maxTokens: 900,
					maxTokensField: 'max_tokens',
					reasoningEffort: 'low',
					seed: 7,
					serviceTier: 'flex',
					systemMessageRole: 'developer',
					extraBody: '{"top_k": 5}',
					maxPairs: 1,
				},
			},
			{ items: items(ticket('IT-1')) },
		);
		expect(bodies[0]).toMatchObject({
			temperature: 0.2,
			max_tokens: 900,
			reasoning_effort: 'low',
			seed: 7,
			service_tier: 'flex',
			top_k: 5,
		});
		expect(bodies[0].messages[0].role).toBe('developer');
		expect(bodies[0].messages[0].content).toContain('at most one pair, for the main problem');
	});

	it.each([
		[
			'fields',
			{
				examplesInput: 'fields',
				examples: {
					values: [{ ticket: 'VPN is down', question: 'Q1', answer: 'A1', category: '' }],
				},
			},
		],
		['json', { examplesInput: 'json', examplesJson: '={{ [{ json: $json.good }] }}' }],
	])('shows examples from %s', async (_how, parameters) => {
		const bodies = answerByTicket(nock, 1, () => pairs(pair('A')));
		const good = { ticket: 'VPN is down', question: 'Q1', answer: 'A1' };
		await extract(parameters as never, { items: items(ticket('IT-1', { good })) });
		expect(bodies[0].messages[0].content).toContain(
			'<example>\n<ticket_data>\nVPN is down\n</ticket_data>\n{"pairs":[{"question":"Q1","answer":"A1"}]}\n</example>',
		);
	});

	it('leaves out the unsolved, and takes them in on request', async () => {
		const unsolved = pair('A', { solved: false, answer: '' });
		answerByTicket(nock, 2, () => pairs(unsolved, pair('B')));
		const setup = { items: items(ticket('IT-1')) };
		const without = await extract({}, setup);
		expect(without.outputs[0].map(({ json }) => json.question)).toEqual(['B']);
		expect(without.outputs[1][0].json).toMatchObject({
			reason: 'unresolved',
			pair: { question: 'A', solved: false },
		});
		const within = await extract({ includeUnresolved: true }, setup);
		expect(within.outputs[0].map(({ json }) => [json.question, json.solved])).toEqual([
			['A', false],
			['B', true],
		]);
		expect(within.outputs[2][0].json).toMatchObject({ unsolvedPairs: 1, leftOut: 0 });
	});

	it('asks nothing about tickets that cannot give a pair', async () => {
		const open = ticket('IT-1', { resolved: false });
		const unanswered = ticket('IT-2', {
			messages: [{ id: '1', role: 'agent', public: false, text: 'note to self' }],
		});
		const empty = ticket('IT-3', { title: '', question: '', messages: [] });
		const { outputs } = await extract({}, { items: items(open, unanswered, empty) });
		expect(outputs[0]).toEqual([]);
		expect(outputs[1].map(({ json, pairedItem }) => [json.reason, pairedItem])).toEqual([
			['unresolved', { item: 0 }],
			['no_answer', { item: 1 }],
			['no_question', { item: 2 }],
		]);
		expect(outputs[1][0].json.ticket).toEqual(open);
		expect(outputs[2][0].json).toMatchObject({ answers: 0, cost: { amount: 0 } });
	});

	it('cuts long tickets in the middle, and says so', async () => {
		const bodies = answerByTicket(nock, 1, () => pairs(pair('A')));
		const long = ticket('IT-1', { question: `begin ${'x'.repeat(5000)}` });
		const { outputs, hints } = await extract(
			{ options: { maxCharacters: 1000 } },
			{ items: items(long) },
		);
		const sent = bodies[0].messages[1].content;
		expect(sent).toContain('begin xxx');
		expect(sent).toContain('Thanks, works');
		expect(sent).toMatch(/\[… 40\d\d characters left out here …\]/);
		expect(outputs[0][0].json.ticketCut).toBe(true);
		expect(outputs[2][0].json.ticketsCut).toBe(1);
		expect(hints[0].message).toBe('Too long and therefore cut in the middle: 1 ticket.');
	});

	it('sends internal notes only on request', async () => {
		const bodies = answerByTicket(nock, 2, () => pairs(pair('A')));
		const noted = ticket('IT-1', {
			messages: [
				{ id: '1', role: 'agent', public: false, text: 'reset by the vendor' },
				{ id: '2', role: 'agent', public: true, text: 'Try again' },
			],
		});
		await extract({}, { items: items(noted) });
		await extract({ options: { includeInternalNotes: true } }, { items: items(noted) });
		expect(bodies[0].messages[1].content).not.toContain('reset by the vendor');
		expect(bodies[1].messages[1].content).toContain(
			'<ticket_message from="agent" kind="internal note">\nreset by the vendor',
		);
	});
});

it('lists chat models', async () => {
	nock(API)
		.get('/models')
		.reply(200, { object: 'list', data: [{ id: 'gpt-4.1-mini' }, { id: 'whisper-1' }] });
	const { results } = await runListSearch({
		node: new QaExtractor(),
		method: 'searchChatModels',
		parameters: { mode: 'model' },
		credentials,
	});
	expect(results.map(({ value }) => value)).toEqual(['gpt-4.1-mini']);
});
