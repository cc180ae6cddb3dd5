import { Normaliser } from '../normaliser';
import { ExactJaccard } from './jaccard';

/** Longer texts are compared as a whole only: their pieces would take twenty times as much memory again. */
const MAX_NEAR_BYTES = 2 * 1024 * 1024;

/** Compares normalised texts exactly. */
export class TextComparison {
	private readonly jaccard = new ExactJaccard();

	private readonly normaliser = new Normaliser();

	constructor(private readonly threshold: number) {}

	/** Good until the next call; copy what is to be kept. */
	normalise(text: string): Buffer {
		return this.normaliser.normalise(text);
	}

	/** 0 when the texts differ and only exact copies count. */
	similarity(a: Buffer, b: Buffer): number {
		if (a.equals(b)) return 1;
		const isTooLong = a.length > MAX_NEAR_BYTES || b.length > MAX_NEAR_BYTES;
		return this.threshold >= 1 || isTooLong ? 0 : this.jaccard.similarity(a, b);
	}
}
