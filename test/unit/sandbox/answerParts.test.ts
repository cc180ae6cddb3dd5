import fc from 'fast-check';

import { inFormat } from '../../../sandbox/server/jsonAnswer';
import { moderate } from '../../../sandbox/server/moderation';
import { chooseToolCall } from '../../../sandbox/server/toolRule';
import { countTokens, firstTokens } from '../../../sandbox/server/tokens';
import { isLoopbackUrl, signature } from '../../../sandbox/server/webhooks';

const tool = (name: string, properties: object = {}, description = '') => ({
	type: 'function',
	function: { name, description, parameters: { type: 'object', properties } },
});

describe('chooseToolCall', () => {
	it('reads names written in one word', () => {
		const call = chooseToolCall([tool('sendInvoice')], 'auto', 'Please make an invoice');
		expect(call).toEqual({ name: 'sendInvoice', arguments: '{}' });
	});

	it('wants two words of the description', () => {
		const described = [tool('x', {}, 'Looks up the opening hours of a branch')];
		expect(chooseToolCall(described, 'auto', 'opening?')).toBeUndefined();
		expect(chooseToolCall(described, 'auto', 'opening hours?')?.name).toBe('x');
	});

	it('fills arguments by type and format', () => {
		const properties = {
			when: { type: 'string', format: 'date' },
			mail: { type: 'string', format: 'email' },
			count: { type: 'integer' },
			price: { type: 'number' },
			urgent: { type: 'boolean' },
			colour: { enum: ['red', 'Green'] },
			tags: { type: 'array', items: { type: 'string' } },
			deep: { type: 'object', properties: { text: { type: 'string' } } },
		};
		const question = '3 chairs in green at 9.5 for a@b.org on 2026-12-24, "fast"';
		const call = chooseToolCall([tool('order', properties)], 'required', question);
		expect(JSON.parse(call!.arguments)).toEqual({
			when: '2026-12-24',
			mail: 'a@b.org',
			count: 3,
			price: 9.5,
			urgent: true,
			colour: 'Green',
			tags: ['fast'],
			deep: { text: 'fast' },
		});
	});

	it('calls nothing without tools or among none that are allowed', () => {
		expect(chooseToolCall([], 'required', 'a')).toBeUndefined();
		const none = { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [] } };
		expect(chooseToolCall([tool('order')], none, 'order')).toBeUndefined();
	});
});

describe('inFormat', () => {
	const schema = (value: object) => ({
		type: 'json_schema',
		json_schema: { name: 'a', schema: value },
	});

	it('keeps a trained answer that is JSON already', () => {
		expect(inFormat('{"a":1}', { type: 'json_object' })).toBe('{"a":1}');
		const asked = schema({
			type: 'object',
			properties: { a: { type: 'integer' }, b: { type: 'string' } },
		});
		expect(JSON.parse(inFormat('{"a":1,"c":2}', asked))).toEqual({ a: 1, b: '' });
	});

	it('follows references and choices, and does not run away with itself', () => {
		const node = {
			type: 'object',
			properties: {
				next: { $ref: '#/$defs/node' },
				either: { anyOf: [{ type: 'number' }, { type: 'null' }] },
			},
		};
		const text = inFormat('It is 4', schema({ $ref: '#/$defs/node', $defs: { node } }));
		expect(JSON.parse(text)).toMatchObject({ next: { either: 0 } });
		expect(
			inFormat('a', schema({ $ref: '#/$defs/loop', $defs: { loop: { $ref: '#/$defs/loop' } } })),
		).toBeDefined();
	});

	it('is JSON, whatever the answer and the schema', () => {
		fc.assert(
			fc.property(fc.string(), fc.jsonValue(), (answer, value) => {
				JSON.parse(inFormat(answer, { type: 'json_object' }));
				JSON.parse(inFormat(answer, schema({ type: 'object', properties: { a: value } })));
			}),
		);
	});
});

describe('firstTokens', () => {
	it('cuts at a number of tokens, between characters', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'grapheme' }),
				fc.integer({ min: 1, max: 20 }),
				(text, limit) => {
					const cut = firstTokens(text, limit);
					expect(text.startsWith(cut)).toBe(true);
					expect(countTokens(cut)).toBeLessThanOrEqual(limit);
				},
			),
			{ numRuns: 50 },
		);
	});
});

describe('moderate', () => {
	it('goes by whole words', () => {
		expect(moderate('skill and killjoy').flagged).toBe(false);
		expect(moderate('They KILL').categories.violence).toBe(true);
		expect(moderate('', 'https://example.com/a.png').category_applied_input_types.sexual).toEqual([
			'image',
		]);
	});
});

describe('webhooks', () => {
	it('sign as the Standard Webhooks example does', () => {
		// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
		const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
		const body = '{"test": 2432232314}';
		expect(signature(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', body)).toBe(
			'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
		);
	});

	it.each<[string, boolean]>([
		['http://localhost:5678/webhook/a', true],
		['https://127.0.0.9/', true],
		['http://[::1]:80/', true],
		['http://localhost.example.com/', false],
		['http://127.0.0.1.example.com/', false],
		['http://0x7f000001@example.com/', false],
		['ftp://localhost/', false],
		['localhost', false],
	])('%s stays on this machine: %s', (url, stays) => {
		expect(isLoopbackUrl(url)).toBe(stays);
	});
});
