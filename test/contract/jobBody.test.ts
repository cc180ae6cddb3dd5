import fc from 'fast-check';

import { graderFromForm } from '../../lib/openai/graderForm';
import { HYPERPARAMETER_RULES, type FineTuningMethod } from '../../lib/openai/hyperparameters';
import { buildJobBody, type JobSettings } from '../../lib/openai/jobBody';
import { SettingError } from '../../lib/openai/settingError';

import { Specification } from './specification';

const specification = Specification.load();
const itWithSpecification = specification ? it : it.skip;

const methods = fc.constantFrom<FineTuningMethod[]>('supervised', 'dpo', 'reinforcement');
const number = fc.oneof(
	fc.integer({ min: -1, max: 300 }),
	fc.double({ min: 0, max: 12, noNaN: true }),
	fc.constantFrom('auto', '', 'low', '3', '0.5', 'x'),
);
const settings = methods.chain((method) =>
	fc.record({
		model: fc.string({ maxLength: 20 }),
		trainingFile: fc.constantFrom('file-1', 'file-2'),
		validationFile: fc.constantFrom('', 'file-2'),
		method: fc.constant(method),
		hyperparameters: fc.dictionary(
			fc.constantFrom(...Object.keys(HYPERPARAMETER_RULES[method])),
			number,
			{ maxKeys: 3 },
		),
		grader: fc.constant(
			graderFromForm({
				type: 'string_check',
				input: '{{sample.output_text}}',
				reference: '{{item.a}}',
				operation: 'eq',
			}),
		),
		suffix: fc.string({ maxLength: 70 }),
		seed: fc.option(fc.integer({ min: -5, max: 2 ** 31 }), { nil: undefined }),
		metadata: fc.array(fc.record({ name: fc.string(), value: fc.anything() }), { maxLength: 18 }),
		wandb: fc.option(fc.record({ project: fc.string(), tags: fc.array(fc.string()) }), {
			nil: undefined,
		}),
	}),
);

describe('buildJobBody', () => {
	itWithSpecification('builds only what the specification allows, whatever is entered', () => {
		let built = 0;
		fc.assert(
			fc.property(settings, (given) => {
				let body: unknown;
				try {
					body = JSON.parse(
						JSON.stringify(buildJobBody(given as JobSettings, { hyperparameters: 'method' })),
					);
				} catch (error) {
					if (error instanceof SettingError || error instanceof TypeError) return;
					throw error;
				}
				built++;
				expect(specification!.requestMisfits('POST', '/fine_tuning/jobs', body)).toEqual([]);
			}),
			{ numRuns: 2_000 },
		);
		// Otherwise the property would hold for want of bodies.
		expect(built).toBeGreaterThan(100);
	});
});
