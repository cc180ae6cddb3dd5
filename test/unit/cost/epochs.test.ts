import { estimateEpochs } from '../../../lib/cost';

describe('estimateEpochs', () => {
	// By the rule of the cookbook: 3, with 100 to 25,000 examples in all, and 1 to 25 epochs.
	it.each([
		[0, 0],
		[1, 25],
		[4, 25],
		[10, 10],
		[33, 3],
		[34, 3],
		[100, 3],
		[8333, 3],
		[8334, 2],
		[12_500, 2],
		[12_501, 1],
		[1_000_000, 1],
	])('%d examples: %d', (examples, epochs) => {
		expect(estimateEpochs(examples)).toBe(epochs);
	});
});
