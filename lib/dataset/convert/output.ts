import { type CsvDelimiter, toCsvRow } from '../csv';
import { toLine } from '../examples';
import { BlockWriter } from '../writer';
import type { ConvertedRecord, ConvertOptions } from './options';
import { TABLE_COLUMNS } from './write';

/** The bytes of the new file, in blocks. */
export async function* writeOutput(
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
