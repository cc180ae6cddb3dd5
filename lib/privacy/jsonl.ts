import { toLine } from '../dataset/examples';
import { type ReadObject, readObjects } from '../dataset/jsonObjects';
import type { ReadOptions } from '../dataset/reader';
import { openText } from '../dataset/sniff';
import type { ByteSource, Finding, JsonObject, JsonValue } from '../dataset/types';
import { BlockWriter } from '../dataset/writer';

export interface MapJsonlOptions extends ReadOptions {
	/** Left-out lines to list; all are counted. Default 1,000. */
	maxLeftOut?: number;
}

/** A line that could not be read, and therefore is not in the output. Without its text, which nobody has redacted. */
export interface LeftOutLine {
	line: number;
	/** Code of the finding, e.g. `json_unexpected`. */
	code: string;
	reason: string;
}

export interface MapJsonlReport {
	/** Objects written. */
	examples: number;
	leftOut: number;
	leftOutList: LeftOutLine[];
	leftOutNotListed: number;
	/** Bytes written. */
	bytes: number;
	/** About the file as a whole: why nothing, or not all, could be read. */
	findings: Finding[];
}

/** What to write in place of an object. */
export type MapObject = (value: JsonObject) => { value: JsonValue; isChanged: boolean };

const UNREADABLE =
	'The line is no JSON object and is left out, as its text cannot be looked through.';
const INEXACT =
	'The line has a number with more digits than JSON keeps, which would be changed; it is left out.';

/**
 * A copy of a file with every object changed by `map`, as JSONL, in constant memory. Objects that stay as they are
 * keep their bytes. Reads what `openText` and `readObjects` read: also gzip, UTF-16, JSON lists, pretty-printed JSON.
 */
export function mapJsonl(
	source: ByteSource,
	map: MapObject,
	options: MapJsonlOptions = {},
): { output: AsyncGenerator<Buffer>; report: () => MapJsonlReport } {
	const run = new JsonlMap(map, options);
	return { output: run.write(source), report: () => run.report };
}

class JsonlMap {
	readonly report: MapJsonlReport = {
		examples: 0,
		leftOut: 0,
		leftOutList: [],
		leftOutNotListed: 0,
		bytes: 0,
		findings: [],
	};

	private readonly writer = new BlockWriter();

	constructor(
		private readonly map: MapObject,
		private readonly options: MapJsonlOptions,
	) {}

	async *write(source: ByteSource): AsyncGenerator<Buffer> {
		const { writer, report } = this;
		const opened = await openText(source);
		report.findings = opened.findings;
		const { signal, pause } = this.options;
		let since = performance.now();
		for await (const batch of readObjects(opened.bytes, this.options)) {
			for (const object of batch) {
				this.take(object);
				yield* writer.take();
				if (performance.now() - since < PAUSE_AFTER_MS) continue;
				signal?.throwIfAborted();
				await pause?.();
				since = performance.now();
			}
			yield* writer.take();
		}
		yield* writer.end();
		report.bytes = writer.bytes;
	}

	private take({ text, value, findings, piece }: ReadObject): void {
		if (!value) {
			this.leaveOut(piece.line, findings[0]?.code ?? 'json_unexpected', UNREADABLE);
			return;
		}
		if (findings.some(({ code }) => code === 'inexact_number')) {
			this.leaveOut(piece.line, 'inexact_number', INEXACT);
			return;
		}
		const mapped = this.map(value);
		// A name given twice hides a value that `map` has not seen, so the line is written anew.
		const isRewritten =
			mapped.isChanged ||
			piece.lastLine > piece.line ||
			text.includes('\n') ||
			findings.some(({ code }) => code === 'duplicate_key');
		this.writer.addLine(isRewritten ? toLine(mapped.value as JsonObject) : text);
		this.report.examples++;
	}

	private leaveOut(line: number, code: string, reason: string): void {
		const { report } = this;
		report.leftOut++;
		if (report.leftOutList.length < (this.options.maxLeftOut ?? 1000))
			report.leftOutList.push({ line, code, reason });
		else report.leftOutNotListed++;
	}
}

const PAUSE_AFTER_MS = 25;
