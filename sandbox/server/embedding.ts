import { wordsOf } from './similarity';

/** Length of each model's vectors; `shortens` where `dimensions` may ask for fewer. */
export const EMBEDDING_MODELS: Record<string, { dimensions: number; shortens: boolean }> = {
	'text-embedding-3-small': { dimensions: 1536, shortens: true },
	'text-embedding-3-large': { dimensions: 3072, shortens: true },
	'text-embedding-ada-002': { dimensions: 1536, shortens: false },
};

const PIECE_LENGTH = 3;
const PIECE_WEIGHT = 0.5;

/**
 * A vector of length 1 from the words of a text and from the pieces of its words, each hashed to a place and a sign.
 * Texts that share words are near each other; it knows nothing of meaning. The same text always gives the same vector,
 * and fewer dimensions are its beginning, as at OpenAI.
 */
export function embeddingOf(text: string, full: number, dimensions: number): number[] {
	const vector = new Float64Array(full);
	for (const word of wordsOf(text)) {
		addTo(vector, word, 1);
		const padded = `_${word}_`;
		for (let start = 0; start + PIECE_LENGTH <= padded.length; start++) {
			addTo(vector, `#${padded.slice(start, start + PIECE_LENGTH)}`, PIECE_WEIGHT);
		}
	}
	// A text of nothing but punctuation must have a direction too.
	if (vector.every((value) => value === 0)) addTo(vector, text, 1);
	return normalised(vector.slice(0, dimensions));
}

/** Each feature goes to several places, so that the beginning of a vector still says something. */
const PLACES = 8;

function addTo(vector: Float64Array, feature: string, weight: number): void {
	for (let place = 0; place < PLACES; place++) {
		const hash = hashOf(`${place}${feature}`);
		vector[hash % vector.length] += hash & 0x8000_0000 ? weight : -weight;
	}
}

/** FNV-1a with a final mix, 32 bits. */
function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) {
		hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	}
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
	return (hash ^ (hash >>> 13)) >>> 0;
}

function normalised(vector: Float64Array): number[] {
	const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
	// What fits into 32 bits is what OpenAI sends, in either encoding.
	return Array.from(vector, (value) => Math.fround(value / length));
}
