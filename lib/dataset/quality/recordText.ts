import { asText } from '../asText';
import { detectFormat } from '../examples';
import { exampleText } from '../exampleText';
import { FieldPath } from '../fieldPath';
import { isObject, own, OUTPUT_NAMES, presentName } from '../rules/view';
import type { JsonObject, JsonValue } from '../types';

/** What a record asks and what it answers, whatever shape it has. Instructions (system messages) are in neither. */
export interface RecordText {
	question: string;
	answer: string;
	/** Roles of its messages in order, instructions included; empty for a record without messages. */
	roles: string[];
}

export interface RecordFields {
	/** Field with the question of a record that is no training example. Default `question`. */
	questionField?: string;
	/** Field with its answer. Default `answer`. */
	answerField?: string;
}

const EXAMPLE_ROLES = new Set<JsonValue | undefined>([
	'system',
	'developer',
	'user',
	'assistant',
	'tool',
	'function',
]);
const ANSWER_ROLES = new Set<JsonValue | undefined>(['assistant']);
const INSTRUCTION_ROLES = new Set<JsonValue | undefined>(['system', 'developer']);
const LONGEST_ROLE = 40;

/** Reads training examples of every format, pairs of question and answer, and tickets. Never throws. */
export class RecordReader {
	private readonly questionField: FieldPath;

	private readonly answerField: FieldPath;

	constructor({ questionField, answerField }: RecordFields = {}) {
		this.questionField = new FieldPath(questionField?.trim() || 'question');
		this.answerField = new FieldPath(answerField?.trim() || 'answer');
	}

	read(record: JsonObject): RecordText {
		if (isTrainingExample(record)) return readExample(record);
		const question = textAt(this.questionField, record);
		const answer = textAt(this.answerField, record);
		return answer === '' && Array.isArray(own(record, 'messages'))
			? readTicket(record, question)
			: { question, answer, roles: [] };
	}
}

function textAt(field: FieldPath, record: object): string {
	return asText(field.read(record))?.text ?? '';
}

/** A ticket has messages too, but of requesters and agents. */
function isTrainingExample(record: JsonObject): boolean {
	const format = detectFormat(record);
	if (format === 'dpo' || format === 'completion') return true;
	const messages = own(record, 'messages');
	return (
		Array.isArray(messages) &&
		messages.some((message) => isObject(message) && EXAMPLE_ROLES.has(own(message, 'role')))
	);
}

function readExample(record: JsonObject): RecordText {
	switch (detectFormat(record)) {
		case 'completion':
			return {
				question: collected(own(record, 'prompt')),
				answer: collected(own(record, 'completion')),
				roles: [],
			};
		case 'dpo':
			return readPreference(record);
		case 'rft': {
			const { messages, ...rest } = record;
			const { question, answer, roles } = readMessages(messages);
			return { question, answer: joined([answer, exampleText(rest)]), roles };
		}
		default:
			return readMessages(own(record, 'messages'));
	}
}

function readPreference(record: JsonObject): RecordText {
	const input = own(record, 'input');
	const asked = readMessages(isObject(input) ? own(input, 'messages') : input);
	const outputs = Object.values(OUTPUT_NAMES).map((names) =>
		readMessages(own(record, presentName(record, names))),
	);
	return {
		question: joined([asked.question, asked.answer]),
		answer: joined(outputs.map(({ answer }) => answer)),
		roles: asked.roles.concat(...outputs.map(({ roles }) => roles)),
	};
}

function readMessages(messages: JsonValue | undefined): RecordText {
	const questions: string[] = [];
	const answers: string[] = [];
	const roles: string[] = [];
	for (const message of Array.isArray(messages) ? messages : []) {
		if (!isObject(message)) continue;
		const role = own(message, 'role');
		roles.push(typeof role === 'string' ? role.slice(0, LONGEST_ROLE) : '');
		if (INSTRUCTION_ROLES.has(role)) continue;
		const content = own(message, 'content');
		const isText = typeof content === 'string' && own(message, 'tool_calls') === undefined;
		(ANSWER_ROLES.has(role) ? answers : questions).push(isText ? content : exampleText(message));
	}
	return { question: joined(questions), answer: joined(answers), roles };
}

/** What was asked, and what the agents said about it in public. */
function readTicket(ticket: JsonObject, question: string): RecordText {
	const answers: string[] = [];
	const roles: string[] = [];
	for (const message of ticket.messages as JsonValue[]) {
		if (!isObject(message) || own(message, 'public') === false) continue;
		const role = own(message, 'role');
		roles.push(typeof role === 'string' ? role.slice(0, LONGEST_ROLE) : '');
		if (role === 'agent') answers.push(collected(own(message, 'text')));
	}
	answers.push(collected(own(ticket, 'resolutionText')));
	return {
		question: joined([collected(own(ticket, 'title')), question]),
		answer: joined(answers),
		roles,
	};
}

function collected(value: JsonValue | undefined): string {
	return typeof value === 'string' ? value : (asText(value)?.text ?? '');
}

function joined(parts: string[]): string {
	return parts.length === 1 ? parts[0] : parts.filter((part) => part !== '').join('\n');
}
