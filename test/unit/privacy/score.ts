import type { Found } from '../../../lib/privacy/types';

/** A marked text: without its marks, and what they mark. */
export function parseLabelled(marked: string): {
	text: string;
	spans: Array<{ start: number; end: number; type: string }>;
} {
	const spans: Array<{ start: number; end: number; type: string }> = [];
	let text = '';
	let from = 0;
	const source = marked.replaceAll('§', '');
	for (const match of source.matchAll(/\{\{(\w+)\|([\s\S]*?)\}\}/g)) {
		text += source.slice(from, match.index);
		spans.push({ start: text.length, end: text.length + match[2].length, type: match[1] });
		text += match[2];
		from = match.index + match[0].length;
	}
	return { text: text + source.slice(from), spans };
}

export interface Score {
	/** Marked, and of them found with the right type over at least 95 % of their length. */
	marked: number;
	recalled: number;
	/** Found, and of them at least half within something marked. */
	found: number;
	right: number;
	wrong: string[];
	missed: string[];
}

/** Recall and precision by type. */
export function score(
	texts: readonly string[],
	find: (text: string) => Found[],
): Map<string, Score> {
	const scores = new Map<string, Score>();
	const of = (type: string) => {
		let known = scores.get(type);
		if (!known)
			scores.set(
				type,
				(known = { marked: 0, recalled: 0, found: 0, right: 0, wrong: [], missed: [] }),
			);
		return known;
	};
	for (const marked of texts) {
		const { text, spans } = parseLabelled(marked);
		const found = find(text);
		for (const span of spans) {
			const entry = of(span.type);
			entry.marked++;
			const isFound = found.some(
				(one) => one.type === span.type && overlap(one, span) >= 0.95 * (span.end - span.start),
			);
			if (isFound) entry.recalled++;
			else entry.missed.push(marked);
		}
		for (const one of found) {
			const entry = of(one.type);
			entry.found++;
			if (spans.some((span) => overlap(one, span) >= 0.5 * (one.end - one.start))) entry.right++;
			else entry.wrong.push(`${text.slice(one.start, one.end)} in ${marked}`);
		}
	}
	return scores;
}

function overlap(a: { start: number; end: number }, b: { start: number; end: number }): number {
	return Math.min(a.end, b.end) - Math.max(a.start, b.start);
}
