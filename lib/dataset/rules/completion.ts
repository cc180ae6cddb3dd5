import { reportUnknownKeys } from './structure';
import { COMPLETION, type Rule } from './types';
import { nameType, own } from './view';

/** The legacy pair of texts; no chat model learns from it, base models of compatible servers do. */
export const completionRules: Rule[] = [
	{
		code: 'unknown_key',
		severity: 'error',
		formats: COMPLETION,
		check: ({ value }, report) => reportUnknownKeys(value, ['prompt', 'completion'], '', report),
	},
	{
		code: 'invalid_pair',
		severity: 'error',
		formats: COMPLETION,
		check({ value }, report) {
			for (const key of ['prompt', 'completion']) {
				const text = own(value, key);
				if (typeof text === 'string') continue;
				const state = nameType(text);
				report(key, `“${key}” is ${state}; it must be text.`, 'Write it as text in double quotes.');
			}
		},
	},
	{
		code: 'empty_completion',
		severity: 'error',
		formats: COMPLETION,
		check({ value }, report) {
			const completion = own(value, 'completion');
			if (typeof completion !== 'string' || completion.trim() !== '') return;
			report('completion', 'The completion is empty.', 'Fill it in, or remove the line.');
		},
	},
];
