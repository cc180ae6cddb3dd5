import { FieldPath } from '../../../lib/dataset/fieldPath';

const RECORD = {
	a: { b: [{ c: 1 }, { c: 2 }], 'd e': 3, 'f.g': 4 },
	'a.b': 'literal',
	list: [10, [20, 30]],
	'0': 'zero',
	nothing: null,
};

describe('FieldPath', () => {
	test.each<[string, unknown]>([
		['a.b', 'literal'],
		['a.b[1].c', 2],
		['a["d e"]', 3],
		["a['d e']", 3],
		['a.d e', 3],
		['a["f.g"]', 4],
		['list[1][0]', 20],
		['list.0', 10],
		['0', 'zero'],
		['nothing', null],
		['nothing.more', undefined],
		['list.length', undefined],
		['a.b.c', undefined],
		['__proto__', undefined],
		['constructor', undefined],
		['a.constructor.name', undefined],
		['a.toString', undefined],
		['list[-1]', undefined],
		['list[99]', undefined],
		['', undefined],
		['a.', undefined],
		['a[', undefined],
		['missing', undefined],
	])('%s', (path, value) => expect(new FieldPath(path).read(RECORD)).toEqual(value));

	test('reads own members of any name, also __proto__', () => {
		const record = JSON.parse('{"__proto__":{"x":1}}') as object;
		expect(new FieldPath('__proto__.x').read(record)).toBe(1);
		expect(new FieldPath('x').read(record)).toBeUndefined();
	});

	test('knows the last name', () => {
		expect(new FieldPath('expected.answer').name).toBe('answer');
		expect(new FieldPath('a["b c"]').name).toBe('b c');
	});

	test('a hostile path is quick', () => {
		expect(new FieldPath('a.'.repeat(100_000)).read(RECORD)).toBeUndefined();
		expect(new FieldPath('['.repeat(100_000)).read(RECORD)).toBeUndefined();
	});
});
