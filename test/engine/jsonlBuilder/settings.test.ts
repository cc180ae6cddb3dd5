import type { IDataObject } from 'n8n-workflow';

import { file, jsonl, run } from './support';

const items = [
	{ json: { question: 'Who?', answer: 'Write to a@b.example, please.', category: 'vpn' } },
	{ json: { question: 'What?', answer: 'Open Settings and press Reset.', category: 'mail' } },
];
const withItems = (operation: string, parameters: IDataObject) =>
	run(operation, { inputType: 'items', ...parameters }, { items });

describe('Settings that would quietly do nothing', () => {
	test('Redact says which of the fields no item has', async () => {
		const { outputs, hints } = await withItems('redact', { fields: 'answer, questoin' });
		expect(outputs[0][0].json.answer).toContain('[EMAIL_1]');
		expect(hints).toHaveLength(1);
		expect(hints[0].message).toContain("No item has the field 'questoin' of 'Fields'");
	});

	test('Redact is content where only some items have a field', async () => {
		const more = [...items, { json: { note: 'x' } }];
		const { hints } = await run('redact', { inputType: 'items', fields: 'note' }, { items: more });
		expect(hints).toEqual([]);
	});

	test('Redact refuses to look for nothing, or for a type that there is not', async () => {
		const none = await withItems('redact', { types: [] });
		expect(none.error?.message).toBe('There is nothing to look for');
		const typo = await withItems('redact', { types: "={{ ['email', 'phnoe'] }}" });
		expect(typo.error?.message).toBe("'Types' knows no 'phnoe'");
		expect(typo.error?.description).toContain('phone');
	});

	test('Redact takes types as text with commas', async () => {
		const { outputs } = await withItems('redact', { types: "={{ 'email, phone' }}" });
		expect(outputs[0][0].json.answer).toBe('Write to [EMAIL_1], please.');
	});

	test('Filter names the option when no example has an answer', async () => {
		const { hints } = await withItems('filter', { options: { answerField: 'anwser' } });
		expect(hints[0].message).toContain("Check the option 'Answer Field'");
		const fine = await withItems('filter', {});
		expect(fine.hints).toEqual([]);
	});

	test.each([
		[{ minAnswer: 100, maxAnswer: 10 }, "'Min Answer Length' (100) is above"],
		[{ minQuestion: '={{ "abc" }}' }, "'Min Question Length' is no number: abc"],
	])('Filter refuses %j', async (options, words) => {
		const { error } = await withItems('filter', { options });
		expect(error?.message).toContain(words);
	});

	test.each([
		['items', {}],
		['binary', {}],
	])('Balance says which classes there are not (%s)', async (inputType) => {
		const shares = {
			values: [
				{ class: 'Vpn', value: 1 },
				{ class: 'mail', value: 1 },
			],
		};
		const setup =
			inputType === 'items'
				? { items }
				: { items: [{ json: {}, files: file(jsonl(...items.map(({ json }) => json))) }] };
		const { hints } = await run('balance', { inputType, target: 'share', shares }, setup);
		expect(hints).toHaveLength(1);
		expect(hints[0].message).toContain("No example has the class 'Vpn'.");
	});

	test.each([
		[{ target: 'cap', cap: 0 }, "'Max Examples per Class' is no number from 1 on: 0"],
		[
			{ target: 'weight', weights: { values: [{ class: 'vpn', value: -1 }] } },
			"'Weights': the number of the class 'vpn' is not 0 or more",
		],
	])('Balance refuses %j', async (parameters, words) => {
		const { error } = await withItems('balance', parameters);
		expect(error?.message).toBe(words);
	});
});
