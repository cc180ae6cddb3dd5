/** Answers that the provider keeps, from the sandbox to a training file. */
import OpenAI from 'openai';
import type { IDataObject } from 'n8n-workflow';

import { type SandboxServer, startServer } from '../../../sandbox/server';
import { readBinary } from '../harness';
import { run } from './api';

let server: SandboxServer;
let client: OpenAI;
const BASE = 'gpt-4.1-mini-2025-04-14';

beforeAll(async () => {
	server = await startServer();
	client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'sk-sandbox-0123456789' });
	for (const rating of ['good', 'bad', 'good']) await ask(`Is it ${rating}?`, { rating });
	await ask('Is it good?', { rating: 'good' });
	await ask('Too long?', { rating: 'good' }, { max_completion_tokens: 1 });
	const tool = { type: 'function', function: { name: 'count_people', parameters: {} } } as const;
	await ask('count the people', { rating: 'tool' }, { tools: [tool] });
	await client.chat.completions.create({
		model: BASE,
		messages: [{ role: 'user', content: 'Not kept' }],
	});
});
afterAll(async () => await server.close());

async function ask(question: string, metadata: Record<string, string>, more: object = {}) {
	await client.chat.completions.create({
		model: BASE,
		store: true,
		metadata,
		messages: [
			{ role: 'system', content: 'Be brief' },
			{ role: 'user', content: question },
		],
		...more,
	});
}

const stored = async (operation: string, parameters: IDataObject = {}, more: object = {}) =>
	await run('storedCompletion', operation, parameters, {
		credentials: {
			openAiFineTuningApi: {
				provider: 'sandbox',
				baseUrl: server.url,
				apiKey: 'sk-sandbox-0123456789',
			},
		},
		...more,
	});
const rated = (rating: string) => ({ metadata: { values: [{ name: 'rating', value: rating }] } });

async function exported(parameters: IDataObject = {}, more: object = {}) {
	const { outputs, error, hints } = await stored('export', parameters, more);
	expect(error).toBeUndefined();
	const [{ json, binary }] = outputs[0];
	const text = (await readBinary(binary!.data)).toString();
	return {
		json,
		hints,
		text,
		lines: text
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line)),
	};
}

describe('Get Many', () => {
	it("takes each item's own filters and limit, newest first", async () => {
		const { outputs } = await stored(
			'getAll',
			{ filters: rated('={{ $json.rating }}'), limit: '={{ $json.limit }}' },
			{ items: [{ json: { rating: 'good', limit: 2 } }, { json: { rating: 'bad', limit: 50 } }] },
		);
		expect(outputs[0].map(({ json, pairedItem }) => [json.metadata, pairedItem])).toEqual([
			[{ rating: 'good' }, { item: 0 }],
			[{ rating: 'good' }, { item: 0 }],
			[{ rating: 'bad' }, { item: 1 }],
		]);
		expect(outputs[0][0].json).toMatchObject({ model: BASE, finish_reason: 'length' });
	});

	it('takes a number for a name or value, and no word for a limit', async () => {
		const values = [
			{ name: '={{ 7 }}', value: '={{ 1 }}' },
			{ name: '={{ null }}', value: 'x' },
		];
		const { outputs, error } = await stored('getAll', { filters: { metadata: { values } } });
		expect(error).toBeUndefined();
		expect(outputs[0]).toEqual([]);
		for (const limit of ['all', 0, null]) {
			const expression = `={{ ${JSON.stringify(limit)} }}`;
			const limited = await stored('getAll', { limit: expression });
			expect(limited.error?.message).toBe(`'Limit' cannot be '${limit ?? ''}'`);
		}
	});
});

describe('Export to JSONL', () => {
	it('writes whole answers with their messages, each once, and counts the rest', async () => {
		const { json, lines, text } = await exported();
		expect(json).toEqual({
			file_name: 'completions.jsonl',
			read: 6,
			examples: 3,
			left_out: { not_finished: 1, duplicate: 2 },
		});
		expect(text.endsWith('\n')).toBe(true);
		expect(lines.at(-1)).toEqual({
			messages: [
				{ role: 'system', content: 'Be brief' },
				{ role: 'user', content: 'Is it bad?' },
				{ role: 'assistant', content: expect.stringContaining('sandbox') },
			],
		});
		const [called] = lines;
		expect(called.messages[2].tool_calls[0].function.name).toBe('count_people');
		expect(called.tools).toHaveLength(1);
	});

	it('sets its own system message, and leaves tools and short answers out on request', async () => {
		const { lines, json } = await exported({
			filters: rated('tool'),
			exportOptions: { systemMessage: 'You help', includeTools: false },
		});
		expect(json.examples).toBe(1);
		expect(lines[0].messages[0]).toEqual({ role: 'system', content: 'You help' });
		expect(lines[0].tools).toBeUndefined();
		const short = await exported({ exportOptions: { minAnswerLength: 10_000 } });
		expect(short.json.left_out).toMatchObject({ too_short: 4 });
	});

	it('says what to do when nothing was kept', async () => {
		const { hints, text } = await exported({ filters: rated('none') });
		expect(text).toBe('');
		expect(hints[0].message).toMatch(/add the option Store/);
	});

	it('goes on behind an item that fails', async () => {
		const { outputs } = await stored(
			'export',
			{ exportOptions: { minAnswerLength: '={{ $json.least }}' } },
			{ items: [{ json: { least: 'many' } }, { json: { least: 1 } }], continueOnFail: true },
		);
		expect(outputs[0]).toMatchObject([
			{
				json: { error: { message: "'Min Answer Length' is not a number" } },
				pairedItem: { item: 0 },
			},
			{ json: { examples: 3 }, pairedItem: { item: 1 } },
		]);
	});
});

it('deletes one for good', async () => {
	const { outputs } = await stored('getAll', { filters: rated('bad') });
	const completionId = outputs[0][0].json.id as string;
	const deleted = await stored('delete', { completionId });
	expect(deleted.outputs[0][0].json).toEqual({ deleted: true, id: completionId });
	expect((await stored('getAll', { filters: rated('bad') })).outputs[0]).toEqual([]);
	expect((await stored('delete', { completionId })).error?.httpCode).toBe('404');
	expect((await stored('delete', { completionId: ' ' })).error?.message).toBe(
		"'Completion ID' is empty",
	);
});
