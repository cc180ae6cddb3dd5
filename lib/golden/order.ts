import { createHash } from 'crypto';

/**
 * Puts questions in an order that looks random and is the same for the same seed, whatever order they come in: the
 * first N are a fair sample, and a run that was cut short asked the first ones of the same order.
 */
export function inSeededOrder<T extends { id: string }>(
	questions: readonly T[],
	seed: number,
): T[] {
	const place = ({ id }: T) => createHash('sha256').update(`${seed}:${id}`).digest('hex');
	return questions
		.map((question) => ({ question, place: place(question) }))
		.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
		.map(({ question }) => question);
}
