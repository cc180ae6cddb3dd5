import { asText } from './asText';
import { FieldPath } from './fieldPath';
import type { SourceRecord } from './mapping/types';

export interface GroupOptions {
	/** Field whose value the records of one conversation share, e.g. a ticket number. */
	groupField: string;
	/** Field to sort the records of a conversation by: numbers, ISO dates or text. Default: the order they came in. */
	orderField?: string;
	/** The records of a conversation follow each other: hands over each group when the next begins, in constant memory. */
	contiguous?: boolean;
}

export interface RecordGroup {
	/** The shared value as text; undefined for a record without one, which is a group of its own. */
	value?: string;
	records: SourceRecord[];
	/** Place of each record in the input, from 0, in the order of `records`. */
	indexes: number[];
}

/** Records in groups of one conversation each, groups in the order of their first record. */
export function* groupRecords(
	records: Iterable<SourceRecord>,
	options: GroupOptions,
): Generator<RecordGroup> {
	const groupField = new FieldPath(options.groupField.trim());
	const sorted = sorter(options.orderField);
	let groups: RecordGroup[] = [];
	let byValue = new Map<string, RecordGroup>();
	let index = 0;
	for (const record of records) {
		const value = asText(groupField.read(record))?.text;
		let group = value === undefined ? undefined : byValue.get(value);
		if (!group) {
			if (options.contiguous) {
				yield* groups.map(sorted);
				groups = [];
				byValue = new Map();
			}
			group = { value, records: [], indexes: [] };
			groups.push(group);
			if (value !== undefined) byValue.set(value, group);
		}
		group.records.push(record);
		group.indexes.push(index++);
	}
	yield* groups.map(sorted);
}

function sorter(orderField: string | undefined): (group: RecordGroup) => RecordGroup {
	if (orderField === undefined || orderField.trim() === '') return (group) => group;
	const field = new FieldPath(orderField.trim());
	return (group) => {
		const entries = group.records.map((record, at) => ({
			record,
			index: group.indexes[at],
			order: orderOf(field.read(record)),
		}));
		entries.sort((a, b) => compare(a.order, b.order));
		return {
			value: group.value,
			records: entries.map(({ record }) => record),
			indexes: entries.map(({ index }) => index),
		};
	};
}

/** Numbers, also those written as text, by size; everything else as text, which puts ISO dates in order. */
function orderOf(value: unknown): number | string | undefined {
	const text = asText(value)?.text;
	if (text === undefined) return undefined;
	const number = Number(text);
	return Number.isFinite(number) ? number : text;
}

/** Numbers before texts, records without a value last. */
function compare(a: number | string | undefined, b: number | string | undefined): number {
	const rank = (value: unknown) => (typeof value === 'number' ? 0 : value === undefined ? 2 : 1);
	if (rank(a) !== rank(b)) return rank(a) - rank(b);
	if (a === b || a === undefined || b === undefined) return 0;
	return a < b ? -1 : 1;
}
