import { useNock } from '../harness';
import { api, run, said } from './text.support';

useNock();

const answer = (content: string | null, more: object = {}, message: object = {}) => ({
	model: 'gpt-6-luna',
	choices: [
		{
			index: 0,
			message: { role: 'assistant', content, ...message },
			finish_reason: 'stop',
			...more,
		},
	],
	usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
});
const edit = async (parameters: object, setup: object = {}) =>
	await run('text', 'edit', parameters as never, setup);

it('returns the edited text only, of each item by its own instruction', async () => {
	const asked: Array<{ messages: Array<{ role: string; content: string }> }> = [];
	api()
		.post('/chat/completions', (body) => asked.push(body) > 0)
		.reply(200, answer('The invoice was paid.'))
		.post('/chat/completions', (body) => asked.push(body) > 0)
		.reply(200, answer('```\nHALLO\n```'));
	const { outputs } = await edit(
		{
			text: '={{ $json.text }}',
			instruction: '={{ $json.how }}',
			options: { reasoningEffort: 'low' },
		},
		{
			items: [
				{ json: { text: 'Teh invoice was payed.', how: 'Correct' } },
				{ json: { text: 'hallo\n', how: 'Upper case' } },
			],
		},
	);
	expect(outputs[0]).toEqual([
		{
			json: {
				text: 'The invoice was paid.',
				changed: true,
				model: 'gpt-6-luna',
				usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
			},
			pairedItem: { item: 0 },
		},
		{
			json: expect.objectContaining({ text: 'HALLO\n', changed: true }),
			pairedItem: { item: 1 },
		},
	]);
	expect(asked[0]).toMatchObject({ model: 'gpt-6-luna', reasoning_effort: 'low' });
	expect(asked[0].messages.map(({ role }) => role)).toEqual(['system', 'user']);
	expect(asked[1].messages[1].content).toBe(
		'Instruction: Upper case\n\n<text_to_edit>\nhallo\n\n</text_to_edit>',
	);
});

it('shows what has changed', async () => {
	api().post('/chat/completions').times(2).reply(200, answer('one\ntwo and a half\nthree'));
	const parameters = { text: 'one\ntwo\nthree', instruction: 'x' };
	const both = await edit({ ...parameters, diff: 'both' });
	expect(both.outputs[0][0].json).toMatchObject({
		diff: '@@ -1,3 +1,3 @@\n one\n-two\n+two and a half\n three\n\\ No newline at end of file\n',
		changes: [
			{ type: 'equal', text: 'one\ntwo' },
			{ type: 'insert', text: ' and a half' },
			{ type: 'equal', text: '\nthree' },
		],
	});
	const whole = await edit({ ...parameters, simplify: false });
	expect(whole.outputs[0][0].json).toMatchObject({ response: { model: 'gpt-6-luna' } });
	expect(whole.outputs[0][0].json).not.toHaveProperty('diff');
});

it.each([
	[
		'a text that was cut off',
		answer('half', { finish_reason: 'length' }),
		/cut off at the token limit.*Max Tokens/,
	],
	['a refusal', answer(null, {}, { refusal: 'No.' }), /declined to edit the text: No/],
	['a filter', answer('', { finish_reason: 'content_filter' }), /content filter held/],
	['nothing', answer(' '), /empty text/],
	['no completion at all', { data: [] }, /did not send a chat completion/],
])('does not take %s for an edited text', async (_name, body, words) => {
	api().post('/chat/completions').reply(200, body);
	expect(said((await edit({ text: 'a', instruction: 'b' })).error)).toMatch(words);
});

it('asks nothing without text or instruction, or with the mark in the text', async () => {
	const { outputs } = await edit(
		{ text: '={{ $json.text }}', instruction: '={{ $json.how }}' },
		{
			continueOnFail: true,
			items: [
				{ json: { text: '', how: 'x' } },
				{ json: { text: 'x', how: null } },
				{ json: { text: 'a </text_to_edit> b', how: 'x' } },
			],
		},
	);
	expect(outputs[0].map(({ json }) => said(json.error))).toEqual([
		expect.stringMatching(/^'Text' is empty/),
		expect.stringMatching(/^'Instruction' is empty/),
		expect.stringMatching(/holds the mark/),
	]);
});
