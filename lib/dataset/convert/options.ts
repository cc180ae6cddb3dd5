import type { CsvDelimiter } from '../csv';
import type { ReadOptions } from '../reader';
import type { JsonObject } from '../types';
import type { ColumnNames } from './table';
import type { SourceFormat, TargetFormat } from './types';

export interface ConvertOptions extends ReadOptions {
	/** `auto` (default): each record's keys say what it is; a table is recognised by its first lines. */
	from?: 'auto' | SourceFormat;
	to: TargetFormat;
	/** Columns of a table, where they are not called what they usually are. */
	columns?: ColumnNames;
	delimiter?: CsvDelimiter;
	/** Write one JSON array instead of JSONL; not for `csv`. */
	asArray?: boolean;
	/** Records left out to list; all are counted. Default 100. */
	maxLeftOut?: number;
}

/** One example in its new format. */
export interface ConvertedRecord {
	line: number;
	record: JsonObject;
}
