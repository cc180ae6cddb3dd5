import { MAX_CONTAINERS } from './depth';
import { maskedExcerpt } from './excerpt';
import { MAX_DEPTH, scanJson, type JsonFault, type JsonFaultKind } from './jsonScan';
import type { Finding } from './types';

type Explanation = [message: string, fix: string];

const EXPLANATIONS: Record<Exclude<JsonFaultKind, 'too_deep'>, Explanation> = {
	truncated: [
		'the line stops before its JSON object is complete',
		'Write the whole object on one line, or check whether the file was cut off while it was written.',
	],
	trailing_comma: [
		'there is a comma before a closing bracket',
		'Remove the comma (the Repair operation does).',
	],
	not_a_number: [
		'NaN and Infinity are not JSON',
		'Use null or a number; in Python, json.dumps(…, allow_nan=False) finds them.',
	],
	python_literal: [
		'None, True, False and undefined are not JSON',
		'Write null, true or false; in Python, use json.dumps and not str or repr.',
	],
	single_quotes: [
		'JSON needs double quotes (") around keys and texts',
		'Replace the single quotes; in Python, use json.dumps and not str or repr.',
	],
	smart_quotes: [
		'there are typographic quotes (“ ”) where JSON needs straight ones (")',
		'Run the Repair operation; a word processor has changed the quotes.',
	],
	unquoted_key: ['a key has no double quotes around it', 'Write the key in double quotes.'],
	byte_order_mark: [
		'there is a byte order mark (U+FEFF) in the middle of the file',
		'Run the Repair operation; two files that each began with a mark were put together.',
	],
	comment: ['there is a comment, which JSON does not allow', 'Remove the comment.'],
	control_character: [
		'a text holds a raw control character such as a tab',
		'Write it as an escape (\\t for a tab, \\n for a line break).',
	],
	bad_escape: [
		'there is a backslash that does not begin a JSON escape',
		'Write a backslash in a text as two backslashes.',
	],
	two_values: [
		'something follows after the end of the JSON object',
		'Put each object on a line of its own, with nothing between the lines.',
	],
	missing_comma: ['a comma is missing between two parts', 'Put a comma between the two.'],
	missing_colon: ['a colon is missing after a key', 'Put a colon between the key and its value.'],
	unexpected: ['this is not JSON', 'Compare the line with one that works.'],
};

/** What to say about a text that `JSON.parse` refuses: why, at which column, and a masked excerpt. */
export function explainFault(text: string, line?: number): Finding {
	const { kind, at }: JsonFault = scanJson(text).fault ?? { kind: 'unexpected', at: 0 };
	if (kind === 'too_deep') return nestingFinding(kind, line);
	const [message, fix] = EXPLANATIONS[kind];
	const place = line === undefined ? `Column ${at + 1}` : `Line ${line}, column ${at + 1}`;
	return {
		severity: 'error',
		code: `json_${kind}`,
		line,
		message: `${place}: ${message}. Near: ${maskedExcerpt(text, at)}`,
		fix,
	};
}

export function nestingFinding(code: 'too_deep' | 'too_many_values', line?: number): Finding {
	const message =
		code === 'too_deep'
			? `Objects and lists are nested more than ${MAX_DEPTH} levels deep.`
			: `The line holds more than ${MAX_CONTAINERS.toLocaleString('en')} objects and lists.`;
	return {
		severity: 'error',
		code,
		line,
		message,
		fix: 'Check how the line was made; no training format needs this.',
	};
}
