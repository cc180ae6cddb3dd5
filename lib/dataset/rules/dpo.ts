import { child } from '../paths';
import { EXAMPLE_SETTINGS, reportUnknownKeys } from './structure';
import { DPO, type ExampleView, type MessageList, type Rule } from './types';
import { isObject, nameMessage, nameType, OUTPUT_NAMES, own } from './view';

/** Preference pairs, https://developers.openai.com/api/docs/guides/direct-preference-optimization. */
export const dpoRules: Rule[] = [
	{
		code: 'unknown_key',
		severity: 'error',
		formats: DPO,
		check({ value, settings }, report) {
			const names = Object.values(OUTPUT_NAMES).flat();
			reportUnknownKeys(value, ['input', ...names], '', report);
			reportUnknownKeys(settings, ['messages', ...EXAMPLE_SETTINGS], 'input', report);
		},
	},
	{
		code: 'invalid_input',
		severity: 'error',
		formats: DPO,
		check({ value }, report) {
			const input = own(value, 'input');
			if (isObject(input)) return;
			report(
				'input',
				`“input” is ${nameType(input)}${input === undefined ? '' : ', not an object'}.`,
				'Write {"input": {"messages": […]}, "preferred_output": […], "non_preferred_output": […]}.',
			);
		},
	},
	{
		code: 'output_given_twice',
		severity: 'error',
		formats: DPO,
		check({ value }, report) {
			for (const [name, alias] of Object.values(OUTPUT_NAMES)) {
				if (!Object.hasOwn(value, name) || !Object.hasOwn(value, alias)) continue;
				report(
					alias,
					`Both “${name}” and its old name “${alias}” are there.`,
					`Remove “${alias}”.`,
				);
			}
		},
	},
	{
		code: 'old_output_name',
		severity: 'warning',
		formats: DPO,
		check({ value }, report) {
			for (const [name, alias] of Object.values(OUTPUT_NAMES)) {
				if (!Object.hasOwn(value, alias) || Object.hasOwn(value, name)) continue;
				report(alias, `“${alias}” is an old name of “${name}”.`, `Rename it to “${name}”.`);
			}
		},
	},
	{
		code: 'input_ends_with_assistant',
		severity: 'error',
		formats: DPO,
		check({ lists: [input] }, report) {
			const last = input.messages[input.messages.length - 1];
			if (last?.role !== 'assistant') return;
			report(
				child(last.path, 'role'),
				'The input ends with an answer; the two outputs are the answers to compare.',
				'Remove the answer from the input.',
			);
		},
	},
	{
		code: 'invalid_output',
		severity: 'error',
		formats: DPO,
		check: (example, report) =>
			eachOutput(example, (output) => {
				const stranger = output.messages.find(
					({ role }) => role !== 'assistant' && role !== 'tool',
				);
				const last = output.messages[output.messages.length - 1];
				const wrong = stranger ?? (last?.role === 'assistant' ? undefined : last);
				if (!wrong) return;
				report(
					child(wrong.path, 'role'),
					`${nameMessage(wrong)} of “${output.path}” is not an answer of the assistant.`,
					'Give the output one message with the role assistant.',
				);
			}),
	},
	{
		code: 'several_output_messages',
		severity: 'warning',
		formats: DPO,
		check: (example, report) =>
			eachOutput(example, (output) => {
				if (output.messages.length < 2) return;
				report(
					output.path,
					`“${output.path}” has ${output.messages.length} messages; only the last answer is compared.`,
					'Move what comes before the last answer to the input.',
				);
			}),
	},
	{
		code: 'same_outputs',
		severity: 'warning',
		formats: DPO,
		check({ lists: [, preferred, other] }, report) {
			if (preferred.messages.length === 0) return;
			if (JSON.stringify(preferred.raw) !== JSON.stringify(other.raw)) return;
			report(
				preferred.path,
				'The preferred and the other output are the same, so there is nothing to prefer.',
				'Remove the line, or correct one of the outputs.',
			);
		},
	},
];

function eachOutput({ lists }: ExampleView, look: (output: MessageList) => void): void {
	lists.filter(({ purpose }) => purpose === 'output').forEach(look);
}
