import {
	DEFAULT_PRICES,
	estimateChatCost,
	estimateTrainingCost,
	withOwnPrices,
} from '../../../lib/cost';

const prices = withOwnPrices([
	{ model: 'base-1', training: 8, input: 1, output: 2 },
	{ model: 'ft:base-1', input: 3, cachedInput: 1, output: 6 },
]);

describe('estimateTrainingCost', () => {
	it('multiplies tokens, epochs and price', () => {
		expect(estimateTrainingCost({ tokens: 500_000, epochs: 3, model: 'base-1', prices })).toEqual({
			amount: 12,
			trainedTokens: 1_500_000,
			currency: 'USD',
			pricedAs: 'base-1',
			note: expect.stringContaining('https://openai.com/api/pricing'),
		});
	});

	it('takes the price of the base model when a tuned one is trained on', () => {
		const model = 'ft:base-1:acme:support:abc123';
		expect(estimateTrainingCost({ tokens: 1_000_000, epochs: 1, model, prices })).toMatchObject({
			amount: 8,
			pricedAs: 'base-1',
		});
	});

	it('does not guess', () => {
		expect(estimateTrainingCost({ tokens: 1, epochs: 1, model: 'unheard-of' })).toBeUndefined();
		const noTraining = withOwnPrices([{ model: 'm', input: 1, output: 1 }]);
		expect(
			estimateTrainingCost({ tokens: 1, epochs: 1, model: 'm', prices: noTraining }),
		).toBeUndefined();
	});

	it('costs nothing to train on nothing', () => {
		expect(estimateTrainingCost({ tokens: 0, epochs: 0, model: 'base-1', prices })?.amount).toBe(0);
	});
});

describe('estimateChatCost', () => {
	const usage = { prompt_tokens: 1_000_000, completion_tokens: 500_000 };

	it('charges tuned and base models by their own rows', () => {
		expect(estimateChatCost(usage, 'base-1', prices)).toMatchObject({
			amount: 2,
			pricedAs: 'base-1',
		});
		expect(estimateChatCost(usage, 'ft:base-1:acme::x', prices)).toMatchObject({
			amount: 6,
			pricedAs: 'ft:base-1',
		});
	});

	it('charges cached input less, from either place', () => {
		const cached = 400_000;
		const expected = { amount: 0.6 * 3 + 0.4 * 1 + 0.5 * 6 };
		const model = 'ft:base-1:acme::x';
		const own = estimateChatCost({ ...usage, cached_tokens: cached }, model, prices);
		const details = { ...usage, prompt_tokens_details: { cached_tokens: cached } };
		expect(own?.amount).toBeCloseTo(expected.amount, 10);
		expect(estimateChatCost(details, model, prices)?.amount).toBeCloseTo(expected.amount, 10);
		expect(
			estimateChatCost({ ...usage, prompt_tokens_details: null }, 'base-1', prices)?.amount,
		).toBe(2);
	});

	it('charges cached input in full when it has no price of its own', () => {
		expect(estimateChatCost({ ...usage, cached_tokens: 1_000_000 }, 'base-1', prices)?.amount).toBe(
			2,
		);
	});

	it('does not guess', () => {
		expect(estimateChatCost(usage, 'unheard-of')).toBeUndefined();
		const half = withOwnPrices([{ model: 'm', input: 1 }]);
		expect(estimateChatCost(usage, 'm', half)).toBeUndefined();
	});
});

describe('the default prices', () => {
	it('cover training and asking of every model in them', () => {
		const bases = DEFAULT_PRICES.rows.filter(({ model }) => !model.startsWith('ft:'));
		expect(bases.length).toBeGreaterThan(3);
		for (const { model } of bases) {
			const usage = { prompt_tokens: 1, completion_tokens: 1 };
			expect(estimateTrainingCost({ tokens: 1, epochs: 1, model })?.amount).toBeGreaterThan(0);
			expect(estimateChatCost(usage, `ft:${model}:acme:x:y`)?.pricedAs).toBe(`ft:${model}`);
			expect(estimateChatCost(usage, model)?.pricedAs).toBe(model);
		}
	});

	it('say that they are to be checked', () => {
		expect(DEFAULT_PRICES.note).toMatch(/not checked since/);
	});
});
