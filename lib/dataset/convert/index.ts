import { checkShape } from '../checkExample';
import { detectFormat } from '../examples';
import { openText, type OpenedText } from '../sniff';
import type { ByteSource, Finding, JsonObject } from '../types';
import type { ConvertedRecord, ConvertOptions } from './options';
import { writeOutput } from './output';
import { detectRecordFormat, readRecord, type RecordFormat } from './read';
import { readSource, type SourceRecord } from './sourceRecords';
import { type Convertible, isDpo, type Refusal, type TargetFormat } from './types';
import { writeRecord } from './write';

export type { ConvertedRecord, ConvertOptions } from './options';
export type { SourceFormat, TargetFormat } from './types';

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

const MAX_TEXT_LENGTH = 64 * 1024;
const MAX_DROPPED_NAMES = 100;

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
		for await (const batch of readSource(this.opened.bytes, this.options, this.findings)) {
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

	private convert(source: SourceRecord): JsonObject | undefined {
		const { value, line } = source;
		const errors = errorsIn(source.findings);
		if (!value || errors.length > 0) return this.leave(source, errors);
		const format = source.format ?? detectRecordFormat(value);
		if (!format) return this.leave(source, [refusal(line)]);
		this.formats[format] = (this.formats[format] ?? 0) + 1;
		if (this.options.to === 'openai' && detectFormat(value)) return this.keep(source, value);

		const read = readRecord(value, format);
		if (!read.example) return this.leave(source, [refusal(line, read.finding)]);
		const objections = this.objections(read.example, line);
		if (objections.length > 0) return this.leave(source, objections);
		const written = writeRecord(read.example, this.options.to);
		if (!written.record) return this.leave(source, [refusal(line, written.finding)]);
		this.pairs ??= isDpo(read.example);
		this.examples++;
		[...(read.lost ?? []), ...(written.lost ?? [])].forEach((name) => this.drop(name));
		return written.record;
	}

	/** An example that is in a format of OpenAI already, reinforcement items included. */
	private keep(source: SourceRecord, value: JsonObject): JsonObject | undefined {
		const objections = errorsIn(checkShape(value, 'auto', undefined, { line: source.line }));
		if (objections.length > 0) return this.leave(source, objections);
		this.examples++;
		return value;
	}

	/** Why an example cannot be used; also when it is of another kind than the examples before it in one file. */
	private objections(example: Convertible, line: number): Finding[] {
		const mayMix = this.pairs === undefined || MIXABLE.has(this.options.to);
		const expected = mayMix ? undefined : this.pairs ? 'dpo' : 'chat';
		return errorsIn(checkShape(example as unknown as JsonObject, 'auto', expected, { line }));
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

/** Targets of which every record is by itself, or which make one kind of both. */
const MIXABLE = new Set<TargetFormat>(['chat', 'openai', 'promptCompletion']);

function errorsIn(findings: readonly Finding[]): Finding[] {
	return findings.filter(({ severity }) => severity === 'error');
}

function refusal(line: number, reason: Refusal = UNKNOWN_RECORD): Finding {
	return { severity: 'error', line, ...reason };
}

const UNKNOWN_RECORD: Refusal = {
	code: 'unknown_format',
	message: 'The record has no keys by which its format could be known.',
	fix: 'Choose the format of the file, or build the file with the Build operation.',
};
