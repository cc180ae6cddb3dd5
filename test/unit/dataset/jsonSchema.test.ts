import Ajv from 'ajv';
import fc from 'fast-check';
import { mismatches } from '../../../lib/dataset/jsonSchema';
import type { JsonObject, JsonValue } from '../../../lib/dataset/types';

const PARAMETERS: JsonObject = {
	type: 'object',
	properties: {
		id: { type: 'integer', minimum: 1, maximum: 99 },
		lang: { type: ['string', 'null'], enum: ['en', 'de', null] },
		tags: {
			type: 'array',
			items: { type: 'string', minLength: 2, maxLength: 3 },
			minItems: 1,
			maxItems: 2,
		},
		where: { anyOf: [{ type: 'string' }, { $ref: '#/$defs/place' }] },
		kind: { const: 'order' },
	},
	required: ['id'],
	additionalProperties: false,
	$defs: {
		place: {
			type: 'object',
			properties: { near: { $ref: '#/$defs/place' }, city: { type: 'string' } },
			required: ['city'],
		},
	},
};

describe('mismatches', () => {
	test.each<[JsonValue, string[]]>([
		[
			{ id: 1, lang: 'en', tags: ['ab'], where: { city: 'x', near: { city: 'y' } }, kind: 'order' },
			[],
		],
		[{ id: 1, lang: null }, []],
		[{}, ['id is required']],
		[{ id: '1' }, ['id must be of type integer']],
		[{ id: 0 }, ['id must be at least 1']],
		[{ id: 100 }, ['id must be at most 99']],
		[{ id: 1, lang: 'fr' }, ['lang must be one of the values of the enum']],
		[{ id: 1, tags: [] }, ['tags must be at least 1 elements']],
		[
			{ id: 1, tags: ['a', 'abcd'] },
			['tags[0] must be at least 2 characters', 'tags[1] must be at most 3 characters'],
		],
		[{ id: 1, where: { near: {} } }, ['where matches none of the alternatives (anyOf)']],
		[{ id: 1, kind: 'offer' }, ['kind must be the constant value']],
		[{ id: 1, other: 1 }, ['other is not among the parameters ("other" is unknown)']],
		['text', [' must be of type object']],
	])('%j', (value, expected) => {
		expect(mismatches(value, PARAMETERS).map(({ path, message }) => `${path} ${message}`)).toEqual(
			expected,
		);
	});

	test('agrees with ajv', () => {
		const isValid = new Ajv({ strict: false }).compile(PARAMETERS);
		const leaf = fc.constantFrom<JsonValue>(
			'en',
			'fr',
			null,
			0,
			1,
			1.5,
			100,
			true,
			'order',
			'ab',
			{},
			[],
		);
		const place = fc.record(
			{
				city: fc.constantFrom<JsonValue>('x', 1),
				near: fc.constantFrom<JsonValue>({}, { city: 'y' }),
			},
			{ requiredKeys: [] },
		);
		const value = fc.record(
			{
				id: leaf,
				lang: leaf,
				tags: fc.oneof(leaf, fc.array(leaf, { maxLength: 3 })),
				where: fc.oneof(leaf, place),
				kind: leaf,
				other: leaf,
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(value, (passed) => {
				expect(mismatches(passed as JsonValue, PARAMETERS).length === 0).toBe(isValid(passed));
			}),
			{ numRuns: 1000 },
		);
	});

	test('lets pass what it does not know, and does not hang on schemas that go in circles', () => {
		expect(mismatches('x', { pattern: '(a+)+$', format: 'email' })).toEqual([]);
		const circular: JsonObject = { $ref: '#' };
		expect(mismatches({ a: 1 }, circular)).toEqual([]);
		const wide = { anyOf: [{ $ref: '#' }, { $ref: '#' }] } as JsonObject;
		expect(mismatches({ a: 1 }, wide)).toEqual([]);
		expect(mismatches({ a: 1 }, { $ref: 'https://example.com/schema' })).toEqual([]);
		expect(mismatches({ a: 1 }, { properties: { a: false } })).toMatchObject([{ path: 'a' }]);
	});
});
