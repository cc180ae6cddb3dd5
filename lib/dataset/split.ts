import { exampleText } from './exampleText';
import { fileKindFinding } from './fileKind';
import { parseLine, toLine } from './examples';
import { FingerprintIndex, NEAR_DUPLICATE_THRESHOLD } from './fingerprint';
import { FieldPath } from './fieldPath';
import { FindingList } from './findingList';
import { mix } from './hashing';
import { openPieces, readBatches, type Line, type ReadOptions } from './reader';
import type { ByteSource, Finding, JsonObject } from './types';
import { BlockWriter } from './writer';

export interface SplitOptions extends ReadOptions {
	/** How much goes to validation: a share of the examples between 0 and 1, or a number of them. */
	validation: { share: number } | { count: number };
	/** The same seed gives the same split of the same file. Default 42. */
	seed?: number;
	/** Path of a field, e.g. `category` or `messages[0].content`, whose values both sides should have in the same proportion. */
	stratifyBy?: string;
	/** Leave the field out of what is written when it is a key of the example itself: OpenAI refuses unknown keys. */
	dropStratifyField?: boolean;
	/** Jaccard similarity from which two examples must be on the same side; 1 looks for exact copies only. Default 0.7. */
	threshold?: number;
	/** Findings to keep. Default 100. */
	maxFindings?: number;
}

export interface SplitReport {
	examples: number;
	training: number;
	validation: number;
	/** Groups of examples that are the same or nearly the same, and the examples in them. */
	duplicateGroups: number;
	duplicateExamples: number;
	/** Examples of each side by value of the stratified field. */
	strata?: Record<string, { training: number; validation: number }>;
	/** Lines that are not a JSON object and are in neither file. */
	leftOut: number;
	findings: Finding[];
	findingsLeftOut: number;
}

export interface Split {
	report: SplitReport;
	/** The bytes of one side, read anew from the source. */
	write(side: 'training' | 'validation'): AsyncGenerator<Buffer>;
}

/** Distinct values of a field that are told apart; beyond it, it is a text and not a class. */
const MAX_STRATA = 1000;
const NO_STRATUM = 'none';

/**
 * Divides a JSONL file into training and validation, in bounded memory (about 160 bytes an example). Examples that are
 * the same or nearly the same stay together, so that validation measures more than memory; the validation side
 * therefore may be smaller, but never larger, than was asked for. Lines keep their bytes and their order.
 *
 * @param open opens the source; called once for the plan and once for each side that is written
 */
export async function planSplit(
	open: () => Promise<ByteSource> | ByteSource,
	options: SplitOptions,
): Promise<Split> {
	const { sides, leftOutLines, report } = await decideSides(open, options);
	const write = (side: 'training' | 'validation') =>
		writeSide(open, options, leftOutLines, sides, side === 'validation' ? 1 : 0);
	return { report, write };
}

/** On its own, so that the fingerprints are gone when the files are written. */
async function decideSides(
	open: () => Promise<ByteSource> | ByteSource,
	options: SplitOptions,
): Promise<{ sides: Uint8Array; leftOutLines: ReadonlySet<number>; report: SplitReport }> {
	const plan = new SplitPlan(options);
	const { kind, pieces } = await openPieces(await open(), options);
	const unreadable = kind === 'jsonl' ? undefined : fileKindFinding(kind);
	for await (const batch of readBatches(pieces, options)) batch.forEach((line) => plan.add(line));
	const sides = await plan.decide();
	return { sides, leftOutLines: plan.leftOutLines, report: plan.report(sides, unreadable) };
}

async function* writeSide(
	open: () => Promise<ByteSource> | ByteSource,
	options: SplitOptions,
	leftOutLines: ReadonlySet<number>,
	sides: Uint8Array,
	side: 0 | 1,
): AsyncGenerator<Buffer> {
	const writer = new BlockWriter();
	let index = 0;
	for await (const batch of readBatches(await open(), options)) {
		for (const { line, text = '' } of batch) {
			if (isBlank(text) || leftOutLines.has(line)) continue;
			if (sides[index++] === side) writer.addLine(lineToWrite(text, options));
		}
		yield* writer.take();
	}
	yield* writer.end();
}

