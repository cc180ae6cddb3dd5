import { FieldPath } from '../fieldPath';
import { FingerprintIndex, NEAR_DUPLICATE_THRESHOLD } from '../fingerprint';
import type { JsonObject } from '../types';
import { ChatLineReader } from './chatLine';
import { settleClusters } from './clusters';
import { listClusters, type DuplicateCluster } from './clusterList';
import { GrowingIntegers, GrowingNumbers } from './growing';
import { orderNumber } from './orderNumber';
import { RecordReader, type RecordFields } from './recordText';
import type { Judge, LeftOutReason, Reread } from './sift';

export interface DeduplicateOptions extends RecordFields {
	/** Which part of the records has to be alike. Default `both`. */
	compare?: 'both' | 'question' | 'answer';
	/** Jaccard similarity from which two records are duplicates, 0.5 to 1; 1 finds exact copies only. Default 0.7. */
	threshold?: number;
	/** Which of the records of a cluster stays. Default `first`. */
	keep?: 'first' | 'newest' | 'longest' | 'bestRated';
	/** Field with the date (`newest`) or the rating (`bestRated`). */
	keepField?: string;
	/** Clusters to list, largest first. Default 100. */
	maxClusters?: number;
}

export interface DeduplicateReport {
	/** Records that are the same as a kept one but for capitals, spaces and punctuation. */
	exactDuplicates: number;
	/** Records that are similar to a kept one. */
	nearDuplicates: number;
	/** Kept records that have duplicates. */
	clusters: number;
	/** Records of the largest cluster, the kept one among them. */
	largestCluster: number;
	/** Records with nothing to compare: they are duplicates of nothing. */
	withoutText: number;
	/** Records whose date or rating is missing or not understood: any other one is preferred to them. */
	withoutKeepField: number;
	clusterList: DuplicateCluster[];
	clustersNotListed: number;
}

/** Estimates this far below the threshold are looked at: two standard deviations. */
const MARGIN = 0.07;
const KEPT = -1;
/** In place of a similarity: the same text. */
const SAME = 2;

/**
 * Finds records that are the same or nearly the same, and keeps one of each. About 170 bytes a record. System messages
 * are not compared.
 */
export class Deduplication implements Judge {
	private readonly reader: RecordReader;

	private readonly lineReader: ChatLineReader;

	private readonly index: FingerprintIndex;

	private readonly places = new GrowingIntegers();

	/** What the one with the highest number stays for. */
	private readonly preferences: GrowingNumbers | undefined;

	private readonly keepField: FieldPath | undefined;

	private readonly threshold: number;

	private withoutKeepField = 0;

	private withoutText = 0;

	/** Index of the record that stays in place of each, `KEPT` for those that stay. */
	private keepers = new Int32Array(0);

	private similarities = new Float32Array(0);

	constructor(private readonly options: DeduplicateOptions = {}) {
		this.threshold = options.threshold ?? NEAR_DUPLICATE_THRESHOLD;
		this.reader = new RecordReader(options);
		this.lineReader = new ChatLineReader(options.compare);
		this.index = new FingerprintIndex({
			threshold: this.threshold,
			margin: MARGIN,
			ignoreEmpty: true,
		});
		if ((options.keep ?? 'first') !== 'first') this.preferences = new GrowingNumbers();
		if (options.keep === 'newest' || options.keep === 'bestRated')
			this.keepField = new FieldPath(options.keepField?.trim() ?? '');
	}

	add(record: JsonObject, place: number): void {
		this.index.add(this.textOf(record));
		this.places.push(place);
		if (this.preferences) this.preferences.push(this.preferenceOf(record));
	}

	addLine(bytes: Uint8Array, place: number): boolean {
		if (this.preferences || !this.lineReader.read(bytes)) return false;
		this.index.addNormalised(this.lineReader.text);
		this.places.push(place);
		return true;
	}

	async decide(reread: Reread, pause?: () => Promise<void>): Promise<void> {
		const roots = await this.index.clusters(pause);
		this.withoutText = this.index.empty;
		this.keepers = new Int32Array(roots.length).fill(KEPT);
		this.similarities = new Float32Array(roots.length);
		await settleClusters(roots, {
			threshold: this.threshold,
			index: this.index,
			pause,
			prefer: (a, b) => this.prefer(a, b),
			readTexts: async (isWanted, visit) =>
				await reread(isWanted, (index, record) => visit(index, this.textOf(record))),
			onDuplicate: (index, leader, similarity, isExact) => {
				this.keepers[index] = leader;
				this.similarities[index] = isExact ? SAME : similarity;
			},
		});
		this.index.release();
	}

	copies(index: number): number {
		return this.keepers[index] === KEPT ? 1 : 0;
	}

	whyLeftOut(index: number): LeftOutReason {
		const duplicateOf = this.places.at(this.keepers[index]);
		const similarity = this.similarities[index];
		if (similarity === SAME) {
			return {
				code: 'exact_duplicate',
				reason: 'The text is the same as in an example that is kept.',
				duplicateOf,
				similarity: 1,
			};
		}
		return {
			code: 'near_duplicate',
			reason: 'The text is nearly the same as in an example that is kept.',
			duplicateOf,
			similarity: rounded(similarity),
		};
	}

	report(): DeduplicateReport {
		const { keepers, similarities, places } = this;
		let exactDuplicates = 0;
		let nearDuplicates = 0;
		keepers.forEach((keeper, index) => {
			if (keeper === KEPT) return;
			if (similarities[index] === SAME) exactDuplicates++;
			else nearDuplicates++;
		});
		return {
			exactDuplicates,
			nearDuplicates,
			...listClusters(
				keepers,
				this.options.maxClusters ?? 100,
				(index) => places.at(index),
				(index) => (similarities[index] === SAME ? 1 : rounded(similarities[index])),
			),
			withoutText: this.withoutText,
			withoutKeepField: this.withoutKeepField,
		};
	}

	private textOf(record: JsonObject): string {
		const { question, answer } = this.reader.read(record);
		if (this.options.compare === 'question') return question;
		if (this.options.compare === 'answer') return answer;
		return `${question}\n${answer}`;
	}

	private preferenceOf(record: JsonObject): number {
		if (!this.keepField) return this.reader.read(record).answer.length;
		const number = orderNumber(this.keepField.read(record));
		if (number !== undefined) return number;
		this.withoutKeepField++;
		return -Infinity;
	}

	private prefer(a: number, b: number): number {
		const { preferences } = this;
		const difference = preferences ? preferences.at(a) - preferences.at(b) : 0;
		// Two that are equal, or both without a value (NaN): the first one.
		return difference || b - a;
	}
}

/** Down, so that no similarity looks higher than it is. */
function rounded(similarity: number): number {
	return Math.floor(similarity * 1000) / 1000;
}
