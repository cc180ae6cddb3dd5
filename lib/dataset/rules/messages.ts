import { child, quoted } from '../paths';
import { suggest } from '../suggest';
import { reportUnknownKeys } from './structure';
import { CHAT, WITH_MESSAGES, type ExampleView, type MessageView, type Rule } from './types';
import { nameMessage, nameType, own } from './view';

export const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'] as const;

/** Names of participants, functions and tools: the API's pattern for all three. */
export const NAME_PATTERN = /^[a-zA-Z0-9_-]{1,64}$/;

const COMMON_KEYS = ['role', 'content', 'name'];
/** Keys of one role only; other rules say where they belong. */
const RULED_KEYS = ['weight', 'tool_calls', 'function_call', 'tool_call_id'];
const ASSISTANT_KEYS = [...COMMON_KEYS, ...RULED_KEYS, 'refusal'];
const OTHER_KEYS = [...COMMON_KEYS, ...RULED_KEYS];

/** Role, keys, name and weight of each message. */
export const messageRules: Rule[] = [
	{
		code: 'missing_role',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, ({ path, index, role }) => {
				if (typeof role === 'string') return;
				const state = role === undefined ? 'has no role' : `has a role that is ${nameType(role)}`;
				report(
					child(path, 'role'),
					`Message ${index + 1} ${state}.`,
					'Say who speaks: system, user or assistant.',
				);
			}),
	},
	{
		code: 'unknown_role',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, ({ path, index, role }) => {
				if (typeof role !== 'string' || isRole(role)) return;
				const meant = FOREIGN_ROLES.get(role.toLowerCase()) ?? suggest(role, ROLES);
				report(
					child(path, 'role'),
					`Message ${index + 1} has the role ${quoted(role)}; roles are ${ROLES.join(', ')}.`,
					meant ? `Write “${meant}” instead.` : 'Use one of these roles.',
				);
			}),
	},
	{
		code: 'unknown_message_key',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, ({ path, message, role }) => {
				const known = role === 'assistant' ? ASSISTANT_KEYS : OTHER_KEYS;
				reportUnknownKeys(message, known, path, report);
			}),
	},
	{
		code: 'invalid_name',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, (view) => {
				const name = own(view.message, 'name');
				if (name === undefined && view.role !== 'function') return;
				if (typeof name === 'string' && NAME_PATTERN.test(name)) return;
				report(
					child(view.path, 'name'),
					`${nameMessage(view)} has a “name” the server refuses; names are 1 to 64 letters, digits, _ or -.`,
					'Replace spaces and accents in the name, or leave it out.',
				);
			}),
	},
	{
		code: 'invalid_weight',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, (view) => {
				const weight = own(view.message, 'weight');
				if (weight === undefined || weight === 0 || weight === 1) return;
				report(
					child(view.path, 'weight'),
					`${nameMessage(view)} has a weight other than 0 and 1.`,
					'Write 0 (do not train on this answer) or 1 (train on it), without quotes.',
				);
			}),
	},
	{
		code: 'weight_not_on_assistant',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, (view) => {
				if (!Object.hasOwn(view.message, 'weight') || view.role === 'assistant') return;
				report(
					child(view.path, 'weight'),
					`${nameMessage(view)} has a weight; only answers of the assistant can have one.`,
					'Remove the weight.',
				);
			}),
	},
	{
		code: 'all_weights_zero',
		severity: 'error',
		formats: CHAT,
		check({ lists }, report) {
			const [{ path, messages }] = lists;
			const answers = messages.filter(({ role }) => role === 'assistant');
			if (answers.length === 0 || answers.some(({ message }) => own(message, 'weight') !== 0))
				return;
			report(
				path,
				'Every answer has weight 0, so there is nothing to learn from this example.',
				'Give at least one answer weight 1, or leave the weights out.',
			);
		},
	},
];

/** Roles of other tools and vendors. */
const FOREIGN_ROLES = new Map([
	['human', 'user'],
	['customer', 'user'],
	['requester', 'user'],
	['client', 'user'],
	['question', 'user'],
	['gpt', 'assistant'],
	['bot', 'assistant'],
	['ai', 'assistant'],
	['agent', 'assistant'],
	['model', 'assistant'],
	['answer', 'assistant'],
	['observation', 'tool'],
]);

export function eachMessage({ lists }: ExampleView, look: (message: MessageView) => void): void {
	for (const { messages } of lists) messages.forEach(look);
}

function isRole(role: string): boolean {
	return (ROLES as readonly string[]).includes(role);
}