function lineToWrite(text: string, { stratifyBy, dropStratifyField }: SplitOptions): string {
	if (dropStratifyField && stratifyBy !== undefined) {
		const { value } = parseLine(text);
		if (value && Object.hasOwn(value, stratifyBy)) return toLine(without(value, stratifyBy));
	}
	return text.endsWith('\r') ? text.slice(0, -1) : text;
}

function isBlank(text: string): boolean {
	return text.length < 3 && text.trim() === '';
}

class SplitPlan {
	private readonly index: FingerprintIndex;

	private readonly findings: FindingList;

	/** Lines that hold something, but no example. */
	readonly leftOutLines = new Set<number>();

	private readonly strataNames = new Map<string, number>();

	/** Stratum of each example. */
	private strata = new Uint16Array(1024);

	private roots: Int32Array = new Int32Array(0);

	private readonly stratumField: FieldPath | undefined;

	constructor(private readonly options: SplitOptions) {
		if (options.stratifyBy !== undefined) this.stratumField = new FieldPath(options.stratifyBy);
		this.index = new FingerprintIndex({ threshold: options.threshold ?? NEAR_DUPLICATE_THRESHOLD });
		this.findings = new FindingList(options.maxFindings ?? 100);
	}

	add({ line, text, problem }: Line): void {
		if (problem) {
			this.leaveOut(line, [problem]);
			return;
		}
		if (text === undefined || isBlank(text)) return;
		const { value, findings } = parseLine(text, line);
		if (!value) {
			this.leaveOut(line, findings);
			return;
		}
		const { stratifyBy } = this.options;
		const index = this.index.size;
		this.index.add(exampleText(stratifyBy === undefined ? value : without(value, stratifyBy)));
		if (this.stratumField) this.setStratum(index, this.stratumField.read(value));
	}

	/** The side of each example: 1 for validation. */
	async decide(): Promise<Uint8Array> {
		this.roots = await this.index.clusters(this.options.pause);
		const sides = new Uint8Array(this.index.size);
		const sizes = this.clusterSizes();
		const clusters = this.shuffledClusters();
		const target = this.target();
		const quotas = this.quotas(target);
		let chosen = 0;
		for (const root of clusters) {
			const size = sizes[root];
			const stratum = this.stratumOf(root);
			if (size > quotas[stratum]) continue;
			quotas[stratum] -= size;
			chosen += size;
			sides[root] = 1;
		}
		// Whole groups may fit into no stratum's rest, while they still fit into what is missing in all.
		for (const root of clusters) {
			const size = sizes[root];
			if (sides[root] === 1 || size > target - chosen) continue;
			chosen += size;
			sides[root] = 1;
		}
		for (let index = 0; index < sides.length; index++) sides[index] = sides[this.roots[index]];
		this.noteShortfall(chosen, target);
		return sides;
	}

	report(sides: Uint8Array, unreadable?: Finding): SplitReport {
		const validation = sides.reduce((sum, side) => sum + side, 0);
		const sizes = this.clusterSizes();
		const groups = sizes.filter((size) => size > 1);
		return {
			examples: sides.length,
			training: sides.length - validation,
			validation,
			duplicateGroups: groups.length,
			duplicateExamples: groups.reduce((sum, size) => sum + size, 0),
			...(this.options.stratifyBy === undefined ? {} : { strata: this.strataCounts(sides) }),
			leftOut: this.leftOutLines.size,
			findings: [...(unreadable ? [unreadable] : []), ...this.findings.list()],
			findingsLeftOut: this.findings.leftOut,
		};
	}

	private leaveOut(line: number, findings: readonly Finding[]): void {
		this.leftOutLines.add(line);
		findings.forEach((finding) => this.findings.add(finding));
	}

	private target(): number {
		const { validation } = this.options;
		const wanted =
			'count' in validation ? validation.count : Math.round(validation.share * this.index.size);
		// At least one example stays for training, and one goes to validation when any were asked for.
		const least = 'share' in validation && validation.share > 0 ? 1 : 0;
		return Math.max(0, Math.min(Math.max(wanted, least), this.index.size - 1));
	}

