import { extract, items, ticket } from './support';

const settings = async (parameters: object) =>
	await extract(parameters as never, { items: items(ticket('IT-1') as never) } as never);

describe('Settings that cannot be meant, before anything is sent', () => {
	it.each([
		[{ minConfidence: 70 }, "'Minimum Confidence' cannot be 70"],
		[{ languageMode: 'fixed', language: '={{ $json.nope }}' }, "'Language' is empty"],
		[
			{ examplesInput: 'json', examplesJson: '[{"q": "Who?", "answer": "Me"}]' },
			"'Examples' entry 1 has no question",
		],
		[
			{ examplesInput: 'fields', examples: { values: [{ question: '', answer: 'Me' }] } },
			"'Examples' entry 1 has no question",
		],
	])('%j', async (parameters, words) => {
		const { error } = await settings(parameters);
		expect(error?.message).toBe(words);
		expect(error?.description).toBeTruthy();
	});
});
