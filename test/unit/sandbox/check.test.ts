import fc from 'fast-check';

import { checkBody, checkMetadata, type Rule } from '../../../sandbox/server/check';
import { Refusal } from '../../../sandbox/server/errors';

const FIELDS: Record<string, Rule> = {
	name: { type: 'string', required: true, minLength: 1, maxLength: 3 },
	count: { type: 'integer', auto: true, min: 1, max: 5 },
	share: { type: 'number', min: 0, above: true },
	kind: { type: 'string', oneOf: ['a', 'b', 'c'] },
	list: {
		type: 'array',
		minLength: 1,
		items: { type: 'object', fields: { x: { type: 'boolean' } } },
	},
};

function refusal(body: unknown): { message: string; param: unknown; code: unknown } {
	try {
		checkBody(body, FIELDS);
	} catch (cause) {
		if (cause instanceof Refusal) return cause.body().error;
	}
	throw new Error('was not refused');
}

describe('checkBody', () => {
	it('lets good bodies through', () => {
		const body = { name: 'abc', count: 'auto', share: 0.1, kind: 'a', list: [{ x: true }] };
		expect(checkBody(body, FIELDS)).toBe(body);
		expect(() => checkBody({ name: 'a', count: null }, FIELDS)).not.toThrow();
	});

	it.each<[unknown, string, string | null, string]>([
		[{}, "Missing required parameter: 'name'.", 'name', 'missing_required_parameter'],
		[{ name: 'a', nmae: 1 }, "Unknown parameter: 'nmae'.", 'nmae', 'unknown_parameter'],
		[
			{ name: 1 },
			"Invalid type for 'name': expected a string, but got an integer instead.",
			'name',
			'invalid_type',
		],
		[
			{ name: '' },
			"Invalid 'name': empty string. Expected a string with minimum length 1, but got an empty string instead.",
			'name',
			'empty_string',
		],
		[
			{ name: 'abcd' },
			"Invalid 'name': string too long. Expected a string with maximum length 3, but got a string with length 4 instead.",
			'name',
			'string_above_max_length',
		],
		[
			{ name: 'a', count: 0 },
			"Invalid 'count': integer below minimum value. Expected a value >= 1, but got 0 instead.",
			'count',
			'integer_below_min_value',
		],
		[
			{ name: 'a', count: 6 },
			"Invalid 'count': integer above maximum value. Expected a value <= 5, but got 6 instead.",
			'count',
			'integer_above_max_value',
		],
		[
			{ name: 'a', count: 'all' },
			"Invalid type for 'count': expected one of an integer or 'auto', but got a string instead.",
			'count',
			'invalid_type',
		],
		[
			{ name: 'a', share: 0 },
			"Invalid 'share': decimal below minimum value. Expected a value > 0, but got 0 instead.",
			'share',
			'decimal_below_min_value',
		],
		[
			{ name: 'a', kind: 'd' },
			"Invalid value: 'd'. Supported values are: 'a', 'b', and 'c'.",
			'kind',
			'invalid_value',
		],
		[
			{ name: 'a', list: [] },
			"Invalid 'list': empty array. Expected an array with minimum length 1, but got an empty array instead.",
			'list',
			'empty_array',
		],
		[
			{ name: 'a', list: [{ x: true }, { y: 1 }] },
			"Unknown parameter: 'list[1].y'.",
			'list[1].y',
			'unknown_parameter',
		],
	])("refuses %j in OpenAI's words", (body, message, param, code) => {
		expect(refusal(body)).toEqual({ type: 'invalid_request_error', message, param, code });
	});

	it('never fails in another way, whatever the JSON', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				for (const body of [
					value,
					{ name: value, count: value, share: value, kind: value, list: value },
				]) {
					try {
						checkBody(body, FIELDS);
					} catch (cause) {
						expect(cause).toBeInstanceOf(Refusal);
					}
				}
			}),
		);
	});

	it('does not take names of the prototype for fields', () => {
		expect(refusal({ name: 'a', constructor: 1 }).code).toBe('unknown_parameter');
		expect(refusal(JSON.parse('{"name":"a","__proto__":1}')).code).toBe('unknown_parameter');
	});
});

describe('checkMetadata', () => {
	it.each([[undefined], [null], [{}], [{ a: 'b' }], [{ ['k'.repeat(64)]: 'v'.repeat(512) }]])(
		'takes %j',
		(metadata) => {
			expect(() => checkMetadata(metadata)).not.toThrow();
		},
	);

	it.each([
		['text'],
		[[]],
		[{ a: 1 }],
		[{ '': 'v' }],
		[{ ['k'.repeat(65)]: 'v' }],
		[{ a: 'v'.repeat(513) }],
	])('refuses %j', (metadata) => {
		expect(() => checkMetadata(metadata)).toThrow(Refusal);
	});
});
