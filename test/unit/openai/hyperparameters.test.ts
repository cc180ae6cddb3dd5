import fc from 'fast-check';

import { HYPERPARAMETER_RULES, readHyperparameters } from '../../../lib/openai/hyperparameters';
import { SettingError } from '../../../lib/openai/settingError';

describe('readHyperparameters', () => {
	it('leaves out what is automatic and reads numbers from text', () => {
		expect(
			readHyperparameters('supervised', {
				n_epochs: ' 3 ',
				batch_size: 'auto',
				learning_rate_multiplier: '',
			}),
		).toEqual({ n_epochs: 3 });
		expect(readHyperparameters('dpo', { beta: 0.1, n_epochs: null })).toEqual({ beta: 0.1 });
		expect(readHyperparameters('reinforcement', { reasoning_effort: 'High' })).toEqual({
			reasoning_effort: 'high',
		});
	});

	it.each([
		['supervised', 'n_epochs', 0],
		['supervised', 'n_epochs', 51],
		['supervised', 'n_epochs', 2.5],
		['supervised', 'n_epochs', 'three'],
		['supervised', 'n_epochs', [3]],
		['supervised', 'n_epochs', true],
		['supervised', 'batch_size', 257],
		['supervised', 'learning_rate_multiplier', 0],
		['supervised', 'learning_rate_multiplier', Infinity],
		['supervised', 'beta', 0.1],
		['supervised', '__proto__', 1],
		['dpo', 'beta', 2.1],
		['reinforcement', 'compute_multiplier', 0.00001],
		['reinforcement', 'eval_interval', 0],
		['reinforcement', 'reasoning_effort', 'extreme'],
	] as const)('refuses %s %s = %p with a fix', (method, name, value) => {
		const entered = Object.fromEntries([[name, value]]);
		const attempt = () => readHyperparameters(method, entered);
		expect(attempt).toThrow(SettingError);
		try {
			attempt();
		} catch (error) {
			expect((error as SettingError).description).toMatch(/\.$/);
		}
	});

	it('sends only values that OpenAI documents, whatever is entered', () => {
		const names = fc.constantFrom(...Object.keys(HYPERPARAMETER_RULES.supervised));
		fc.assert(
			fc.property(fc.dictionary(names, fc.anything()), (entered) => {
				let sent: Record<string, number | string>;
				try {
					sent = readHyperparameters('supervised', entered);
				} catch (error) {
					expect(error).toBeInstanceOf(SettingError);
					return;
				}
				const { n_epochs, batch_size, learning_rate_multiplier } = sent;
				if (n_epochs !== undefined) expect(isWhole(n_epochs, 50)).toBe(true);
				if (batch_size !== undefined) expect(isWhole(batch_size, 256)).toBe(true);
				if (learning_rate_multiplier !== undefined)
					expect(learning_rate_multiplier).toBeGreaterThan(0);
			}),
		);
	});
});

function isWhole(value: unknown, max: number): boolean {
	return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= max;
}
