import fc from 'fast-check';

import { buildJobBody, type JobSettings } from '../../../lib/openai/jobBody';
import { SettingError } from '../../../lib/openai/settingError';

const METHOD = { hyperparameters: 'method' } as const;
const settings = (more: Partial<JobSettings> = {}): JobSettings => ({
	model: 'gpt-4.1-mini-2025-04-14',
	trainingFile: 'file-train',
	method: 'supervised',
	...more,
});

describe('buildJobBody', () => {
	it('sends three fields when nothing else is set', () => {
		expect(buildJobBody(settings(), METHOD)).toEqual({
			model: 'gpt-4.1-mini-2025-04-14',
			training_file: 'file-train',
			method: { type: 'supervised' },
		});
	});

	it('sends everything that is set, blanks left out', () => {
		const body = buildJobBody(
			settings({
				validationFile: ' file-valid ',
				method: 'dpo',
				hyperparameters: { beta: '0.2', n_epochs: 2, batch_size: 'auto' },
				suffix: ' support ',
				seed: 0,
				metadata: [
					{ name: 'team', value: 'hr' },
					{ name: 'year', value: 2026 },
					{ name: '', value: '' },
				],
				wandb: { project: 'p', name: '', entity: 'e', tags: ['a', ' ', 'b'] },
			}),
			METHOD,
		);
		expect(body).toEqual({
			model: 'gpt-4.1-mini-2025-04-14',
			training_file: 'file-train',
			validation_file: 'file-valid',
			method: { type: 'dpo', dpo: { hyperparameters: { beta: 0.2, n_epochs: 2 } } },
			suffix: 'support',
			seed: 0,
			metadata: { team: 'hr', year: '2026' },
			integrations: [{ type: 'wandb', wandb: { project: 'p', entity: 'e', tags: ['a', 'b'] } }],
		});
	});

	it('puts the grader and the hyperparameters of reinforcement under its method', () => {
		const grader = { type: 'python', name: 'g', source: 'def grade(s, i): return 1' } as const;
		expect(
			buildJobBody(
				settings({ method: 'reinforcement', grader, hyperparameters: { eval_samples: 4 } }),
				METHOD,
			).method,
		).toEqual({
			type: 'reinforcement',
			reinforcement: { grader, hyperparameters: { eval_samples: 4 } },
		});
	});

	it.each([
		['topLevel', { hyperparameters: { n_epochs: 3 } }],
		[
			'both',
			{
				hyperparameters: { n_epochs: 3 },
				method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 3 } } },
			},
		],
		[
			'method',
			{ method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 3 } } } },
		],
	] as const)('places hyperparameters for a server that reads: %s', (hyperparameters, expected) => {
		const body = buildJobBody(settings({ hyperparameters: { n_epochs: '3' } }), {
			hyperparameters,
		});
		expect(body).toEqual({
			model: 'gpt-4.1-mini-2025-04-14',
			training_file: 'file-train',
			...expected,
		});
	});

	it('lets further fields win, object by object', () => {
		const body = buildJobBody(
			settings({
				hyperparameters: { n_epochs: 3 },
				extraFields: {
					trainingType: 'globalStandard',
					method: { supervised: { hyperparameters: { lora: true } } },
				},
			}),
			METHOD,
		);
		expect(body).toMatchObject({
			trainingType: 'globalStandard',
			method: {
				type: 'supervised',
				supervised: { hyperparameters: { n_epochs: 3, lora: true } },
			},
		});
	});

	it.each<[string, Partial<JobSettings>]>([
		['Base Model', { model: '  ' }],
		['Training File', { trainingFile: '' }],
		['Validation File', { validationFile: 'file-train' }],
		['Grader', { method: 'reinforcement' }],
		['Model Name Suffix', { suffix: 'x'.repeat(65) }],
		['Seed', { seed: -1 }],
		['Seed', { seed: 'abc' }],
		['Seed', { seed: 2 ** 31 }],
		['Project', { wandb: { project: ' ' } }],
		['Metadata', { metadata: [{ name: '', value: 'x' }] }],
		['Metadata', { metadata: [{ name: 'k'.repeat(65), value: 'x' }] }],
		['Metadata', { metadata: [{ name: 'k', value: 'x'.repeat(513) }] }],
		['Metadata', { metadata: Array.from({ length: 17 }, (_, i) => ({ name: `k${i}`, value: i })) }],
	])('refuses a bad %s by name', (setting, more) => {
		expect(() => buildJobBody(settings(more), METHOD)).toThrow(
			expect.objectContaining({ name: 'SettingError', setting }),
		);
	});

	it('survives hostile metadata and further fields without touching prototypes', () => {
		fc.assert(
			fc.property(
				fc.array(fc.record({ name: fc.string(), value: fc.anything() }), { maxLength: 5 }),
				fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), fc.jsonValue()),
				(metadata, extraFields) => {
					try {
						const body = buildJobBody(
							settings({
								metadata: [...metadata, { name: '__proto__', value: 'polluted' }],
								extraFields,
							}),
							METHOD,
						);
						expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
					} catch (error) {
						if (!(error instanceof SettingError || error instanceof TypeError)) throw error;
					}
					expect(({} as Record<string, unknown>).polluted).toBeUndefined();
				},
			),
		);
	});
});
