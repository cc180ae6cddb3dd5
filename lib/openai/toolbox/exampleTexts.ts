/** What is said in one training example, and where. */
import { nestingFault } from '../../dataset/depth';
import { isPlainObject } from '../chat/json';

/** A text of an example, and where it stands: role of the message, or name of the member. */
export interface Said {
	where: string;
	text: string;
}

/** The example on a line; undefined when the line is no JSON object. */
export function parseExample(text: string): Record<string, unknown> | undefined {
	if (nestingFault(text)) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return isPlainObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The texts of an example of any training format: messages, tool calls, preferred outputs, prompt and completion.
 *
 * @param roles - only these roles of messages; all when empty.
 */
export function textsOfExample(
	example: Record<string, unknown>,
	roles: ReadonlySet<string>,
): { said: Said[]; images: number } {
	const reader = new ExampleReader(roles);
	reader.addMessages(example.messages);
	if (isPlainObject(example.input)) reader.addMessages(example.input.messages);
	for (const name of OUTPUTS) reader.addMessages(example[name], `${name} `);
	for (const name of MEMBERS) reader.add(name, example[name]);
	return reader;
}

const OUTPUTS = [
	'preferred_output',
	'non_preferred_output',
	'preferred_completion',
	'non_preferred_completion',
];
/** Of prompt and completion, of preference pairs elsewhere, and those that graders usually compare with. */
const MEMBERS = [
	'prompt',
	'completion',
	'chosen',
	'rejected',
	'text',
	'question',
	'answer',
	'reference_answer',
];

class ExampleReader {
	said: Said[] = [];

	images = 0;

	constructor(private readonly roles: ReadonlySet<string>) {}

	add(where: string, value: unknown): void {
		if (typeof value === 'string' && value.trim() !== '') this.said.push({ where, text: value });
	}

	addMessages(messages: unknown, within = ''): void {
		for (const message of Array.isArray(messages) ? messages : []) {
			if (!isPlainObject(message)) continue;
			const role = String(message.role ?? 'message').slice(0, 40);
			if (this.roles.size > 0 && !this.roles.has(role)) continue;
			this.addContent(within + role, message.content);
			for (const text of argumentsIn(message)) this.add(`${within}${role} tool call`, text);
		}
	}

	private addContent(where: string, content: unknown): void {
		if (!Array.isArray(content)) {
			this.add(where, content);
			return;
		}
		for (const part of content.filter(isPlainObject)) {
			if (part.type === 'image_url') this.images++;
			this.add(where, part.text ?? part.refusal);
		}
	}
}

function argumentsIn(message: Record<string, unknown>): unknown[] {
	const calls: unknown[] = Array.isArray(message.tool_calls) ? message.tool_calls : [];
	return [...calls.filter(isPlainObject).map((call) => call.function), message.function_call]
		.filter(isPlainObject)
		.map((one) => one.arguments)
		.filter((text) => text !== '{}');
}
