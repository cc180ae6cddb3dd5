import { createHash } from 'crypto';
import { isObject } from './rules/view';
import type { JsonObject, JsonValue } from './types';

/** Members that are the same in every example, or say nothing about what is learnt. */
const LEFT_OUT = new Set([
	'role',
	'tools',
	'functions',
	'parallel_tool_calls',
	'weight',
	'id',
	'tool_call_id',
	'type',
	'detail',
]);
/** Roles whose messages are instructions, usually the same in every example. */
const INSTRUCTION_ROLES = new Set<JsonValue | undefined>(['system', 'developer']);

/**
 * What an example says, as one text: all messages but the instructions, tool calls, outputs of a preference pair,
 * prompt and completion, a grader's keys. For comparing examples, not for reading.
 */
export function exampleText(example: JsonObject): string {
	const parts: string[] = [];
	collect(example, parts);
	return parts.join('\n');
}

function collect(value: JsonValue, parts: string[]): void {
	if (typeof value === 'string') parts.push(value.startsWith('data:') ? fingerprint(value) : value);
	else if (Array.isArray(value)) value.forEach((item) => collect(item, parts));
	else if (isObject(value)) {
		if (INSTRUCTION_ROLES.has(value.role)) return;
		for (const [name, member] of Object.entries(value))
			if (!LEFT_OUT.has(name)) collect(member, parts);
	} else if (value !== null) parts.push(String(value));
}

/** Stands for an image: megabytes of base64 would drown the words around it. */
function fingerprint(dataUrl: string): string {
	return createHash('sha256').update(dataUrl).digest('hex');
}
