import { TicketNormalizer } from '../../../nodes/TicketNormalizer/TicketNormalizer.node';
import { runNode, type RunOptions } from '../harness';

const GITHUB = {
	id: 1,
	number: 7,
	title: 'Crash',
	body: 'It crashes',
	state: 'closed',
	user: { login: 'ann' },
	thread: [{ id: 1, body: 'Use v2', user: { login: 'max' }, author_association: 'MEMBER' }],
};

function run(options: Omit<RunOptions, 'node'>) {
	return runNode({ node: new TicketNormalizer(), ...options });
}

describe('Ticket Normalizer', () => {
	test('each item by its own parameters, linked to it', async () => {
		const { outputs } = await run({
			items: [
				{ json: { q: 'One?', a: 'First.' } },
				{ json: { question: 'Two?', reply: 'Second.', field: 'reply' } },
			],
			parameters: {
				source: 'fields',
				questionField: "={{ $json.q ? 'q' : 'question' }}",
				answerField: "={{ $json.field ?? 'a' }}",
			},
		});
		expect(outputs[0]).toMatchObject([
			{ json: { question: 'One?', resolutionText: 'First.' }, pairedItem: { item: 0 } },
			{ json: { question: 'Two?', resolutionText: 'Second.' }, pairedItem: { item: 1 } },
		]);
		expect(outputs[1]).toEqual([]);
	});

	test('what is left out comes out too, with the reason, and is counted', async () => {
		const open = { ...GITHUB, number: 8, state: 'open' };
		const unanswered = { ...GITHUB, number: 9, thread: [] };
		const empty = { ...GITHUB, number: 10, title: '', body: '' };
		const { outputs, hints } = await run({
			items: [GITHUB, open, unanswered, empty].map((json) => ({ json })),
			parameters: { source: 'gitHub', options: { messagesField: 'thread' } },
		});
		expect(outputs[0].map(({ json }) => json.key)).toEqual(['#7']);
		expect(outputs[1]).toMatchObject([
			{ json: { reason: 'not_resolved', key: '#8', item: open }, pairedItem: { item: 1 } },
			{ json: { reason: 'no_agent_answer', key: '#9' }, pairedItem: { item: 2 } },
			{ json: { reason: 'no_question', key: '#10' }, pairedItem: { item: 3 } },
		]);
		expect(hints[0].message).toBe(
			'1 ticket; left out: not_resolved 1, no_agent_answer 1, no_question 1',
		);
	});

	test.each([
		['fields', "Check 'Question Field', 'Answer Field' and 'Title Field'"],
		['zendesk', "Check that 'Source' is what the items are"],
	])('nothing but left out items: what to check (%s)', async (source, words) => {
		const { hints } = await run({ items: [{ json: { text: 'x' } }], parameters: { source } });
		expect(hints).toMatchObject([{ message: expect.stringContaining(words), type: 'warning' }]);
	});

	test('a page of which Notion sent only the beginning is left out, and the fields stand in order', async () => {
		const page = { id: '1', name: 'How?', markdown: 'So.', url: 'https://notion.so/1' };
		const { outputs } = await run({
			items: [{ json: page }, { json: { ...page, truncated: true } }],
			parameters: { source: 'notion', options: { includeRaw: true } },
		});
		expect(outputs[1]).toMatchObject([{ json: { reason: 'text_cut' }, pairedItem: { item: 1 } }]);
		const fields = Object.keys(outputs[0][0].json);
		expect(fields.slice(0, 7)).toEqual([
			'source',
			'id',
			'key',
			'url',
			'title',
			'question',
			'messages',
		]);
		expect(fields.at(-1)).toBe('raw');
	});

	test('switches let them pass', async () => {
		const { outputs } = await run({
			items: [{ json: { ...GITHUB, state: 'open', thread: [] } }],
			parameters: {
				source: 'gitHub',
				onlyResolved: false,
				onlyAnswered: false,
				options: { includeRaw: true },
			},
		});
		expect(outputs[0][0].json).toMatchObject({ resolved: false, raw: { number: 7 } });
	});

	test('pages: only published ones, whatever is resolved', async () => {
		const page = {
			id: '1',
			title: 'How?',
			status: 'current',
			body: { storage: { value: '<p>So.</p>' } },
		};
		const items = [{ json: page }, { json: { ...page, status: 'draft' } }];
		const strict = await run({ items, parameters: { source: 'confluence' } });
		expect(strict.outputs[0]).toHaveLength(1);
		expect(strict.outputs[1]).toMatchObject([{ json: { reason: 'not_published' } }]);
		const lax = await run({ items, parameters: { source: 'confluence', onlyPublished: false } });
		expect(lax.outputs[0]).toHaveLength(2);
	});

	test('a source that does not exist is told, for each item where the node goes on', async () => {
		const items = [{ json: { id: 1 } }, { json: { id: 2 } }];
		const { outputs } = await run({ items, parameters: { source: 'fax' }, continueOnFail: true });
		expect(outputs[0]).toMatchObject(
			[0, 1].map((item) => ({
				json: { error: { message: "There is no source 'fax'" } },
				pairedItem: { item },
			})),
		);
		const { error } = await run({ items, parameters: { source: 'fax' } });
		expect(error).toMatchObject({
			message: "There is no source 'fax'",
			description: expect.stringContaining('zendesk'),
			context: { itemIndex: 0 },
		});
	});

	test('an item of another kind is left out with the reason', async () => {
		const items = [{ json: { tags: 3, subject: 5, id: {}, status: 'solved' } }];
		const { outputs } = await run({ items, parameters: { source: 'zendesk' } });
		expect(outputs[0]).toEqual([]);
		expect(outputs[1]).toMatchObject([{ json: { reason: 'no_agent_answer' } }]);
	});
});
