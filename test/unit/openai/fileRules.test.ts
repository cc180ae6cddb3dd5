import { assertFormat, assertSize, countOwnExamples } from '../../../lib/openai/fileRules';

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(text);
}

const FIELDS = [['instruction', 'output'], ['chosen']];
const count = async (text: string) =>
	await countOwnExamples('a.json', bytes(text), FIELDS, 'Lab', {});

describe('countOwnExamples', () => {
	it('counts lines with one of the sets of fields, and passes over blank ones', async () => {
		expect(await count('{"instruction":"a","output":"b"}\n\n{"chosen":""}\n')).toBe(2);
	});

	it.each([
		['{"instruction":"a"}', 'line 1 lacks fields that Lab trains with'],
		['{"chosen":1}\nnot json', 'line 2 is not a JSON object that Lab trains with'],
		['[1]', 'line 1 lacks fields'],
		['null', 'line 1 lacks fields'],
		['{"constructor":1}', 'line 1 lacks fields'],
	])('names the first line that does not fit: %s', async (text, expected) => {
		await expect(count(text)).rejects.toMatchObject({
			message: expect.stringContaining(expected),
			description: expect.stringContaining('instruction, output, or chosen'),
		});
	});

	it('takes a hostile megabyte', async () => {
		await expect(count('['.repeat(1e6))).rejects.toThrow('line 1');
		await expect(count('\n'.repeat(1e6))).resolves.toBe(0);
	});
});

it('names what the provider trains with', () => {
	const rules = { formats: ['chat', 'completion'] } as const;
	expect(() => assertFormat('a.jsonl', 'dpo', rules, 'Lab')).toThrow(
		'The file a.jsonl was not uploaded: it holds preference pairs, which Lab does not train with',
	);
	expect(() => assertFormat('a.jsonl', 'chat', rules, 'Lab')).not.toThrow();
	expect(() => assertFormat('a.jsonl', 'dpo', {}, 'Lab')).not.toThrow();
});

it('refuses files that are empty or too large', () => {
	expect(() => assertSize('a.jsonl', 0, 2 ** 20, 'Lab')).toThrow('is empty');
	expect(() => assertSize('a.jsonl', 3 * 2 ** 20, 2 ** 20, 'Lab')).toThrow(
		'has 3 MiB, and Lab takes 1 MiB',
	);
	expect(() => assertSize('a.jsonl', 2 ** 20, 2 ** 20, 'Lab')).not.toThrow();
});
