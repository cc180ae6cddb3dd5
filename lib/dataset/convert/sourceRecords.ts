import { readCsv, toCsvRow } from '../csv';
import { type FileKind, fileKindFinding } from '../fileKind';
import { readObjects } from '../jsonObjects';
import { openPieces } from '../reader';
import type { ByteSource, Finding, JsonObject, JsonValue } from '../types';
import type { ConvertOptions } from './options';
import { detectRecordFormat, type RecordFormat } from './read';
import { type ColumnNames, nameColumns, parseCells } from './table';

/** One record of a file, or what stands in its place. */
export interface SourceRecord {
	line: number;
	text: string;
	value?: JsonObject;
	format?: RecordFormat;
	findings: readonly Finding[];
}

/** The records of a table or of JSON objects, in batches; findings about the file as a whole are added to `findings`. */
export function readSource(
	bytes: ByteSource,
	options: ConvertOptions,
	findings: Finding[],
): AsyncGenerator<SourceRecord[]> {
	return new SourceReader(options, findings).read(bytes);
}

class SourceReader {
	constructor(
		private readonly options: ConvertOptions,
		private readonly findings: Finding[],
	) {}

	async *read(bytes: ByteSource): AsyncGenerator<SourceRecord[]> {
		const { from = 'auto' } = this.options;
		const { kind, pieces } = await openPieces(bytes, this.options);
		const first = await pieces.next();
		const head = first.done ? '' : first.value.toString('utf8', 0, 4096);
		const all = prepend(first, pieces);
		if (from === 'csv' || (from === 'auto' && this.looksLikeTable(kind, head))) {
			yield* this.readTable(all);
			return;
		}
		const unreadable = kind === 'html' || kind === 'empty' ? fileKindFinding(kind) : undefined;
		if (unreadable) this.findings.push(unreadable);
		const format = from === 'auto' ? undefined : from;
		for await (const batch of readObjects(all, this.options)) {
			yield batch.map(({ piece, text, value, findings }) => ({
				line: piece.line,
				text,
				value,
				format,
				findings,
			}));
		}
	}

	/** A delimiter or a column that was named speaks for a table, unless the file begins as JSON does. */
	private looksLikeTable(kind: FileKind, head: string): boolean {
		if (kind === 'csv') return true;
		const isNamed = this.options.delimiter !== undefined || this.namesColumns();
		return isNamed && kind === 'jsonl' && !/^\s*[[{]/.test(head);
	}

	private namesColumns(): boolean {
		return Object.values(this.options.columns ?? {}).some((name) => name.trim() !== '');
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
		if (this.namesColumns()) return 'table';
		const sample = Object.fromEntries(header.map((name): [string, JsonValue] => [name, '']));
		const format = detectRecordFormat(sample);
		// Prompt and completion are columns like any other.
		return format === undefined || format === 'promptCompletion' ? 'table' : format;
	}
}

async function* prepend(
	first: IteratorResult<Buffer>,
	rest: AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer> {
	try {
		if (!first.done) yield first.value;
		yield* rest;
	} finally {
		await rest.return(undefined);
	}
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
