import { child, quoted } from '../paths';
import type { JsonValue } from '../types';
import { eachMessage } from './messages';
import { reportUnknownKeys } from './structure';
import { WITH_MESSAGES, type ExampleView, type MessageView, type Report, type Rule } from './types';
import { isObject, nameMessage, nameType, own } from './view';

/** Which kinds of content parts a role may use, https://developers.openai.com/api/docs/api-reference/chat. */
const PARTS_BY_ROLE = new Map<unknown, readonly string[]>([
	['user', ['text', 'image_url']],
	['assistant', ['text', 'refusal']],
]);
const TEXT_ONLY = ['text'];
const PART_TYPES = ['text', 'image_url', 'refusal'];

export const contentRules: Rule[] = [
	{
		code: 'missing_content',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, (view) => {
				const content = own(view.message, 'content');
				if (content !== undefined && content !== null) return;
				if (view.role === 'function' && content === null) return;
				if (view.role === 'assistant' && saysSomethingElse(view)) return;
				const state = content === null ? 'has null for content' : 'has no content';
				report(child(view.path, 'content'), `${nameMessage(view)} ${state}.`, fixFor(view));
			}),
	},
	{
		code: 'invalid_content',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, (view) => {
				const content = own(view.message, 'content');
				if (content === undefined || content === null) return;
				if (typeof content === 'string' || Array.isArray(content)) return;
				report(
					child(view.path, 'content'),
					`The content of ${nameMessage(view)} is ${nameType(content)}; it must be text, or a list of text and image parts.`,
					'Write it as text in double quotes.',
				);
			}),
	},
	{
		code: 'empty_content',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, (view) => {
				if (isResult(view) || (view.role === 'assistant' && saysSomethingElse(view))) return;
				const content = own(view.message, 'content');
				if (content !== '' && !(Array.isArray(content) && content.length === 0)) return;
				report(
					child(view.path, 'content'),
					`The content of ${nameMessage(view)} is empty.`,
					fixFor(view),
				);
			}),
	},
	{
		code: 'blank_content',
		severity: 'warning',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, (view) => {
				const content = own(view.message, 'content');
				if (typeof content !== 'string' || content === '' || content.trim() !== '') return;
				report(
					child(view.path, 'content'),
					`The content of ${nameMessage(view)} is nothing but spaces and line breaks.`,
					fixFor(view),
				);
			}),
	},
	{
		code: 'empty_tool_result',
		severity: 'warning',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, (view) => {
				if (!isResult(view) || own(view.message, 'content') !== '') return;
				report(
					child(view.path, 'content'),
					`${nameMessage(view)} returns an empty result.`,
					'Say in words what came back, e.g. “no rows found”.',
				);
			}),
	},
	{
		code: 'invalid_content_part',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachPart(example, ({ part, path, view }) => checkPart(part, path, view, report)),
	},
	{
		code: 'unknown_content_part_key',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachPart(example, ({ part, path }) => {
				const type = isObject(part) ? own(part, 'type') : undefined;
				if (!isObject(part) || !PART_TYPES.includes(String(type))) return;
				reportUnknownKeys(part, ['type', String(type)], path, report);
			}),
	},
];

interface PartView {
	part: JsonValue;
	path: string;
	view: MessageView;
}

/** Each element of each content that is a list. */
export function eachPart(example: ExampleView, look: (part: PartView) => void): void {
	eachMessage(example, (view) => {
		const content = own(view.message, 'content');
		if (!Array.isArray(content)) return;
		const path = child(view.path, 'content');
		content.forEach((part, index) => look({ part, path: child(path, index), view }));
	});
}

function checkPart(part: JsonValue, path: string, view: MessageView, report: Report): void {
	if (!isObject(part)) {
		report(
			path,
			`A part of the content of ${nameMessage(view)} is ${nameType(part)}, not an object.`,
			'Write each part as {"type": "text", "text": …}.',
		);
		return;
	}
	const type = own(part, 'type');
	const allowed = PARTS_BY_ROLE.get(view.role) ?? TEXT_ONLY;
	if (type === 'image_url' && view.role !== 'user') return; // The image rules say it better.
	if (typeof type !== 'string' || !allowed.includes(type)) {
		const name = typeof type === 'string' ? quoted(type) : nameType(type);
		report(
			child(path, 'type'),
			`A part of the content of ${nameMessage(view)} has the type ${name}; allowed here: ${allowed.join(', ')}.`,
			'Audio and files cannot be trained on; write their text as a text part.',
		);
		return;
	}
	if (type === 'image_url') return;
	const text = own(part, type);
	if (typeof text === 'string' && text !== '') return;
	report(
		child(path, type),
		`A ${type} part of ${nameMessage(view)} has no text.`,
		'Fill in its text, or remove the part.',
	);
}

function saysSomethingElse({ message }: MessageView): boolean {
	return ['tool_calls', 'function_call', 'refusal'].some((key) => {
		const value = own(message, key);
		return value !== undefined && value !== null && value !== '';
	});
}

function isResult({ role }: MessageView): boolean {
	return role === 'tool' || role === 'function';
}

function fixFor({ role }: MessageView): string {
	if (role === 'assistant')
		return 'Fill in the answer (only a message with tool_calls may go without), or remove the line.';
	return 'Fill in the text, or remove the message.';
}
