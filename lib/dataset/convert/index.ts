import { checkShape } from '../checkExample';
import { type CsvDelimiter, readCsv, toCsvRow } from '../csv';
import { toLine } from '../examples';
import { fileKindFinding } from '../fileKind';
import { readObjects } from '../jsonObjects';
import { openPieces, type ReadOptions } from '../reader';
import { openText, type OpenedText } from '../sniff';
import type { ByteSource, Finding, JsonObject, JsonValue } from '../types';
import { BlockWriter } from '../writer';
import { detectRecordFormat, readRecord, type RecordFormat } from './read';
import { type ColumnNames, nameColumns, parseCells } from './table';
import { type Convertible, isDpo, type SourceFormat, type TargetFormat } from './types';
import { TABLE_COLUMNS, writeRecord } from './write';

export type { SourceFormat, TargetFormat } from './types';

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

export interface ConvertReport {
	/** Examples written. */
	examples: number;
	/** Records read, by the format they were in. */
	formats: { [format in RecordFormat]?: number };
	leftOut: number;
	leftOutList: Array<{ line: number; findings: Finding[]; text: string }>;
	leftOutNotListed: number;
	/** Fields and settings that the new format has no place for, and in how many examples they were dropped. */
	dropped: Record<string, number>;
	/** About the file as a whole. */
	findings: Finding[];
}

interface SourceRecord {
	line: number;
	text: string;
	value?: JsonObject;
	format?: RecordFormat;
	findings: Finding[];
}

const MAX_TEXT_LENGTH = 64 * 1024;
const MAX_DROPPED_NAMES = 100;

/** One example in its new format. */
export interface ConvertedRecord {
	line: number;
	record: JsonObject;
}

export interface ConversionRun {
	/** The converted records in batches; instead of `output`. */
	records: () => AsyncGenerator<ConvertedRecord[]>;
	/** The bytes of the new file in blocks. */
	output: () => AsyncGenerator<Buffer>;
	/** Complete once either has been read to its end. */
	report: () => ConvertReport;
}

/**
 * Turns a dataset of one format into another, as a stream: source record to OpenAI example to target record. Every
 * example is checked against the rules before it is written; what cannot be converted is left out with its reason.
 * What the file holds never throws.
 */
export function convertDataset(source: ByteSource, options: ConvertOptions): ConversionRun {
	const conversion = new Conversion(options);
	return {
		records: () => conversion.records(source),
		output: () => writeOutput(conversion.records(source), options),
		report: () => conversion.report(),
	};
}

class Conversion {
	private examples = 0;

	private readonly formats: ConvertReport['formats'] = {};

	private leftOut = 0;

	private readonly leftOutList: ConvertReport['leftOutList'] = [];

	private readonly dropped = new Map<string, number>();

	private readonly findings: Finding[] = [];

	private opened: OpenedText | undefined;

	/** Whether the file is one of preference pairs, as its first written example shows. */
	private pairs: boolean | undefined;

	constructor(private readonly options: ConvertOptions) {}

	async *records(source: ByteSource): AsyncGenerator<ConvertedRecord[]> {
		this.opened = await openText(source);
		for await (const batch of this.read(this.opened.bytes)) {
			const converted: ConvertedRecord[] = [];
			for (const record of batch) {
				const result = this.convert(record);
				if (result) converted.push({ line: record.line, record: result });
			}
			yield converted;
		}
	}

	report(): ConvertReport {
		const { maxLeftOut = 100 } = this.options;
		return {
			examples: this.examples,
			formats: this.formats,
			leftOut: this.leftOut,
			leftOutList: this.leftOutList,
			leftOutNotListed: Math.max(0, this.leftOut - maxLeftOut),
			dropped: Object.fromEntries(this.dropped),
			findings: [...(this.opened?.findings ?? []), ...this.findings],
		};
	}

	private async *read(bytes: ByteSource): AsyncGenerator<SourceRecord[]> {
		const { from = 'auto' } = this.options;
		const { kind, pieces } = await openPieces(bytes, this.options);
		if (from === 'csv' || (from === 'auto' && kind === 'csv')) {
			yield* this.readTable(pieces);
			return;
		}
		const unreadable = kind === 'html' || kind === 'empty' ? fileKindFinding(kind) : undefined;
		if (unreadable) this.findings.push(unreadable);
		const format = from === 'auto' ? undefined : from;
		for await (const batch of readObjects(pieces, this.options)) {
			yield batch.map(({ piece, text, value, findings }) => ({
				line: piece.line,
				text,
				value,
				format,
				findings,
			}));
		}
	}

	private async *readTable(pieces: ByteSource): AsyncGenerator<SourceRecord[]> {
		const { delimiter, columns: names = {} } = this.options;
		let header: string[] | undefined;
		let columns: string[] = [];
		for await (const rows of readCsv(pieces, { ...this.options, delimiter })) {
			const batch: SourceRecord[] = [];
			for (const { line, fields, problem } of rows) {
				if (!header) {
					header = fields.map((name) => name.trim());
					columns = this.chooseColumns(header, names);
					continue;
				}
				const text = toCsvRow(fields, delimiter).trimEnd();
				const finding = problem ?? raggedRow(fields, header, line);
				if (finding) batch.push({ line, text, findings: [finding] });
				else {
					const row = columns.map((column, index): [string, JsonValue] => [
						column,
						fields[index] ?? '',
					]);
					batch.push({
						line,
						text,
						value: parseCells(Object.fromEntries(row)),
						format: this.tableFormat(header),
						findings: [],
					});
				}
			}
			yield batch;
		}
	}

