import fc from 'fast-check';

import { ApiError } from '../../../../lib/http/errors';
import { batchesOf, sendInHalves } from '../../../../lib/openai/toolbox/batches';
import { parseExample, textsOfExample } from '../../../../lib/openai/toolbox/exampleTexts';
import { readText, readTexts } from '../../../../lib/openai/toolbox/textInputs';
import { withoutHanging } from '../../../support/withoutHanging';

describe('readTexts', () => {
	it.each([
		['a', ['a']],
		[
			['a', 'b'],
			['a', 'b'],
		],
		['["a", "b"]', ['a', 'b']],
		['[1] is a footnote', ['[1] is a footnote']],
		['["broken', ['["broken']],
		[
			[1, { a: 2 }],
			['1', '{"a":2}'],
		],
		[42, ['42']],
	])('%j', (value, texts) => expect(readTexts(value, 'Text')).toEqual(texts));

	it.each([[''], ['  '], [null], [undefined], [[]], [['a', '']]])('refuses %j', (value) => {
		expect(() => readTexts(value, 'Text')).toThrow(/empty/);
	});

	it('does not call what came with the data', () => {
		const trap = { toString: () => 'called', toJSON: undefined };
		expect(readText(trap, 'Text')).toBe('{}');
	});
});

describe('batchesOf', () => {
	it('keeps order and limits', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (sizes) => {
				const batches = batchesOf(sizes, (size) => size, { maxInputs: 5, maxSize: 30 });
				expect(batches.flat()).toEqual(sizes);
				for (const batch of batches) {
					expect(batch.length).toBeLessThanOrEqual(5);
					expect(batch.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(30);
				}
			}),
		);
		expect(batchesOf([99], (size) => size, { maxInputs: 5, maxSize: 30 })).toEqual([[99]]);
	});
});

describe('sendInHalves', () => {
	const tooLarge = () => new ApiError('too many inputs', { status: 400 });
	const atMost = (limit: number, sent: number[]) => async (part: number[]) => {
		sent.push(part.length);
		if (part.length > limit) throw tooLarge();
		return part.map((value) => value * 10);
	};

	it('keeps the order of the inputs', async () => {
		const sent: number[] = [];
		expect(await sendInHalves([1, 2, 3, 4, 5], atMost(2, sent))).toEqual([10, 20, 30, 40, 50]);
		expect(sent).toEqual([5, 2, 3, 1, 2]);
	});

	it('gives up on one input, and on other refusals', async () => {
		await expect(sendInHalves([1, 2], atMost(0, []))).rejects.toThrow('too many inputs');
		const sent: number[] = [];
		const refuse = async (part: number[]): Promise<number[]> => {
			sent.push(part.length);
			throw new ApiError('bad key', { status: 401 });
		};
		await expect(sendInHalves([1, 2], refuse)).rejects.toThrow('bad key');
		expect(sent).toEqual([2]);
	});
});

describe('textsOfExample', () => {
	const ALL = new Set<string>();

	it('finds what is said in every training format', () => {
		const chat = {
			messages: [
				{ role: 'system', content: 'S' },
				{ role: 'user', content: [{ type: 'text', text: 'U' }, { type: 'image_url' }] },
				{ role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: '{"a":1}' } }] },
				{ role: 'tool', content: 'T' },
			],
		};
		expect(textsOfExample(chat, ALL)).toMatchObject({
			said: [
				{ where: 'system', text: 'S' },
				{ where: 'user', text: 'U' },
				{ where: 'assistant tool call', text: '{"a":1}' },
				{ where: 'tool', text: 'T' },
			],
			images: 1,
		});
		const pair = {
			input: { messages: [{ role: 'user', content: 'Q' }] },
			preferred_output: [{ role: 'assistant', content: 'good' }],
			non_preferred_output: [{ role: 'assistant', content: 'bad' }],
		};
		expect(textsOfExample(pair, ALL).said.map(({ where }) => where)).toEqual([
			'user',
			'preferred_output assistant',
			'non_preferred_output assistant',
		]);
		expect(textsOfExample({ prompt: 'P', completion: 'C' }, ALL).said).toHaveLength(2);
		expect(textsOfExample(chat, new Set(['tool'])).said).toHaveLength(1);
	});

	it('takes anything, and does not hang on a hostile line', () => {
		fc.assert(
			fc.property(fc.json(), (line) => {
				const example = parseExample(line);
				if (example) expect(Array.isArray(textsOfExample(example, ALL).said)).toBe(true);
			}),
		);
		withoutHanging(() => {
			expect(parseExample(`{"messages":${'['.repeat(500_000)}`)).toBeUndefined();
		});
	});
});
