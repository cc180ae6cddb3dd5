import { toWellFormed } from './wellFormed';

const WIDTH = 80;

/** Words that belong to the file format; every other word may be somebody's data. */
const FORMAT_WORDS = new Set(
	`messages role content system developer user assistant tool function name weight tools tool_calls
	tool_call_id function_call functions id type arguments parameters description strict parallel_tool_calls
	prompt completion input preferred_output non_preferred_output preferred_completion non_preferred_completion
	text image_url url detail refusal instruction output conversations from value chosen rejected
	true false null NaN Infinity None True False undefined`.split(/\s+/),
);

/**
 * About 80 characters around an index, with every letter and digit that may be data shown as `•`:
 * findings end in logs and in tickets, and training data holds personal data.
 */
export function maskedExcerpt(text: string, at: number): string {
	const start = Math.max(0, Math.min(at - WIDTH / 2, text.length - WIDTH));
	const end = Math.min(text.length, start + WIDTH);
	// Whole words at both edges, so that a cut-off format word is not taken for data, nor data for a format word.
	const from = wordEdge(text, start, -1);
	const words = text.slice(from, wordEdge(text, end, 1)).replace(/[\p{L}\p{M}\p{N}_]+/gu, mask);
	const shown = words.slice(start - from, start - from + (end - start));
	const visible = toWellFormed(shown).replace(/[\p{C}\u2028\u2029]/gu, '\u2423');
	return `${start > 0 ? '…' : ''}${visible}${end < text.length ? '…' : ''}`;
}

function mask(word: string): string {
	return FORMAT_WORDS.has(word) ? word : '•'.repeat(word.length);
}

function wordEdge(text: string, at: number, step: 1 | -1): number {
	const LONGEST_WORD = 32;
	let edge = at;
	for (let steps = 0; steps < LONGEST_WORD; steps++) {
		const neighbour = text[step === 1 ? edge : edge - 1];
		if (neighbour === undefined || !/[\p{L}\p{N}_]/u.test(neighbour)) break;
		edge += step;
	}
	return edge;
}