	/** A table of records of a known format keeps its columns; any other one has them named. */
	private chooseColumns(header: string[], names: ColumnNames): string[] {
		if (this.tableFormat(header) !== 'table') return header;
		const { columns, missing } = nameColumns(header, names);
		for (const name of missing) {
			this.findings.push({
				severity: 'error',
				code: 'missing_column',
				line: 1,
				message: `The table has no column “${name}”; it has ${header.slice(0, 20).join(', ')}.`,
				fix: 'Correct the name of the column.',
			});
		}
		return columns;
	}

	private tableFormat(header: string[]): RecordFormat {
		const { columns = {} } = this.options;
		if (Object.values(columns).some((name) => name.trim() !== '')) return 'table';
		const sample = Object.fromEntries(header.map((name): [string, JsonValue] => [name, '']));
		const format = detectRecordFormat(sample);
		// Prompt and completion are columns like any other.
		return format === undefined || format === 'promptCompletion' ? 'table' : format;
	}

	private convert(source: SourceRecord): JsonObject | undefined {
		const { value, line, findings } = source;
		const errors = findings.filter(({ severity }) => severity === 'error');
		if (!value || errors.length > 0)
			return this.leave(source, errors.length > 0 ? errors : findings);
		const format = source.format ?? detectRecordFormat(value);
		if (!format) return this.leave(source, [unknownRecord(line)]);
		this.formats[format] = (this.formats[format] ?? 0) + 1;
		const read = readRecord(value, format);
		if (!read.example)
			return this.leave(source, [
				{ severity: 'error', line, ...(read.finding ?? unknownRecord(line)) },
			]);
		const objections = this.objections(read.example, line);
		if (objections.length > 0) return this.leave(source, objections);
		const written = writeRecord(read.example, this.options.to);
		if (!written.record)
			return this.leave(source, [
				{ severity: 'error', line, ...(written.finding ?? unknownRecord(line)) },
			]);
		this.pairs ??= isDpo(read.example);
		this.examples++;
		[...(read.lost ?? []), ...(written.lost ?? [])].forEach((name) => this.drop(name));
		return written.record;
	}

	/** Why an example cannot be used; also when it is of another kind than the examples before it. */
	private objections(example: Convertible, line: number): Finding[] {
		const expected =
			this.pairs === undefined || this.options.to === 'chat'
				? undefined
				: this.pairs
					? 'dpo'
					: 'chat';
		const value = example as unknown as JsonObject;
		return checkShape(value, 'auto', expected, { line }).filter(
			({ severity }) => severity === 'error',
		);
	}

	private leave({ line, text }: SourceRecord, findings: Finding[]): undefined {
		this.leftOut++;
		if (this.leftOutList.length >= (this.options.maxLeftOut ?? 100)) return;
		this.leftOutList.push({ line, findings, text: text.slice(0, MAX_TEXT_LENGTH) });
	}

	private drop(name: string): void {
		const known = this.dropped.has(name) || this.dropped.size < MAX_DROPPED_NAMES;
		const key = known ? name : 'others';
		this.dropped.set(key, (this.dropped.get(key) ?? 0) + 1);
	}
}

async function* writeOutput(
	batches: AsyncGenerator<ConvertedRecord[]>,
	options: ConvertOptions,
): AsyncGenerator<Buffer> {
	if (options.to === 'csv') yield* writeTable(batches, options.delimiter);
	else if (options.asArray) yield* writeArray(batches);
	else {
		const writer = new BlockWriter();
		for await (const batch of batches) {
			for (const { record } of batch) writer.add(record);
			yield* writer.take();
		}
		yield* writer.end();
	}
}

async function* writeArray(batches: AsyncGenerator<ConvertedRecord[]>): AsyncGenerator<Buffer> {
	let before = '[\n';
	for await (const batch of batches) {
		const text = batch.map(({ record }) => {
			const line = `${before}${toLine(record)}`;
			before = ',\n';
			return line;
		});
		if (text.length > 0) yield Buffer.from(text.join(''), 'utf8');
	}
	yield Buffer.from(before === '[\n' ? '[]\n' : '\n]\n', 'utf8');
}

async function* writeTable(
	batches: AsyncGenerator<ConvertedRecord[]>,
	delimiter?: CsvDelimiter,
): AsyncGenerator<Buffer> {
	let header: string[] | undefined;
	for await (const batch of batches) {
		const rows = batch.map(({ record }) => {
			const row = toCsvRow(Object.values(record).map(String), delimiter);
			if (header) return row;
			header = Object.keys(record);
			return toCsvRow(header, delimiter) + row;
		});
		if (rows.length > 0) yield Buffer.from(rows.join(''), 'utf8');
	}
	if (!header) yield Buffer.from(toCsvRow(TABLE_COLUMNS.chat, delimiter), 'utf8');
}

function raggedRow(fields: string[], header: string[], line: number): Finding | undefined {
	if (fields.length === header.length) return undefined;
	return {
		severity: 'error',
		code: 'ragged_row',
		line,
		message: `The row has ${fields.length} fields; the table has ${header.length} columns.`,
		fix: 'Put texts that hold the delimiter or a line break in double quotes.',
	};
}

function unknownRecord(line: number): Finding {
	return {
		severity: 'error',
		code: 'unknown_format',
		line,
		message: 'The record has no keys by which its format could be known.',
		fix: 'Choose the format of the file, or build the file with the Build operation.',
	};
}
