import { estimateTotal, TokenSampler, type SampledExample } from '../../../lib/tokens';

const createRandom = require('../../../bench/data/random') as (seed: number) => {
	next(): number;
	integer(low: number, high: number): number;
};

/** Examples of very different lengths whose tokens a byte differ by language. */
function population(count: number): SampledExample[] {
	const random = createRandom(9);
	return Array.from({ length: count }, () => {
		const bytes = Math.round(80 + 3000 * random.next() ** 3);
		const bytesPerToken = [4.6, 4.2, 3.1, 2.4][random.integer(0, 3)] + 0.4 * random.next();
		return { bytes, tokens: Math.round(bytes / bytesPerToken) };
	});
}

const all = population(6_000);
const truth = all.reduce((sum, { tokens }) => sum + tokens, 0);
const bytes = all.reduce((sum, example) => sum + example.bytes, 0);

function sample(size: number, seed: number) {
	const sampler = new TokenSampler(size, seed);
	for (const example of all) sampler.offer(example.bytes, () => example.tokens);
	return sampler.estimate();
}

describe('TokenSampler', () => {
	it.each([100, 1000])(
		'states an interval that holds the truth about 95 times in 100, with %d examples',
		(size) => {
			const estimates = Array.from({ length: 400 }, (_, seed) => sample(size, seed));
			const hits = estimates.filter(({ low, high }) => low <= truth && truth <= high).length;
			expect(hits / estimates.length).toBeGreaterThanOrEqual(0.93);
			expect(hits / estimates.length).toBeLessThanOrEqual(0.97);
		},
	);

	it('is near with 1,000 examples', () => {
		const { total, low, high, ...rest } = sample(1000, 1);
		expect(Math.abs(total / truth - 1)).toBeLessThan(0.02);
		expect((high - low) / total).toBeLessThan(0.05);
		expect(rest).toEqual({ sampled: 1000, examples: 6_000, exact: false });
	});

	it('is exact when the sample holds everything', () => {
		expect(sample(6_000, 1)).toEqual({
			total: truth,
			low: truth,
			high: truth,
			sampled: 6_000,
			examples: 6_000,
			exact: true,
		});
	});

	it('counts few of many, each with the same chance', () => {
		let counted = 0;
		let early = 0;
		for (let seed = 0; seed < 200; seed++) {
			const sampler = new TokenSampler(20, seed);
			for (let index = 0; index < 400; index++) {
				sampler.offer(1, () => {
					counted++;
					return index < 100 ? 1 : 0;
				});
			}
			early += sampler.estimate().total / 400;
		}
		expect(counted / 200).toBeLessThan(100);
		expect(early / 200).toBeCloseTo(0.25, 1);
	});

	it('draws the same again from the same seed', () => {
		expect(sample(50, 3)).toEqual(sample(50, 3));
		expect(sample(50, 3)).not.toEqual(sample(50, 4));
	});
});

describe('estimateTotal', () => {
	it('has nothing to say about nothing', () => {
		expect(estimateTotal([], { examples: 0, bytes: 0 })).toMatchObject({
			total: 0,
			low: 0,
			high: 0,
			exact: true,
		});
	});

	it('has no interval from one example', () => {
		expect(estimateTotal([{ bytes: 10, tokens: 2 }], { examples: 10, bytes: 100 })).toMatchObject({
			total: 20,
			low: 2,
			high: Infinity,
		});
	});

	it('is narrow when tokens go with bytes', () => {
		const even = all
			.slice(0, 100)
			.map((example) => ({ bytes: example.bytes, tokens: example.bytes / 4 }));
		const { total, low, high } = estimateTotal(even, { examples: 6_000, bytes });
		expect([total, low, high]).toEqual([
			Math.round(bytes / 4),
			expect.any(Number),
			expect.any(Number),
		]);
		expect(high - low).toBeLessThanOrEqual(2);
	});
});
