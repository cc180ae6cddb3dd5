import fc from 'fast-check';

import { readModelAnswer } from '../../../lib/qa/answer';
import { pairsSchema, readPairs } from '../../../lib/qa/schema';
import { siftPairs } from '../../../lib/qa/sift';

const good = {
	question: 'Q',
	answer: 'A',
	solved: true,
	language: 'en',
	category: 'c',
	confidence: 1,
};

describe('pairsSchema', () => {
	it('is strict: all properties are required, no others allowed, at every level', () => {
		const walk = (schema: unknown): void => {
			const { type, properties, required, additionalProperties, items } = schema as Record<
				string,
				Record<string, unknown>
			>;
			if ((type as unknown) === 'object') {
				expect(additionalProperties).toBe(false);
				expect(required).toEqual(Object.keys(properties));
				Object.values(properties).forEach(walk);
			}
			if (items) walk(items);
		};
		walk(pairsSchema());
		walk(pairsSchema(['a', 'b']));
	});

	it('bounds nothing that some servers cannot', () => {
		expect(JSON.stringify(pairsSchema(['a']))).not.toMatch(/minimum|maximum|minItems|maxItems/);
	});
});

describe('readPairs', () => {
	it('never throws, and never gives what does not fit', () => {
		const property = fc.oneof(fc.anything(), fc.constantFrom('', 'x', 0.5, true, false));
		const entry = fc.record(
			{
				question: property,
				answer: property,
				solved: property,
				language: property,
				category: property,
				confidence: property,
			},
			{ requiredKeys: [] },
		);
		const value = fc.oneof(
			fc.anything(),
			fc.array(entry),
			fc.record({ pairs: fc.oneof(fc.anything(), fc.array(entry)) }),
		);
		fc.assert(
			fc.property(value, (given) => {
				const read = readPairs(given);
				if ('fault' in read) expect(read.fault.length).toBeLessThanOrEqual(300);
				else {
					for (const pair of read.pairs) {
						expect(pair.question.trim()).not.toBe('');
						expect(typeof pair.answer).toBe('string');
						expect(typeof pair.solved).toBe('boolean');
						expect(pair.confidence).toBeGreaterThanOrEqual(0);
						expect(pair.confidence).toBeLessThanOrEqual(1);
					}
				}
			}),
		);
	});

	it('trims, mends halves of emoji and drops empty labels', () => {
		const read = readPairs({
			pairs: [{ ...good, question: ' Q ', answer: 'A\ud83d', language: '', category: ' ' }],
		});
		expect(read).toEqual({
			pairs: [{ question: 'Q', answer: 'A\ufffd', solved: true, confidence: 1 }],
		});
	});

	it('refuses endless lists', () => {
		expect(readPairs({ pairs: Array.from({ length: 501 }, () => good) })).toEqual({
			fault: 'The list "pairs" has more than 500 entries.',
		});
		expect(readPairs({ pairs: Array.from({ length: 500 }, () => good) })).toHaveProperty('pairs');
	});

	it.each([['__proto__'], ['constructor'], ['toString']])('is not fooled by %s', (name) => {
		expect(readPairs(JSON.parse(`{"${name}": {"pairs": []}}`))).toEqual({
			fault: 'pairs is required.',
		});
	});
});

describe('readModelAnswer', () => {
	const completion = (message: object, finish_reason = 'stop') => ({
		model: 'm',
		choices: [{ index: 0, message, finish_reason }],
	});

	it('reads the deprecated single call', () => {
		const message = { function_call: { name: 'x', arguments: JSON.stringify({ pairs: [good] }) } };
		expect(readModelAnswer(completion(message), []).result).toEqual({ pairs: [good] });
	});

	it('takes a whole answer although the limit was reached', () => {
		const message = { content: JSON.stringify({ pairs: [] }) };
		expect(readModelAnswer(completion(message, 'length'), []).result).toEqual({ pairs: [] });
	});

	it('never throws on what looks like a completion', () => {
		fc.assert(
			fc.property(fc.anything(), fc.anything(), (content, args) => {
				const call = { id: '1', function: { name: 'save_pairs', arguments: args } };
				readModelAnswer(completion({ content }), []);
				readModelAnswer(completion({ content, tool_calls: [call] }), []);
				readModelAnswer(completion({ content, tool_calls: [call, call] }), []);
			}),
		);
	});
});

describe('siftPairs', () => {
	it('parts without losing one', () => {
		const pair = fc.record({
			question: fc.string(),
			answer: fc.string(),
			solved: fc.boolean(),
			confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
		});
		const wanted = fc.record({
			includeUnresolved: fc.boolean(),
			minConfidence: fc.double({ min: 0, max: 1, noNaN: true }),
			maxPairs: fc.integer({ min: 1, max: 5 }),
		});
		fc.assert(
			fc.property(fc.array(pair), wanted, (given, limits) => {
				const { pairs, leftOut } = siftPairs(given, limits);
				expect([...pairs, ...leftOut.map((one) => one.pair)]).toHaveLength(given.length);
				expect(pairs.length).toBeLessThanOrEqual(limits.maxPairs);
				for (const one of pairs) {
					expect(one.solved || limits.includeUnresolved).toBe(true);
					expect(one.confidence ?? 1).toBeGreaterThanOrEqual(limits.minConfidence);
				}
				expect(pairs).toEqual(given.filter((one) => pairs.includes(one)));
			}),
		);
	});
});
