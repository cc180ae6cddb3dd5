import { ANSWER, linesOf, pair, questions } from './quality.support';
import { chat, file, jsonl, run } from './support';

describe('Filter', () => {
	test('useless answers go to the second output with the reason', async () => {
		const items = [
			pair('How do I reset it?', ANSWER),
			pair('How do I reset it?', 'Thank you!'),
			pair('How do I reset it?', 'Closed as duplicate of HELP-12'),
			pair('How do I reset it?', 'See attached.'),
			pair('How do I reset it?', 'Bitte rufen Sie uns an.'),
			pair('How do I reset it?', ''),
			pair('How do I reset it?', 'How do I reset it?'),
			pair('How do I reset it?', 'https://example.com/kb/1'),
			pair('How do I reset it?', 'See INC0010023'),
		];
		const { outputs } = await run('filter', { inputType: 'items' }, { items });
		expect(questions(outputs[0])).toEqual(['How do I reset it?']);
		expect(outputs[1].map(({ json }) => json.code)).toEqual([
			'thanks',
			'closed_as_duplicate',
			'see_attachment',
			'call_us',
			'empty',
			'repeats_question',
			'only_link',
			'ticket_reference',
		]);
		expect(outputs[1][0]).toMatchObject({ pairedItem: { item: 1 }, json: { item: items[1].json } });
		expect(outputs[2][0].json).toMatchObject({
			read: 9,
			kept: 1,
			leftOut: 8,
			reasons: { thanks: 1, empty: 1 },
		});
	});

	test('length, language, confidence and own phrases', async () => {
		const german = 'Bitte starten Sie den Rechner neu und melden Sie sich dann mit Ihrem Konto an.';
		const items = [
			pair('q', ANSWER, { confidence: 0.9 }),
			pair('q', german, { confidence: 0.9 }),
			pair('q', ANSWER, { confidence: 0.2 }),
			pair('q', ANSWER),
			pair('q', `${ANSWER} Escalated to level 2.`, { confidence: 1 }),
			pair('q', 'Yes', { confidence: 1 }),
		];
		const { outputs } = await run(
			'filter',
			{
				inputType: 'items',
				answerChecks: [],
				languages: ['en'],
				options: {
					lengthUnit: 'tokens',
					minAnswer: 3,
					minConfidence: 0.5,
					withoutConfidence: 'leaveOut',
					phrases: 'escalated to level 2\n',
				},
			},
			{ items },
		);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(outputs[1].map(({ json }) => json.code)).toEqual([
			'other_language',
			'low_confidence',
			'no_confidence',
			'own_phrase',
			'answer_too_short',
		]);
		expect(outputs[2][0].json.languages).toEqual({ en: 4, de: 1 });
	});

	test('a file', async () => {
		const text = jsonl(chat('How?', ANSWER), chat('How?', 'Thanks'));
		const { outputs } = await run(
			'filter',
			{ inputType: 'binary', options: { fileName: 'good.jsonl' } },
			{ items: [{ json: {}, files: file(text) }] },
		);
		expect(outputs[0][0].binary!.data.fileName).toBe('good.jsonl');
		expect(await linesOf(outputs[0][0])).toEqual([chat('How?', ANSWER)]);
		expect(await linesOf(outputs[1][0])).toMatchObject([{ line: 2, code: 'thanks' }]);
	});

	test('when nothing is left out the second output is empty', async () => {
		const { outputs } = await run(
			'filter',
			{ inputType: 'binary' },
			{ items: [{ json: {}, files: file(jsonl(chat('How?', ANSWER))) }] },
		);
		expect(outputs.map(({ length }) => length)).toEqual([1, 0, 1]);
	});
});
