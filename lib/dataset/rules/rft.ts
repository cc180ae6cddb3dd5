import { child } from '../paths';
import { EXAMPLE_SETTINGS } from './structure';
import { RFT, type Rule } from './types';
import { nameMessage } from './view';

/** Reinforcement examples, https://developers.openai.com/api/docs/guides/reinforcement-fine-tuning. */
export const rftRules: Rule[] = [
	{
		code: 'last_message_not_user',
		severity: 'error',
		formats: RFT,
		check({ lists: [{ messages }] }, report) {
			const last = messages[messages.length - 1];
			if (!last || last.role === 'user') return;
			report(
				child(last.path, 'role'),
				`${nameMessage(last)} is the last one; a reinforcement example ends with the user.`,
				'Remove the answer, and give it to the grader under a key of its own, e.g. “reference_answer”.',
			);
		},
	},
	{
		code: 'system_in_reinforcement',
		severity: 'error',
		formats: RFT,
		check({ lists: [{ messages }] }, report) {
			for (const view of messages) {
				if (view.role !== 'system') continue;
				report(
					child(view.path, 'role'),
					`${nameMessage(view)}: reasoning models take instructions from the role developer.`,
					'Write “developer” instead of “system”.',
				);
			}
		},
	},
	{
		code: 'no_reference',
		severity: 'warning',
		formats: RFT,
		check({ value }, report) {
			const known = ['messages', ...EXAMPLE_SETTINGS];
			if (Object.keys(value).some((key) => !known.includes(key))) return;
			report(
				'',
				'There is nothing beside the messages, so a grader has nothing to compare an answer with.',
				'Add a key such as “reference_answer”; graders read it as {{item.reference_answer}}.',
			);
		},
	},
];
