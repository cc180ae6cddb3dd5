import { useNock } from '../harness';
import { answerByTicket, called, completion, extract, items, pair, pairs, ticket } from './support';

const nock = useNock();

describe('what comes back', () => {
	it.each([
		['a bare JSON text', completion({ content: JSON.stringify({ pairs: [pair('A')] }) })],
		[
			'JSON in a code fence',
			completion({ content: `\`\`\`json\n${JSON.stringify({ pairs: [pair('A')] })}\n\`\`\`` }),
		],
		['a list without its object', called([pair('A')])],
		['more properties than asked for', called({ pairs: [pair('A', { mood: 'sad' })], note: 1 })],
		[
			'a call for each pair',
			completion({
				content: null,
				tool_calls: ['A', 'B'].map((question) => ({
					id: question,
					type: 'function',
					function: { name: 'save_pairs', arguments: JSON.stringify({ pairs: [pair(question)] }) },
				})),
			}),
		],
	])('reads %s', async (_what, answer) => {
		answerByTicket(nock, 1, () => answer);
		const { outputs } = await extract({}, { items: items(ticket('IT-1')) });
		expect(outputs[0][0].json).toMatchObject({ question: 'A', confidence: 0.9 });
		expect(outputs[0][0].json).not.toHaveProperty('mood');
		expect(outputs[1]).toEqual([]);
	});

	it.each([
		['no JSON', called('{"pairs": [{"ques'), 'The arguments of save_pairs are not valid JSON.'],
		['text', completion({ content: 'Here you are!' }), 'The answer is not valid JSON'],
		[
			'another shape',
			called({ pairs: [{ question: 'A' }] }),
			'pairs[0].answer is required (and 4 more faults).',
		],
		[
			'a category that is not listed',
			pairs(pair('A', { category: 'fun' })),
			'pairs[0].category must be one of the values of the enum.',
		],
		['an impossible confidence', pairs(pair('A', { confidence: 95 })), 'must be at most 1'],
		['an empty question', pairs(pair(' ')), 'pairs[0].question is empty.'],
		['a solution that is none', pairs(pair('A', { answer: '' })), 'yet solved is true.'],
		[
			'half an answer',
			called('{"pairs": [{"ques', { finish_reason: 'length' }),
			'The answer was cut off at the token limit.',
		],
	])('asks once more after %s, with the fault named', async (_what, wrong, fault) => {
		const bodies = answerByTicket(nock, 2, (_key, count) =>
			count === 1 ? wrong : pairs(pair('A')),
		);
		const { outputs } = await extract({ categories: 'access' }, { items: items(ticket('IT-1')) });
		expect(outputs[0].map(({ json }) => json.question)).toEqual(['A']);
		expect(bodies[1].messages).toHaveLength(2);
		expect(bodies[1].messages[1].content).toContain('</ticket_data>\n\nAn earlier answer');
		expect(bodies[1].messages[1].content).toContain(fault);
		expect(outputs[2][0].json).toMatchObject({
			answers: 2,
			askedAgain: 1,
			tokens: { total: 2200 },
		});
	});

	it.each([
		['invalid_answer', called({ pairs: 'none' }), 'pairs must be of type array.'],
		['cut_off', called('{', { finish_reason: 'length' }), 'cut off'],
	])('leaves out with %s after two of them', async (reason, wrong, fault) => {
		answerByTicket(nock, 3, (key) => (key === 'IT-1' ? wrong : pairs(pair('B'))));
		const { outputs } = await extract({}, { items: items(ticket('IT-1'), ticket('IT-2')) });
		expect(outputs[0].map(({ json }) => json.question)).toEqual(['B']);
		expect(outputs[1]).toEqual([
			{
				json: expect.objectContaining({ reason, ticket: ticket('IT-1') }),
				pairedItem: { item: 0 },
			},
		]);
		expect(outputs[1][0].json.detail).toContain(fault);
		expect(outputs[1][0].json.detail).toContain('asked for twice');
	});

	it.each([
		[
			'a refusal',
			completion({ content: null, refusal: 'I cannot help with that.' }),
			/cannot help/,
		],
		[
			'a filtered answer',
			completion({ content: '' }, { finish_reason: 'content_filter' }),
			/content filter/,
		],
		[
			'a prompt that the server does not take',
			[400, { error: { message: 'Filtered by policy', code: 'content_filter', type: null } }],
			/Filtered by policy/,
		],
	])('leaves out %s as refused, without asking again', async (_what, answer, detail) => {
		answerByTicket(nock, 1, () => answer as never);
		const { status, outputs } = await extract({}, { items: items(ticket('IT-1')) });
		expect(status).toBe('success');
		expect(outputs[1][0].json).toMatchObject({
			reason: 'refused',
			detail: expect.stringMatching(detail),
		});
	});

	it('leaves out what is too long for the model', async () => {
		answerByTicket(nock, 2, (key) =>
			key === 'IT-1'
				? [
						400,
						{
							error: {
								message:
									"This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens (8000 in the messages, 1000 in the functions).",
								code: 'context_length_exceeded',
								type: 'invalid_request_error',
								param: 'messages',
							},
						},
					]
				: pairs(pair('B')),
		);
		const { outputs } = await extract({}, { items: items(ticket('IT-1'), ticket('IT-2')) });
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[1][0].json.reason).toBe('too_long');
		expect(outputs[1][0].json.detail).toContain("lower 'Max Characters of a Ticket'");
		expect(outputs[2][0].json.structure).toBe('tool');
	});

	it('keeps the most pairs that a ticket may give', async () => {
		answerByTicket(nock, 1, () => pairs(pair('A'), pair('B'), pair('C')));
		const { outputs } = await extract(
			{ options: { maxPairs: 2 } },
			{ items: items(ticket('IT-1')) },
		);
		expect(outputs[0].map(({ json }) => json.question)).toEqual(['A', 'B']);
		expect(outputs[1][0].json).toMatchObject({ reason: 'too_many', pair: { question: 'C' } });
	});
});
