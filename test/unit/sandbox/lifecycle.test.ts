import fc from 'fast-check';

import {
	autoBatchSize,
	checkpointSteps,
	planOf,
	runningMs,
	totalSteps,
} from '../../../sandbox/server/lifecycle';
import { metricsAt, resultCsv } from '../../../sandbox/server/metrics';

const facts = {
	examples: 64,
	tokens: 1000,
	validationExamples: 0,
	epochs: 3,
	batchSize: 1,
	learningRateMultiplier: 2,
};

describe('planOf', () => {
	it('ends at once for files that are refused', () => {
		const refusal = { code: 'invalid_n_examples', message: 'too few', param: 'training_file' };
		expect(planOf({ ...facts, refusal }).map((step) => step.do)).toEqual(['examine']);
	});

	it('runs from the examination to the end', () => {
		const steps = planOf(facts).map((step) => step.do);
		expect(steps.slice(0, 2)).toEqual(['examine', 'start']);
		expect(steps.slice(-4)).toEqual(['metrics', 'checkpoint', 'finishTraining', 'succeed']);
		expect(runningMs(facts)).toBe(64 * 3 * 1500 + 20_000);
	});

	it('stays short and takes at most half an hour of training, whatever the file', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 10, max: 1_000_000 }),
				fc.integer({ min: 1, max: 50 }),
				fc.integer({ min: 1, max: 256 }),
				(examples, epochs, batchSize) => {
					const asked = { ...facts, examples, epochs, batchSize };
					const plan = planOf(asked);
					const total = totalSteps(asked);
					expect(plan.length).toBeLessThan(115);
					expect(runningMs(asked)).toBeLessThanOrEqual(30 * 60_000 + 20_001);
					const reported = plan.flatMap((step) => (step.do === 'metrics' ? [step.step] : []));
					expect(reported).toEqual([...new Set(reported)].sort((a, b) => a - b));
					expect([reported[0], reported.at(-1)]).toEqual([1, total]);
					const kept = plan.flatMap((step) => (step.do === 'checkpoint' ? [step.step] : []));
					expect(kept).toEqual(checkpointSteps(asked).map(({ step }) => step));
					expect(kept).toHaveLength(Math.min(3, epochs));
				},
			),
		);
	});
});

describe('automatic hyperparameters', () => {
	it.each([
		[10, 1],
		[1_000, 2],
		[1_000_000, 256],
	])('%i examples go in batches of %i', (examples, size) => {
		expect(autoBatchSize(examples)).toBe(size);
	});
});

describe('metrics', () => {
	it('are the same for the same seed and step, and go down', () => {
		expect(metricsAt(5, 100, 42, true)).toEqual(metricsAt(5, 100, 42, true));
		expect(metricsAt(5, 100, 42, true)).not.toEqual(metricsAt(5, 100, 43, true));
		expect(metricsAt(100, 100, 42, false).train_loss).toBeLessThan(
			metricsAt(1, 100, 42, false).train_loss,
		);
		expect(metricsAt(1, 100, 42, false)).not.toHaveProperty('valid_loss');
	});

	it('make a table with empty cells where nothing was validated', () => {
		const rows = resultCsv(3, 1, false).trimEnd().split('\n');
		expect(rows).toHaveLength(4);
		expect(rows[1]).toMatch(/^1,[\d.]+,[\d.]+,,$/);
		expect(resultCsv(1, 1, true)).toMatch(/\n1(,[\d.]+){4}\n$/);
	});
});
