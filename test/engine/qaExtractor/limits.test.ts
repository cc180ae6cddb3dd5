import { QaExtractor } from '../../../nodes/QaExtractor/QaExtractor.node';
import { startNode, useNock } from '../harness';
import {
	answerByTicket,
	API,
	completion,
	credentials,
	extract,
	items,
	MODEL,
	model,
	pair,
	pairs,
	refusal,
	ticket,
} from './support';

const nock = useNock();

const four = () => items(ticket('IT-1'), ticket('IT-2'), ticket('IT-3'), ticket('IT-4'));
const oneByOne = { concurrency: 1 };

describe('cost limit', () => {
	it('sends nothing more that would probably exceed it, and leaves out the rest', async () => {
		// An answer costs 0.00056; the first one was expected to cost 0.0009, the next ones less, as the first was short.
		const bodies = answerByTicket(nock, 2, (key) => pairs(pair(key)));
		const { outputs, hints } = await extract(
			{ options: { ...oneByOne, costLimit: 0.0015 } },
			{ items: four() },
		);
		expect(bodies).toHaveLength(2);
		expect(outputs[0].map(({ json }) => json.question)).toEqual(['IT-1', 'IT-2']);
		expect(outputs[1].map(({ json }) => json.reason)).toEqual(['cost_limit', 'cost_limit']);
		expect(outputs[1][0].json.ticket).toMatchObject({ key: 'IT-3' });
		const report = outputs[2][0].json as { cost: { amount: number }; complete: boolean };
		expect(report.cost.amount).toBeLessThanOrEqual(0.0015);
		expect(report.complete).toBe(false);
		expect(hints[0].message).toContain('cost_limit 2');
	});

	it('counts requests under way', async () => {
		const bodies = answerByTicket(nock, 2, (key) => pairs(pair(key)));
		const { outputs } = await extract(
			{ options: { concurrency: 4, costLimit: 0.0025 } },
			{ items: four() },
		);
		expect(bodies).toHaveLength(2);
		expect(outputs[1].map(({ json }) => json.reason)).toEqual(['cost_limit', 'cost_limit']);
	});

	it('of nothing sends nothing', async () => {
		const { outputs } = await extract({ options: { costLimit: 0 } }, { items: four() });
		expect(outputs[1]).toHaveLength(4);
	});

	it('needs a price, which the user can give', async () => {
		const own = { model: model('llama-3'), options: { costLimit: 1 } };
		const without = await extract(own, { items: items(ticket('IT-1')) });
		expect(without.error!.message).toContain("the price of the model 'llama-3' is not known");
		answerByTicket(nock, 1, () => pairs(pair('A')));
		const rows = [{ model: 'llama-3', input: 1, output: 2 }];
		const within = await extract(
			{ ...own, options: { costLimit: 1, prices: { rows } } },
			{ items: items(ticket('IT-1')) },
		);
		expect(within.outputs[2][0].json.cost).toMatchObject({ amount: 0.0012 });
	});

	it('without prices and without a limit the cost is unknown, and said to be', async () => {
		answerByTicket(nock, 2, () => pairs(pair('A')));
		const setup = { items: items(ticket('IT-1')) };
		const other = { ...pairs(pair('A')), model: 'llama-3' };
		const unpriced = await extract({ model: model('gpt-4.1-mini') }, setup);
		expect(unpriced.outputs[2][0].json.cost).toMatchObject({ amount: 0.00056 });
		nock.cleanAll();
		answerByTicket(nock, 1, () => other);
		const unknown = await extract({ model: model('llama-3') }, setup);
		expect(unknown.outputs[2][0].json.cost).toBeNull();
	});
});

describe('pace', () => {
	it('spreads requests over the minute', async () => {
		answerByTicket(nock, 4, () => pairs(pair('A')));
		const { sleeps, outputs } = await extract(
			{ options: { requestsPerMinute: 30 } },
			{ items: four() },
		);
		expect(outputs[0]).toHaveLength(4);
		expect(sleeps).toHaveLength(3);
		expect(sleeps.every((ms) => ms > 1500 && ms <= 2000)).toBe(true);
	});
});

describe('Stop', () => {
	it('ends waiting, and what is under way', async () => {
		answerByTicket(nock, 1, () => pairs(pair('A')));
		const run = startNode({
			node: new QaExtractor(),
			items: four(),
			parameters: { model: model(MODEL), options: { ...oneByOne, requestsPerMinute: 1 } },
			credentials,
			onSleep: () => run.cancel(),
		});
		const result = await run.result;
		expect(result.run.status).toBe('canceled');
		expect(result.sleeps).toHaveLength(1);
		expect(result.outputs).toEqual([]);
	});

	it('does not wait for a server that never answers', async () => {
		const run = startNode({
			node: new QaExtractor(),
			items: four(),
			parameters: { model: model(MODEL), options: { concurrency: 2 } },
			credentials,
			continueOnFail: true,
		});
		let asked = 0;
		nock(API)
			.post('/chat/completions')
			.times(2)
			.reply(async () => {
				if (++asked === 2) setImmediate(run.cancel);
				return await new Promise<never>(() => {});
			});
		const result = await run.result;
		expect(result.run.status).toBe('canceled');
		expect(asked).toBe(2);
	});
});

describe('servers that lack something', () => {
	const noTools = refusal('"auto" tool choice requires --enable-auto-tool-choice', null);
	const noSchema = refusal('response_format type json_schema is not supported', null);
	const json = () => completion({ content: JSON.stringify({ pairs: [pair('A')] }) });

	it('steps down to what the server takes, once for all tickets', async () => {
		const bodies = answerByTicket(nock, 4, (_key, _count, body) => {
			if (body.tools) return [400, noTools];
			const format = body.response_format as { type: string };
			return format.type === 'json_schema' ? [422, noSchema] : json();
		});
		const { outputs } = await extract(
			{ options: oneByOne },
			{ items: items(ticket('IT-1'), ticket('IT-2')) },
		);
		expect(outputs[0]).toHaveLength(2);
		expect(bodies.map((body) => (body.response_format as { type?: string })?.type)).toEqual([
			undefined,
			'json_schema',
			'json_object',
			'json_object',
		]);
		expect(bodies[2].messages[0].content).toContain('"additionalProperties":false');
		expect(bodies[2].tools).toBeUndefined();
		expect(outputs[2][0].json).toMatchObject({ structure: 'jsonObject', answers: 2 });
	});

	it.each(['tool', 'jsonSchema', 'jsonObject'])('keeps to %s where that is set', async (fixed) => {
		const bodies = answerByTicket(nock, 1, () => [400, fixed === 'tool' ? noTools : noSchema]);
		const { error } = await extract(
			{ options: { structuredOutput: fixed } },
			{ items: items(ticket('IT-1')) },
		);
		expect(bodies).toHaveLength(1);
		expect(error!.httpCode).toBe('400');
	});
});
