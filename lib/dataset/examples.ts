import { characterFindings } from './characters';
import { nestingFault } from './depth';
import { explainFault, nestingFinding } from './jsonFaults';
import { scanJson } from './jsonScan';
import { mirrors } from './mirror';
import { isPlainLine } from './plainLine';
import type { DatasetFormat, Example, Finding, JsonObject, JsonValue } from './types';

export interface ParsedLine {
	/** The line's object, also when there are findings about it; missing when the line is not a JSON object. */
	value?: JsonObject;
	findings: readonly Finding[];
	/** The value is a chat example that no rule objects to. */
	isPlain?: boolean;
}

/** Shared by all lines that are fine. */
const NO_FINDINGS: readonly Finding[] = Object.freeze([]);

/**
 * One line of a JSONL file as an object. Finds what `JSON.parse` lets pass: keys given twice, numbers that
 * lose digits, half emoji (lone surrogates), NUL characters, nesting beyond 64 levels. Never throws.
 *
 * @param line 1-based number of the line, for the findings
 */
export function parseLine(text: string, line?: number): ParsedLine {
	const nesting = nestingFault(text);
	if (nesting) return { findings: [nestingFinding(nesting, line)] };
	let value: JsonValue;
	try {
		value = JSON.parse(text) as JsonValue;
	} catch {
		return { findings: [explainFault(text, line)] };
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return { findings: [notAnObject(value, line)] };
	}
	if (isPlainLine(text, value)) return { value, findings: NO_FINDINGS, isPlain: true };
	const findings = mirrors(text, value) ? [] : textFindings(text, line);
	if (findings.some(({ code }) => code === 'too_deep')) return { findings };
	// Lone surrogates and NUL have no other way in.
	if (text.includes('\\u')) findings.push(...characterFindings(value, line));
	return { value, findings };
}

/**
 * The line of an example: JSON without a line feed in it, and without the raw U+2028 and U+2029 that some
 * readers take for line ends. A lone surrogate stays the escape it must be, so nothing is changed silently.
 *
 * @throws TypeError for values that JSON cannot hold (BigInt, cycles)
 */
export function toLine(example: Example | JsonObject): string {
	const line = JSON.stringify(example);
	if (!line.includes('\u2028') && !line.includes('\u2029')) return line;
	return line.replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
}

/**
 * Which kind of example an object is, by its keys; undefined for none of them.
 * Reinforcement examples look like chat, but end with the user and carry keys for the grader.
 */
export function detectFormat(value: JsonValue | undefined): DatasetFormat | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
	if (Object.hasOwn(value, 'messages')) return isReinforcement(value) ? 'rft' : 'chat';
	if (Object.hasOwn(value, 'input') && PREFERENCE_KEYS.some((key) => Object.hasOwn(value, key))) {
		return 'dpo';
	}
	const isPair = Object.hasOwn(value, 'prompt') && Object.hasOwn(value, 'completion');
	return isPair ? 'completion' : undefined;
}

const PREFERENCE_KEYS = [
	'preferred_output',
	'non_preferred_output',
	'preferred_completion',
	'non_preferred_completion',
];

const CHAT_KEYS = new Set([
	'messages',
	'tools',
	'parallel_tool_calls',
	'functions',
	'function_call',
]);

function isReinforcement(value: JsonObject): boolean {
	if (Object.keys(value).every((key) => CHAT_KEYS.has(key))) return false;
	const { messages } = value;
	const last = Array.isArray(messages) ? messages[messages.length - 1] : undefined;
	return typeof last === 'object' && last !== null && !Array.isArray(last) && last.role === 'user';
}

function notAnObject(value: JsonValue, line?: number): Finding {
	const what = Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
	return {
		severity: 'error',
		code: 'not_an_object',
		line,
		message: `The line is ${what}; every line must be one JSON object in curly brackets.`,
		fix: Array.isArray(value)
			? 'Put each element of the list on a line of its own (the Repair operation does).'
			: 'Remove the line, or write it as an example, e.g. {"messages": […]}.',
	};
}

function textFindings(text: string, line?: number): Finding[] {
	const { fault, duplicateKeys, inexactNumbers } = scanJson(text);
	return [
		...(fault?.kind === 'too_deep' ? [nestingFinding('too_deep', line)] : []),
		...duplicateKeys.map(({ path }): Finding => ({
			severity: 'error',
			code: 'duplicate_key',
			line,
			path,
			message: `The key ${path} is there twice in the same object; only the last one would be used.`,
			fix: 'Remove or rename one of the two.',
		})),
		...inexactNumbers.map(({ path }): Finding => ({
			severity: 'warning',
			code: 'inexact_number',
			line,
			path,
			message: `The number at ${path} has more digits, or is larger, than a JSON number keeps.`,
			fix: 'Put the number in quotes if it is an identifier.',
		})),
	];
}
