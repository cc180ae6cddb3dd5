import fc from 'fast-check';
import { DEFAULT_PRICES, findPrices, withOwnPrices } from '../../../lib/cost';

const table = (...models: string[]) => ({
	currency: 'USD',
	note: '',
	rows: models.map((model) => ({ model, input: 1 })),
});

describe('findPrices', () => {
	it.each([
		['itself', 'm-2025-01-01', ['m', 'm-2025-01-01'], 'm-2025-01-01'],
		['the row without date', 'm-2025-01-01', ['m'], 'm'],
		['the newest date', 'm', ['m-2024-05-06', 'm-2025-01-01', 'm-2024-12-31'], 'm-2025-01-01'],
		['not another date', 'm-2025-01-01', ['m-2024-05-06'], undefined],
		['not another model', 'm-mini', ['m', 'm-2025-01-01'], undefined],
		[
			'the tuned row',
			'ft:m-2025-01-01:acme:x:abc',
			['m-2025-01-01', 'ft:m-2025-01-01'],
			'ft:m-2025-01-01',
		],
		[
			'a checkpoint',
			'ft:m-2025-01-01:acme:x:abc:ckpt-step-88',
			['ft:m-2025-01-01'],
			'ft:m-2025-01-01',
		],
		['the tuned row without date', 'ft:m-2025-01-01:acme::abc', ['ft:m', 'm-2025-01-01'], 'ft:m'],
		['the very id', 'ft:m:acme:x:abc', ['ft:m', 'ft:m:acme:x:abc'], 'ft:m:acme:x:abc'],
		['the base model', 'ft:m-2025-01-01:acme:x:abc', ['m'], 'm'],
		['Azure', 'm-2025-01-01.ft-0123456789abcdef', ['ft:m-2025-01-01'], 'ft:m-2025-01-01'],
		['nothing', '', ['m'], undefined],
		['a name of Object.prototype', 'constructor', ['m'], undefined],
	])('finds %s', (_, model, rows, expected) => {
		expect(findPrices(model, table(...rows))?.model).toBe(expected);
	});
});

describe('withOwnPrices', () => {
	it.each([undefined, null, '', [], '[]'])('%j leaves the defaults', (own) => {
		expect(withOwnPrices(own)).toBe(DEFAULT_PRICES);
	});

	it('puts own rows first and drops the default for the same model', () => {
		const own = { model: 'gpt-4.1-2025-04-14', training: 30 };
		const { rows } = withOwnPrices([own]);
		expect(rows[0]).toEqual(own);
		expect(rows.filter(({ model }) => model === own.model)).toHaveLength(1);
		expect(rows).toHaveLength(DEFAULT_PRICES.rows.length);
	});

	it('takes JSON text, numeric texts, empty fields and other columns', () => {
		const rows = [{ model: ' my-model ', training: '1.5', input: '', output: null, colour: 'red' }];
		const expected = { model: 'my-model', training: 1.5 };
		expect(withOwnPrices(rows).rows[0]).toEqual(expected);
		expect(withOwnPrices(JSON.stringify(rows)).rows[0]).toEqual(expected);
	});

	it.each([
		[{ model: 'm' }, 'Prices must be a list of rows'],
		['{not json', 'Prices must be a list of rows'],
		[[{ training: 1 }], 'row 1 names no model'],
		[[null], 'row 1 names no model'],
		[[{ model: 'a' }, { model: 'b', input: -1 }], '"input" of b (row 2)'],
		[[{ model: 'a', output: 'cheap' }], '"output" of a (row 1)'],
		[[{ model: 'a', training: [1] }], '"training" of a (row 1)'],
		[[{ model: 'a', training: Infinity }], '"training" of a (row 1)'],
	])('refuses %j', (own, message) => {
		expect(() => withOwnPrices(own)).toThrow(TypeError);
		expect(() => withOwnPrices(own)).toThrow(message);
	});

	it('gives a table or a TypeError for anything', () => {
		fc.assert(
			fc.property(fc.oneof(fc.anything(), fc.array(fc.object()), fc.json()), (own) => {
				try {
					expect(withOwnPrices(own).rows.length).toBeGreaterThan(0);
				} catch (error) {
					expect(error).toBeInstanceOf(TypeError);
				}
			}),
		);
	});
});
