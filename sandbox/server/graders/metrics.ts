import { wordsOf } from '../similarity';

/** Comparing takes time by the square of the length. */
const MAX_WORDS = 3_000;
const MAX_LETTERS = 5_000;

/** Similarity of two texts, 0..1, by the metrics of OpenAI's text_similarity grader. */
export function textSimilarity(metric: string, input: string, reference: string): number {
	const left = wordsOf(input).slice(0, MAX_WORDS);
	const right = wordsOf(reference).slice(0, MAX_WORDS);
	if (left.length === 0 && right.length === 0) return 1;
	switch (metric) {
		case 'fuzzy_match':
			return fuzzyMatch(input, reference);
		case 'bleu':
			return bleu(left, right);
		case 'gleu':
			return gleu(left, right);
		case 'meteor':
			return meteor(left, right);
		case 'rouge_l':
			return harmonic(commonSubsequence(left, right), left.length, right.length);
		case 'cosine':
			return cosine(left, right);
		default:
			return rouge(left, right, Number(metric.slice('rouge_'.length)));
	}
}

/** OpenAI compares embeddings; the sandbox has none and compares counts of words. */
function cosine(left: string[], right: string[]): number {
	const a = counts(left);
	const b = counts(right);
	const product = [...a].reduce((sum, [word, count]) => sum + count * (b.get(word) ?? 0), 0);
	const length = (vector: Map<string, number>) =>
		Math.sqrt([...vector.values()].reduce((sum, count) => sum + count * count, 0));
	return product / (length(a) * length(b) || 1);
}

/** One less the share of letters that have to be changed (Levenshtein). */
function fuzzyMatch(left: string, right: string): number {
	const a = [...left.slice(0, MAX_LETTERS)];
	const b = [...right.slice(0, MAX_LETTERS)];
	let row = b.map((_, index) => index + 1);
	for (const [line, letter] of a.entries()) {
		let diagonal = line;
		let before = line + 1;
		row = row.map((above, index) => {
			const change = diagonal + (letter === b[index] ? 0 : 1);
			diagonal = above;
			return (before = Math.min(above + 1, before + 1, change));
		});
	}
	const distance = b.length === 0 ? a.length : row[row.length - 1];
	return 1 - distance / Math.max(a.length, b.length, 1);
}

/** Papineni et al. 2002: up to four words, brevity penalty, counts of longer pieces smoothed by one. */
function bleu(left: string[], right: string[]): number {
	if (left.length === 0) return 0;
	const orders = [1, 2, 3, 4].filter((size) => left.length >= size && right.length >= size);
	if (orders.length === 0) return 0;
	const logs = orders.map((size) => {
		const shared = overlap(left, right, size);
		const smoothing = size === 1 ? 0 : 1;
		return Math.log((shared + smoothing) / (left.length - size + 1 + smoothing));
	});
	const brevity = left.length < right.length ? Math.exp(1 - right.length / left.length) : 1;
	return brevity * Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}

/** Wu et al. 2016: the lesser of precision and recall over pieces of one to four words. */
function gleu(left: string[], right: string[]): number {
	const pieces = (words: string[]) =>
		[1, 2, 3, 4].reduce((sum, size) => sum + Math.max(0, words.length - size + 1), 0);
	const shared = [1, 2, 3, 4].reduce((sum, size) => sum + overlap(left, right, size), 0);
	return shared / Math.max(pieces(left), pieces(right), 1);
}

/** Banerjee and Lavie 2005 with exact words only: recall counts nine times, scattered matches cost up to half. */
function meteor(left: string[], right: string[]): number {
	const free = new Map<string, number[]>();
	right.forEach((word, index) => free.set(word, [...(free.get(word) ?? []), index]));
	const places = left.map((word) => free.get(word)?.shift()).filter((place) => place !== undefined);
	const matches = places.length;
	if (matches === 0) return 0;
	const chunks = places.filter(
		(place, index) => index === 0 || place !== places[index - 1] + 1,
	).length;
	const precision = matches / left.length;
	const recall = matches / right.length;
	const mean = (10 * precision * recall) / (recall + 9 * precision);
	return mean * (1 - 0.5 * (chunks / matches) ** 3);
}

function rouge(left: string[], right: string[], size: number): number {
	const shared = overlap(left, right, size);
	return harmonic(shared, left.length - size + 1, right.length - size + 1);
}

/** F1 of `shared` against two totals. */
function harmonic(shared: number, left: number, right: number): number {
	return left > 0 && right > 0 ? (2 * shared) / (left + right) : 0;
}

function overlap(left: string[], right: string[], size: number): number {
	const a = counts(pieces(left, size));
	const b = counts(pieces(right, size));
	return [...a].reduce((sum, [piece, count]) => sum + Math.min(count, b.get(piece) ?? 0), 0);
}

function pieces(words: string[], size: number): string[] {
	return words
		.slice(0, Math.max(0, words.length - size + 1))
		.map((_, index) => words.slice(index, index + size).join(' '));
}

function counts(words: string[]): Map<string, number> {
	const result = new Map<string, number>();
	for (const word of words) result.set(word, (result.get(word) ?? 0) + 1);
	return result;
}

function commonSubsequence(left: string[], right: string[]): number {
	let row = new Array<number>(right.length + 1).fill(0);
	for (const word of left) {
		const next = [0];
		right.forEach((other, index) =>
			next.push(word === other ? row[index] + 1 : Math.max(next[index], row[index + 1])),
		);
		row = next;
	}
	return row[right.length];
}
