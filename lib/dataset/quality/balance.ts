import { asText } from '../asText';
import { parseLine, toLine } from '../examples';
import { FieldPath } from '../fieldPath';
import { mix } from '../hashing';
import type { JsonObject } from '../types';
import { GrowingIntegers } from './growing';
import { quotaOf, type BalanceTarget } from './quota';
import type { Judge, LeftOutReason } from './sift';

export interface BalanceOptions {
	/** Path of the field with the class of a record, e.g. `category` or `metadata.tags`. */
	classField: string;
	/** How many records of each class there should be. */
	target: BalanceTarget;
	/** The same seed gives the same choice from the same records. Default 42. */
	seed?: number;
	/** Leave the field out of what is written when it is a key of the example itself: OpenAI refuses unknown keys. */
	dropClassField?: boolean;
}

export interface ClassCount {
	class: string;
	before: number;
	/** Lines or items of the class in the result, repeated ones counted as often as they are there. */
	after: number;
}

export interface BalanceReport {
	/** Largest class first. */
	classes: ClassCount[];
	classesNotListed: number;
	/** Records that are in the result more than once, and the lines or items that this adds. */
	repeatedRecords: number;
	addedCopies: number;
	/** Records in the result, copies among them. */
	result: number;
	/** Whether there were so many classes that the rarest ones were taken as one. */
	tooManyClasses: boolean;
}

/** Distinct values that are told apart; beyond it, a field is a text and not a class. */
const MAX_CLASSES = 10_000;
const MAX_LISTED = 1000;
const LONGEST_CLASS = 200;
const NO_CLASS = 'none';
const OTHER_CLASS = 'other';
const MAX_COPIES = 1000;

/**
 * Chooses records such that the classes have the sizes that are asked for: fewer of the large ones, on request some of
 * the small ones several times. Which ones is drawn by seed; their order stays. About 20 bytes a record. A record with
 * several tags counts for the rarest one of them.
 */
export class Balance implements Judge {
	private readonly field: FieldPath;

	/** Number of each combination of values. */
	private readonly combinations = new Map<string, number>();

	private readonly valuesOf: string[][] = [];

	private readonly combinationOf = new GrowingIntegers();

	private classNames: string[] = [];

	private before: number[] = [];

	/** Class of each combination. */
	private classOf: number[] = [];

	private timesWritten = new Uint16Array(0);

	private tooManyClasses = false;

	constructor(private readonly options: BalanceOptions) {
		this.field = new FieldPath(options.classField.trim());
	}

	add(record: JsonObject): void {
		const values = classValues(this.field.read(record));
		const name = JSON.stringify(values);
		let combination = this.combinations.get(name);
		if (combination === undefined) {
			this.tooManyClasses ||= this.combinations.size >= MAX_CLASSES;
			const [kept, label] = this.tooManyClasses ? [[OTHER_CLASS], OTHER_CLASS] : [values, name];
			combination = this.combinations.get(label) ?? this.valuesOf.length;
			if (combination === this.valuesOf.length) {
				this.valuesOf.push(kept);
				this.combinations.set(label, combination);
			}
		}
		this.combinationOf.push(combination);
	}

	async decide(): Promise<void> {
		this.nameClasses();
		const quotas = quotaOf(this.options.target, this.classNames, this.before);
		this.timesWritten = new Uint16Array(this.combinationOf.length);
		const left = quotas.map((quota, at) => quota % Math.max(1, this.before[at]));
		for (const index of this.shuffled()) {
			const at = this.classAt(index);
			const all = Math.floor(quotas[at] / Math.max(1, this.before[at]));
			const extra = left[at] > 0 ? 1 : 0;
			left[at] -= extra;
			this.timesWritten[index] = Math.min(MAX_COPIES, all + extra);
		}
	}

	copies(index: number): number {
		return this.timesWritten[index];
	}

	whyLeftOut(index: number): LeftOutReason {
		const at = this.classAt(index);
		const name = this.classNames[at];
		return {
			code: 'class_full',
			reason: `The class “${name}” has as many examples as it is to have.`,
			class: name,
		};
	}

	rewrite(line: string): string {
		const { classField, dropClassField } = this.options;
		if (!dropClassField) return line;
		const { value } = parseLine(line);
		if (!value || !Object.hasOwn(value, classField)) return line;
		return toLine(
			Object.fromEntries(Object.entries(value).filter(([name]) => name !== classField)),
		);
	}

	report(): BalanceReport {
		const after = this.before.map(() => 0);
		let repeatedRecords = 0;
		let addedCopies = 0;
		this.timesWritten.forEach((times, index) => {
			after[this.classAt(index)] += times;
			if (times < 2) return;
			repeatedRecords++;
			addedCopies += times - 1;
		});
		const classes = this.classNames
			.map((name, at) => ({ class: name, before: this.before[at], after: after[at] }))
			.filter(({ before }) => before > 0)
			.sort((a, b) => b.before - a.before);
		return {
			classes: classes.slice(0, MAX_LISTED),
			classesNotListed: Math.max(0, classes.length - MAX_LISTED),
			repeatedRecords,
			addedCopies,
			result: after.reduce((sum, count) => sum + count, 0),
			tooManyClasses: this.tooManyClasses,
		};
	}

	/** The class of a combination is the rarest of its values, so that capping the common tags spares the rare ones. */
	private nameClasses(): void {
		const sizes = this.valuesOf.map(() => 0);
		for (let index = 0; index < this.combinationOf.length; index++)
			sizes[this.combinationOf.at(index)]++;
		const counts = new Map<string, number>();
		this.valuesOf.forEach((values, combination) => {
			for (const value of values) counts.set(value, (counts.get(value) ?? 0) + sizes[combination]);
		});
		const numbers = new Map<string, number>();
		this.classOf = this.valuesOf.map((values) => {
			const rarest = values.reduce((best, value) =>
				(counts.get(value) ?? 0) < (counts.get(best) ?? 0) ? value : best,
			);
			if (!numbers.has(rarest)) numbers.set(rarest, numbers.size);
			return numbers.get(rarest) ?? 0;
		});
		this.classNames = [...numbers.keys()];
		this.before = this.classNames.map(() => 0);
		this.classOf.forEach((at, combination) => (this.before[at] += sizes[combination]));
	}

	private classAt(index: number): number {
		return this.classOf[this.combinationOf.at(index)];
	}

	/** All indices in an order that only the seed decides; as numbers, to spare the objects. */
	private shuffled(): Int32Array {
		const seed = mix(this.options.seed ?? 42);
		const order = new BigInt64Array(this.combinationOf.length);
		for (let index = 0; index < order.length; index++)
			order[index] = (BigInt(mix(mix(index + 1) ^ seed)) << 32n) | BigInt(index);
		order.sort();
		return Int32Array.from(order, (entry) => Number(BigInt.asIntN(32, entry)));
	}
}

/** Texts of a field's value: several of a list of tags, `none` where there is nothing. */
function classValues(value: unknown): string[] {
	const values = Array.isArray(value) ? value.slice(0, 100) : [value];
	const texts = values.map((one) => (asText(one)?.text ?? '').trim().slice(0, LONGEST_CLASS));
	const distinct = [...new Set(texts.filter((text) => text !== ''))].sort();
	return distinct.length > 0 ? distinct : [NO_CLASS];
}
