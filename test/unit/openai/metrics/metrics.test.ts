import fc from 'fast-check';

import { metricsSvg } from '../../../../lib/openai/metrics/chart';
import {
	collectPoints,
	columnsOf,
	type MetricPoint,
	pointOf,
	pointsCsv,
} from '../../../../lib/openai/metrics/points';
import { metricsHtml } from '../../../../lib/openai/metrics/report';
import { smoothed, summarize } from '../../../../lib/openai/metrics/summary';

const course = (steps: number, valid: (step: number) => number | undefined): MetricPoint[] =>
	Array.from({ length: steps }, (_, index) => {
		const step = index + 1;
		const loss = valid(step);
		return {
			step,
			train_loss: 2 - step / steps,
			...(loss === undefined ? {} : { valid_loss: loss }),
		};
	});

describe('points', () => {
	it("reads OpenAI's result file, events and checkpoints under the same names", () => {
		expect(
			collectPoints([
				{ step: 2, train_loss: 1.1, train_accuracy: 0.7, valid_loss: -1 },
				{ step: 1, train_loss: 1.5, train_accuracy: 0.5, valid_loss: 1.6 },
			]),
		).toEqual([
			{ step: 1, train_loss: 1.5, train_mean_token_accuracy: 0.5, valid_loss: 1.6 },
			{ step: 2, train_loss: 1.1, train_mean_token_accuracy: 0.7 },
		]);
		expect(pointOf({ current_step: 7, loss: 0.5, total_steps: 90, note: 'x' })).toEqual({
			step: 7,
			train_loss: 0.5,
			total_steps: 90,
		});
	});

	it('joins what is said about one step, and takes the later number', () => {
		const rows = [
			{ step: 1, train_loss: 3 },
			{ step: 1, valid_loss: 2 },
			{ step: 1, train_loss: 1 },
		];
		expect(collectPoints(rows)).toEqual([{ step: 1, train_loss: 1, valid_loss: 2 }]);
	});

	it('takes nothing that is no number or no name, from any record', () => {
		fc.assert(
			fc.property(fc.array(fc.dictionary(fc.string(), fc.anything())), (records) => {
				for (const point of collectPoints(records)) {
					expect(Object.values(point).every(Number.isFinite)).toBe(true);
				}
			}),
		);
		expect(pointOf(JSON.parse('{"step":1,"__proto__":2,"constructor":3}'))).toEqual({
			step: 1,
			constructor: 3,
		});
	});

	it('writes a table with the known columns first and empty cells for what was not measured', () => {
		const points = [
			{ step: 1, learning_rate: 0.1, train_loss: 2 },
			{ step: 2, valid_loss: 1, train_loss: 1 },
		];
		expect(columnsOf(points)).toEqual(['step', 'train_loss', 'valid_loss', 'learning_rate']);
		expect(pointsCsv(points)).toBe('step,train_loss,valid_loss,learning_rate\n1,2,,0.1\n2,1,1,\n');
	});
});

describe('summary', () => {
	it('says that nothing was measured', () => {
		expect(summarize([])).toMatchObject({ steps: 0, train_loss: null, best_step: null });
		expect(summarize([]).verdict).toBe('The server has no measurements of this job.');
	});

	it('finds the checkpoint before the validation loss rose', () => {
		const points = course(100, (step) => 1 + Math.abs(step - 60) / 50);
		const checkpoints = [
			{ step: 50, model: 'ft:a:ckpt-step-50' },
			{ step: 80, model: 'ft:a:ckpt-step-80' },
			{ step: 100, model: 'ft:a' },
		];
		const summary = summarize(points, checkpoints);
		expect(summary).toMatchObject({ best_step: 60, best_checkpoint: 'ft:a:ckpt-step-50' });
		expect(summary.verdict).toMatch(/best at step 60 .* by heart.*ckpt-step-50 may answer better/);
	});

	it('tells a course without validation, a good one, and one that learnt nothing', () => {
		expect(summarize(course(50, () => undefined)).verdict).toMatch(/no validation file/);
		expect(summarize(course(50, (step) => 2 - step / 50)).verdict).toMatch(/ended near its best/);
		const flat = [1, 2, 3].map((step) => ({ step, train_loss: 1 }));
		expect(summarize(flat).verdict).toMatch(/hardly changed/);
	});

	it('smooths without leaving the range of the values', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1 }),
				(values) => {
					const series = smoothed(values.map((value, step) => ({ step, value })));
					expect(series).toHaveLength(values.length);
					for (const { value } of series) {
						expect(value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
						expect(value).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
					}
				},
			),
		);
	});
});

describe('pictures', () => {
	it('draws any finite points without a coordinate that is no number, at a bounded size', () => {
		const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
		const points = fc.array(fc.record({ step: fc.nat(1e6), train_loss: value, valid_loss: value }));
		fc.assert(
			fc.property(points, (records) => {
				const svg = metricsSvg(collectPoints(records), [], 'job');
				expect(svg).not.toMatch(/NaN|Infinity|undefined/);
			}),
			{ examples: [[[{ step: 1, train_loss: 0, valid_loss: 5e-324 }]]] },
		);
		expect(
			metricsSvg(
				course(100_000, () => 1),
				[],
				'job',
			).length,
		).toBeLessThan(200_000);
	});

	it('escapes what comes from the server', () => {
		const evil = '<script>alert(1)</script>"';
		const points = course(3, () => 1);
		const checkpoints = [{ step: 2, model: evil }];
		const job = {
			id: evil,
			status: evil,
			model: evil,
			fine_tuned_model: null,
			trained_tokens: null,
		};
		const metrics = { points, checkpoints, source: 'events' as const };
		const page = metricsHtml(job, metrics, summarize(points, checkpoints), '2026-11-21T00:00:00Z');
		expect(page).not.toContain('<script');
		expect(page).toContain('&lt;script&gt;');
		expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
	});
});
