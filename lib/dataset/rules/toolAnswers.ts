import { child, quoted } from '../paths';
import type { JsonValue } from '../types';
import { eachMessage } from './messages';
import { WITH_MESSAGES, type MessageList, type MessageView, type Rule } from './types';
import { isObject, nameMessage, own } from './view';

/** Every call is answered by one message with the role tool, right after the message that makes the call. */
export const toolAnswerRules: Rule[] = [
	{
		code: 'duplicate_tool_call_id',
		severity: 'error',
		formats: WITH_MESSAGES,
		check({ lists }, report) {
			for (const { messages } of lists) {
				const seen = new Set<string>();
				for (const view of messages) {
					for (const { id, path } of callIds(view)) {
						if (seen.has(id)) {
							report(
								child(path, 'id'),
								`Two tool calls have the id ${quoted(id)}.`,
								'Give each call of an example an id of its own.',
							);
						}
						seen.add(id);
					}
				}
			}
		},
	},
	{
		code: 'missing_tool_call_id',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, (view) => {
				if (view.role !== 'tool') return;
				const id = own(view.message, 'tool_call_id');
				if (typeof id === 'string' && id !== '') return;
				report(
					child(view.path, 'tool_call_id'),
					`${nameMessage(view)} does not say which call it answers.`,
					'Give it the id of the call as tool_call_id.',
				);
			}),
	},
	{
		code: 'tool_call_id_not_on_tool',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, (view) => {
				if (view.role === 'tool' || !Object.hasOwn(view.message, 'tool_call_id')) return;
				report(
					child(view.path, 'tool_call_id'),
					`${nameMessage(view)} has a tool_call_id; only messages with the role tool can.`,
					'Remove it, or change the role to tool.',
				);
			}),
	},
	{
		code: 'unanswered_tool_call',
		severity: 'error',
		formats: WITH_MESSAGES,
		check({ lists }, report) {
			for (const list of lists) {
				for (const { id, path } of unanswered(list)) {
					report(
						path,
						`The tool call ${quoted(id)} is not answered by the next messages.`,
						'Put a message with the role tool and this tool_call_id right after the call.',
					);
				}
			}
		},
	},
	{
		code: 'unexpected_tool_message',
		severity: 'error',
		formats: WITH_MESSAGES,
		check({ lists }, report) {
			for (const list of lists) {
				for (const view of unexpected(list)) {
					report(
						child(view.path, 'tool_call_id'),
						`${nameMessage(view)} answers a call that the assistant has not just made, or answers it twice.`,
						'Put one message with the role tool for each call right after the message that makes it.',
					);
				}
			}
		},
	},
];

interface Call {
	id: string;
	path: string;
}

/** The calls of a message that can be answered, that is, have an id. */
function callIds(view: MessageView): Call[] {
	const calls: JsonValue | undefined = own(view.message, 'tool_calls');
	if (!Array.isArray(calls)) return [];
	const found: Call[] = [];
	calls.forEach((call, index) => {
		const id = isObject(call) ? own(call, 'id') : undefined;
		if (typeof id !== 'string') return;
		found.push({ id, path: child(child(view.path, 'tool_calls'), index) });
	});
	return found;
}

/** A call in the last message is what the model learns, and needs no answer. */
function unanswered({ messages }: MessageList): Call[] {
	const found: Call[] = [];
	let open = new Map<JsonValue | undefined, Call>();
	for (const view of messages) {
		if (view.role === 'tool') {
			open.delete(answeredId(view));
			continue;
		}
		for (const call of open.values()) found.push(call);
		open = new Map(callIds(view).map((call) => [call.id, call]));
	}
	const last = messages[messages.length - 1];
	return last?.role === 'tool' ? [...found, ...open.values()] : found;
}

function unexpected({ messages }: MessageList): MessageView[] {
	let open = new Set<JsonValue | undefined>();
	return messages.filter((view) => {
		if (view.role !== 'tool') {
			open = new Set(callIds(view).map(({ id }) => id));
			return false;
		}
		return typeof answeredId(view) === 'string' && !open.delete(answeredId(view));
	});
}

function answeredId(view: MessageView): JsonValue | undefined {
	return own(view.message, 'tool_call_id');
}
