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
				let sent: ReturnType<typeof readHyperparameters>;
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

describe('with the rules of another server', () => {
	const RULES = {
		lora: { label: 'LoRA', kind: 'flag' },
		dropout: { label: 'Dropout', kind: 'share' },
		optimizer: { label: 'Optimizer', kind: 'text' },
	} as const;
	const read = (entered: Record<string, unknown>) =>
		readHyperparameters('supervised', entered, RULES, 'Lab');

	it('sends flags, shares and texts', () => {
		expect(read({ lora: 'TRUE', dropout: '0', optimizer: ' adamw ' })).toEqual({
			lora: true,
			dropout: 0,
			optimizer: 'adamw',
		});
		expect(read({ lora: false, dropout: 1, optimizer: '' })).toEqual({ lora: false, dropout: 1 });
	});

	it.each([
		[{ lora: 'yes' }, '\'LoRA\' cannot be "yes"', 'true or false'],
		[{ dropout: 1.1 }, '\'Dropout\' cannot be "1.1"', 'a number from 0 to 1'],
		[{ dropout: -0.1 }, "'Dropout' cannot be", 'a number from 0 to 1'],
		[{ optimizer: {} }, "'Optimizer' cannot be", 'a text'],
		[{ n_epochs: 3 }, "'n_epochs' is not a hyperparameter of the supervised method at Lab", 'lora'],
	])('refuses %j', (entered, message, description) => {
		expect(() => read(entered)).toThrow(
			expect.objectContaining({
				message: expect.stringContaining(message),
				description: expect.stringContaining(description),
			}),
		);
	});
});
