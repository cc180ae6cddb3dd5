import type { Transport } from '../http/types';
import { embed, embeddingInput, MAX_TOKENS_AN_INPUT } from '../openai/toolbox/embed';

export interface TextPair {
	a: string;
	b: string;
}

export interface EmbeddingSimilarities {
	/** From -1 to 1, one a pair; null where one of the texts is empty. */
	similarities: Array<number | null>;
	/** As the server counts; null where it does not. */
	tokens: number | null;
}

/** Room for the difference between our count of tokens and the model's. */
const MAX_TOKENS = MAX_TOKENS_AN_INPUT - 700;

/**
 * How near the meanings of two texts are: the cosine of their embeddings. Long texts are compared by their beginning.
 *
 * @throws ApiError as the server says
 */
export async function embeddingSimilarities(
	transport: Transport,
	pairs: readonly TextPair[],
	model: string,
): Promise<EmbeddingSimilarities> {
	const texts = new Set(
		pairs.filter(isComparable).flatMap(({ a, b }) => [beginning(a), beginning(b)]),
	);
	if (texts.size === 0) return { similarities: pairs.map(() => null), tokens: 0 };
	const inputs = [...texts].map(embeddingInput);
	const { embeddings, tokens } = await embed(transport, inputs, { model, encoding: 'float' });
	const vectors = new Map(
		[...texts].map((text, index) => [text, embeddings[index].vector as number[]]),
	);
	const similarities = pairs.map((pair) =>
		isComparable(pair)
			? cosine(vectors.get(beginning(pair.a))!, vectors.get(beginning(pair.b))!)
			: null,
	);
	return { similarities, tokens };
}

/** 0 for vectors of different length or without length. */
export function cosine(a: readonly number[], b: readonly number[]): number {
	if (a.length !== b.length) return 0;
	let product = 0;
	let lengthA = 0;
	let lengthB = 0;
	for (let at = 0; at < a.length; at++) {
		product += a[at] * b[at];
		lengthA += a[at] * a[at];
		lengthB += b[at] * b[at];
	}
	const length = Math.sqrt(lengthA) * Math.sqrt(lengthB);
	return length > 0 ? Math.max(-1, Math.min(1, product / length)) : 0;
}

function isComparable({ a, b }: TextPair): boolean {
	return a.trim() !== '' && b.trim() !== '';
}

function beginning(text: string): string {
	const { tokens } = embeddingInput(text);
	return tokens <= MAX_TOKENS
		? text
		: text.slice(0, Math.floor((text.length * MAX_TOKENS) / tokens));
}
