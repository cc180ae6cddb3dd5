import { detectFormat } from './examples';
import type { DatasetFormat, Finding, JsonObject } from './types';

export const FORMAT_NAMES: Record<DatasetFormat, string> = {
	chat: 'chat',
	dpo: 'preference pairs (DPO)',
	rft: 'reinforcement (RFT)',
	completion: 'prompt/completion',
};

/** Keys by which the formats of others are known, the most telling ones first. */
const FOREIGN: ReadonlyArray<[keys: string[], name: string]> = [
	[['custom_id', 'body'], 'a request of the Batch API'],
	[['conversations'], 'the ShareGPT format'],
	[['instruction', 'output'], 'the Alpaca format'],
	[['instruction', 'response'], 'the Dolly format'],
	[['chosen', 'rejected'], 'the preference format of TRL'],
	[['contents'], 'the format of Gemini'],
	[['question', 'answer'], 'a question and its answer'],
	[['text'], 'plain text for continued training'],
];

/** What is wrong with the format of an example; undefined when it can be checked as `expected`. */
export function formatFinding(
	value: JsonObject,
	expected: DatasetFormat | undefined,
	isChosen: boolean,
	line?: number,
): Finding | undefined {
	const detected = detectFormat(value);
	const place = line === undefined ? {} : { line };
	if (expected !== undefined && shareShape(detected, expected)) return undefined;
	if (detected === undefined) {
		// With a chosen format the rules say which of its keys is missing.
		if (isChosen && foreignName(value) === undefined) return undefined;
		return { ...place, ...unknownFormat(value) };
	}
	if (expected === undefined) return undefined;
	return {
		...place,
		severity: 'error',
		code: isChosen ? 'unexpected_format' : 'mixed_formats',
		message: isChosen
			? `The example is ${FORMAT_NAMES[detected]}; ${FORMAT_NAMES[expected]} was asked for.`
			: `The example is ${FORMAT_NAMES[detected]}, but the file began with ${FORMAT_NAMES[expected]}.`,
		fix: isChosen
			? 'Choose the format of the file, or convert the file.'
			: 'Put examples of different formats into different files.',
	};
}

/** Chat and reinforcement examples differ only in how they end. */
function shareShape(a: DatasetFormat | undefined, b: DatasetFormat): boolean {
	const withMessages = ['chat', 'rft'];
	return a === b || (a !== undefined && withMessages.includes(a) && withMessages.includes(b));
}

function unknownFormat(value: JsonObject): Finding {
	const name = foreignName(value);
	if (name === undefined) {
		return {
			severity: 'error',
			code: 'unknown_format',
			message: 'The example has neither messages nor any other key that training data is known by.',
			fix: 'Write it as {"messages": [{"role": "user", "content": …}, {"role": "assistant", "content": …}]}.',
		};
	}
	return {
		severity: 'error',
		code: 'foreign_format',
		message: `The example is in ${name}, which OpenAI does not accept for training.`,
		fix: 'Run the Convert operation, or build the file anew.',
	};
}

function foreignName(value: JsonObject): string | undefined {
	return FOREIGN.find(([keys]) => keys.every((key) => Object.hasOwn(value, key)))?.[1];
}