	private setStratum(index: number, value: unknown): void {
		const name =
			value === undefined || value === null
				? NO_STRATUM
				: typeof value === 'string'
					? value
					: JSON.stringify(value);
		let stratum = this.strataNames.get(name);
		if (stratum === undefined) {
			if (this.strataNames.size === MAX_STRATA)
				this.findings.add(tooManyStrata(this.options.stratifyBy ?? ''));
			stratum = Math.min(this.strataNames.size, MAX_STRATA);
			if (stratum < MAX_STRATA) this.strataNames.set(name, stratum);
		}
		if (index >= this.strata.length) {
			const larger = new Uint16Array(this.strata.length * 2);
			larger.set(this.strata);
			this.strata = larger;
		}
		this.strata[index] = stratum;
	}

	private stratumOf(index: number): number {
		return this.options.stratifyBy === undefined ? 0 : this.strata[index];
	}

	private clusterSizes(): Int32Array {
		const sizes = new Int32Array(this.index.size);
		for (const root of this.roots) sizes[root]++;
		return sizes;
	}

	/**
	 * Roots of the clusters in an order that depends on the seed and on what is in them, not on where they stand in the
	 * file. Sorted as numbers, rank before root: an object a cluster would take 100 MB for a million of them, and a
	 * comparing function a third of it.
	 */
	private shuffledClusters(): Int32Array {
		const seed = mix(this.options.seed ?? 42);
		const order = new BigInt64Array(this.index.size);
		let count = 0;
		this.roots.forEach((root, index) => {
			if (root !== index) return;
			const rank = mix(this.index.hashOf(root) ^ seed);
			order[count++] = (BigInt(rank) << 32n) | BigInt(root);
		});
		order.subarray(0, count).sort();
		const roots = new Int32Array(count);
		for (let at = 0; at < count; at++) roots[at] = Number(BigInt.asUintN(32, order[at]));
		return roots;
	}

	/** Examples that each stratum gives to validation: its share of the target, rests to the largest (Hamilton). */
	private quotas(target: number): number[] {
		const sizes: number[] = Array.from(
			{ length: Math.min(this.strataNames.size, MAX_STRATA) + 1 },
			() => 0,
		);
		for (const root of this.roots) sizes[this.stratumOf(root)]++;
		const exact = sizes.map((size) => (size * target) / Math.max(1, this.index.size));
		const quotas = exact.map(Math.floor);
		const rests = exact.map((share, stratum) => ({ stratum, rest: share - quotas[stratum] }));
		rests.sort((a, b) => b.rest - a.rest || a.stratum - b.stratum);
		const missing = target - quotas.reduce((sum, quota) => sum + quota, 0);
		for (const { stratum } of rests.slice(0, Math.round(missing))) quotas[stratum]++;
		return quotas;
	}

	private strataCounts(
		sides: Uint8Array,
	): Record<string, { training: number; validation: number }> {
		const names = [...this.strataNames.keys(), 'other'];
		const counts = names.map((name) => ({ name, training: 0, validation: 0 }));
		sides.forEach(
			(side, index) => counts[this.strata[index]][side === 1 ? 'validation' : 'training']++,
		);
		return Object.fromEntries(
			counts
				.filter(({ training, validation }) => training + validation > 0)
				.map(({ name, training, validation }) => [name, { training, validation }]),
		);
	}

	private noteShortfall(chosen: number, target: number): void {
		if (chosen >= target) return;
		this.findings.add({
			severity: 'warning',
			code: 'validation_too_small',
			message: `Validation has ${chosen} examples instead of ${target}, because the rest belongs to larger groups of similar examples.`,
			fix: 'Add examples that differ more, or raise the similarity from which examples have to stay together.',
		});
	}
}

function without(value: JsonObject, key: string): JsonObject {
	if (!Object.hasOwn(value, key)) return value;
	return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

function tooManyStrata(field: string): Finding {
	return {
		severity: 'warning',
		code: 'too_many_strata',
		message: `The field “${field}” has more than ${MAX_STRATA} different values; the further ones count as one.`,
		fix: 'Choose a field with few values, such as a category.',
	};
}
