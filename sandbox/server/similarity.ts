/** A document found near a question; 1 is the same text, 0 has nothing in common. */
export interface Near {
	index: number;
	score: number;
}

type Vector = Map<string, number>;

/** Share of whole words against pieces of words, which forgive endings and slips of the pen. */
const WORD_WEIGHT = 1;
const PIECE_WEIGHT = 0.8;
const PIECE_LENGTH = 3;
/** What follows in a longer text does not count. */
const MAX_TEXT = 2_000;

/**
 * Finds the texts nearest to a question by the cosine of their TF-IDF vectors over words and pieces of words.
 * Pure arithmetic over the letters: it knows nothing of meaning.
 */
export class SimilarityIndex {
	private readonly postings = new Map<string, Array<[document: number, weight: number]>>();
	private readonly rarity = new Map<string, number>();
	private readonly unseen: number;

	constructor(texts: string[]) {
		const vectors = texts.map(featuresOf);
		const count = Math.max(1, texts.length);
		this.unseen = 1 + Math.log(1 + count);
		for (const vector of vectors) {
			for (const feature of vector.keys()) {
				this.rarity.set(feature, (this.rarity.get(feature) ?? 0) + 1);
			}
		}
		for (const [feature, documents] of this.rarity) {
			this.rarity.set(feature, 1 + Math.log((1 + count) / (1 + documents)));
		}
		vectors.forEach((vector, document) => this.post(document, vector));
	}

	/** The `count` nearest documents, best first; of equals the one that came first. */
	nearest(text: string, count: number): Near[] {
		const scores = new Map<number, number>();
		const { weights, length } = this.weigh(featuresOf(text));
		for (const [feature, weight] of weights) {
			for (const [document, other] of this.postings.get(feature) ?? []) {
				scores.set(document, (scores.get(document) ?? 0) + (weight / length) * other);
			}
		}
		return [...scores]
			.map(([index, score]) => ({ index, score: Math.min(1, score) }))
			.sort((a, b) => b.score - a.score || a.index - b.index)
			.slice(0, count);
	}

	private post(document: number, vector: Vector): void {
		const { weights, length } = this.weigh(vector);
		for (const [feature, weight] of weights) {
			const posting = this.postings.get(feature);
			if (posting) posting.push([document, weight / length]);
			else this.postings.set(feature, [[document, weight / length]]);
		}
	}

	private weigh(vector: Vector) {
		const weights = [...vector].map(
			([feature, count]) =>
				[feature, (1 + Math.log(count)) * this.shareOf(feature)] as [string, number],
		);
		const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
		return { weights, length };
	}

	private shareOf(feature: string): number {
		const rarity = this.rarity.get(feature) ?? this.unseen;
		return rarity * (feature.startsWith('#') ? PIECE_WEIGHT : WORD_WEIGHT);
	}
}

/** Words as they are, pieces of words behind a `#`. */
function featuresOf(text: string): Vector {
	const vector: Vector = new Map();
	for (const word of wordsOf(text.slice(0, MAX_TEXT))) {
		add(vector, word);
		const padded = `_${word}_`;
		for (let start = 0; start + PIECE_LENGTH <= padded.length; start++) {
			add(vector, `#${padded.slice(start, start + PIECE_LENGTH)}`);
		}
	}
	return vector;
}

/** Lower-case words without accents; of scripts that do not part words, each character. */
export function wordsOf(text: string): string[] {
	const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	return (
		plain.match(
			/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}]+/gu,
		) ?? []
	);
}

function add(vector: Vector, feature: string): void {
	vector.set(feature, (vector.get(feature) ?? 0) + 1);
}
