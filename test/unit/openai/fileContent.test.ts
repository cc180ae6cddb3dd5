import fc from 'fast-check';

import { csvRecords, decodedResult, jsonlRecords } from '../../../lib/openai/fileContent';
import { chunksOf } from './fileFakes';

const CSV = 'step,train_loss,train_accuracy,valid_loss\n1,1.52,0.6,\n2,0.33,0.9,0.41\n';

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
	const items: T[] = [];
	for await (const item of source) items.push(item);
	return items;
}

const decoded = async (content: Buffer | string, size: number) =>
	Buffer.concat(
		await all(decodedResult(chunksOf(Buffer.from(content as string), size))),
	).toString();

describe('decodedResult', () => {
	it.each([1, 3, 5, 64, 1000])('decodes base64 that comes in chunks of %i', async (size) => {
		const base64 = Buffer.from(CSV.repeat(20)).toString('base64');
		expect(await decoded(base64, size)).toBe(CSV.repeat(20));
		expect(await decoded(`${base64.replace(/.{76}/g, '$&\r\n')}\n`, size)).toBe(CSV.repeat(20));
	});

	it.each([1, 7, 64, 1000])('leaves plain CSV alone, in chunks of %i', async (size) => {
		expect(await decoded(CSV, size)).toBe(CSV);
		expect(await decoded(CSV.repeat(50), size)).toBe(CSV.repeat(50));
	});

	it.each(['', 'step', 'step\n1\n2\n', 'abcdefgh', 'no comma but long enough to be looked at'])(
		'leaves %j alone',
		async (text) => expect(await decoded(text, 3)).toBe(text),
	);

	it('decodes a short file without padding', async () => {
		const base64 = Buffer.from('step,loss\n1,2\n').toString('base64').replace(/=+$/, '');
		expect(await decoded(base64, 4)).toBe('step,loss\n1,2\n');
	});
});

describe('csvRecords', () => {
	const rows = async (text: string) => await all(csvRecords(chunksOf(Buffer.from(text), 5)));

	it('reads numbers, and empty cells as null', async () => {
		expect(await rows(CSV)).toEqual([
			{ step: 1, train_loss: 1.52, train_accuracy: 0.6, valid_loss: null },
			{ step: 2, train_loss: 0.33, train_accuracy: 0.9, valid_loss: 0.41 },
		]);
	});

	it.each([
		['a,b\r\n1,x\r\n', [{ a: 1, b: 'x' }]],
		['\ufeffa,b\n1,2', [{ a: 1, b: 2 }]],
		['a,b\n\n1\n', [{ a: 1, b: null }]],
		['a,b\n"x, ""y""\nz",2\n', [{ a: 'x, "y"\nz', b: 2 }]],
		['a,b\n1,', [{ a: 1, b: null }]],
		['a,b\nNaN,Infinity\n', [{ a: 'NaN', b: 'Infinity' }]],
		['a\n', []],
		['', []],
	])('reads %j', async (text, expected) => expect(await rows(text)).toEqual(expected));

	it('does not let a header reach the prototype', async () => {
		const [row] = await rows('__proto__,a\nx,1\n');
		expect(Object.keys(row)).toEqual(['__proto__', 'a']);
		expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
	});

	it('comes to an end with any text', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.stringMatching(/^[a,"\r\n ]{0,60}$/),
				async (text) => void (await rows(text)),
			),
		);
		await rows(`a\n${'"'.repeat(100_001)}`);
	});
});

describe('jsonlRecords', () => {
	it('gives the objects, and lines that are none with their number', async () => {
		const text = '{"a":1}\n\n[1]\r\nno json\n{"b":"\\u00e9"}';
		expect(await all(jsonlRecords(chunksOf(Buffer.from(text), 4)))).toEqual([
			{ a: 1 },
			{ line: 3, text: expect.stringContaining('[1]') },
			{ line: 4, text: 'no json' },
			{ b: 'é' },
		]);
	});
});
