import { isTooDeep } from '../depth';
import { parseLine } from '../examples';
import { fileKindFinding } from '../fileKind';
import { FindingList } from '../findingList';
import { LineSplitter, type LineHandler } from '../lines';
import { openPieces, type Line, type ReadOptions } from '../reader';
import type { ByteSource, Finding, JsonObject, JsonValue } from '../types';
import { BlockWriter } from '../writer';
import { GrowingBytes } from './growing';
import { lineProblem, type SelectedLine, selectLines } from './selectedLines';

/** Why a record is left out: a stable snake_case code, a sentence, and what belongs to it. */
export interface LeftOutReason {
	code: string;
	reason: string;
	[detail: string]: JsonValue;
}

/** Reads some of the records again: those whose index is wanted, in order. */
export type Reread = (
	isWanted: (index: number) => boolean,
	visit: (index: number, record: JsonObject) => void | Promise<void>,
) => Promise<void>;

/** Decides about records, which it sees once in order, and some of them again when all have been seen. */
export interface Judge {
	/** @param place line of the file from 1, or place among the items from 0 */
	add(record: JsonObject, place: number): void;
	/** As `add`, for the bytes of a line that need not be parsed; false when they do. */
	addLine?(bytes: Uint8Array, place: number): boolean;
	decide?(reread: Reread, pause?: () => Promise<void>): Promise<void>;
	/** How many times the record is in the result; 0 when it is left out. */
	copies(index: number): number;
	whyLeftOut(index: number): LeftOutReason;
	/** Changes the line of a record that stays. */
	rewrite?(line: string): string;
}

export interface SiftCounts {
	/** Records read, those that could not be understood among them. */
	read: number;
	kept: number;
	leftOut: number;
	/** Lines (items) that hold no JSON object that can be judged; they are left out. */
	unreadable: number;
}

export interface SiftedFile {
	counts: SiftCounts;
	/** About the file as a whole, and why lines could not be understood. */
	findings: Finding[];
	findingsLeftOut: number;
	/** The bytes of the lines that stay, unchanged and in order. Reads the file anew. */
	kept(): AsyncGenerator<Buffer>;
	/** JSONL: a line `{line, code, reason, …, example}` for each one that does not, or `text` in place of `example`. */
	leftOut(): AsyncGenerator<Buffer>;
}

const MAX_FINDINGS = 100;
const BLANK = 0;
const RECORD = 1;
const UNREADABLE = 2;

/**
 * Has a judge sort the lines of a JSONL file of any size. Holds one byte a line; all else is up to the judge.
 *
 * @param open opens the source; called once for each reading
 */
export async function siftFile(
	open: () => Promise<ByteSource> | ByteSource,
	judge: Judge,
	options: ReadOptions = {},
): Promise<SiftedFile> {
	const file = new LineFile(open, options);
	await file.readAll(judge);
	await judge.decide?.((isWanted, visit) => file.reread(isWanted, visit), options.pause);
	return {
		counts: countJudged(judge, file.records, file.unreadable),
		findings: file.findings.list(),
		findingsLeftOut: file.findings.leftOut,
		kept: () => file.writeKept(judge),
		leftOut: () => file.writeLeftOut(judge),
	};
}

export interface SiftedItems {
	counts: SiftCounts;
	/** Places of the records that stay, in order; one that is repeated is there several times. */
	kept: number[];
	leftOut: Array<{ place: number; why: LeftOutReason }>;
}

/** Has a judge sort records that are in memory. */
export async function siftItems(
	records: readonly object[],
	judge: Judge,
	pause?: () => Promise<void>,
): Promise<SiftedItems> {
	const usable: number[] = [];
	const kept: number[] = [];
	const leftOut: SiftedItems['leftOut'] = [];
	let since = performance.now();
	for (let place = 0; place < records.length; place++) {
		if (isTooDeep(records[place] as JsonObject)) leftOut.push({ place, why: TOO_DEEP });
		else {
			judge.add(records[place] as JsonObject, place);
			usable.push(place);
		}
		if (pause && performance.now() - since > PAUSE_AFTER_MS) {
			await pause();
			since = performance.now();
		}
	}
	const unreadable = leftOut.length;
	await judge.decide?.(async (isWanted, visit) => {
		usable.forEach((place, index) => {
			if (isWanted(index)) visit(index, records[place] as JsonObject);
		});
	}, pause);
	usable.forEach((place, index) => {
		const copies = judge.copies(index);
		for (let copy = 0; copy < copies; copy++) kept.push(place);
		if (copies === 0) leftOut.push({ place, why: judge.whyLeftOut(index) });
	});
	leftOut.sort((a, b) => a.place - b.place);
	return { counts: countJudged(judge, usable.length, unreadable), kept, leftOut };
}

const PAUSE_AFTER_MS = 25;
const TOO_DEEP: LeftOutReason = {
	code: 'too_deep',
	reason: 'The item is nested more than 64 levels deep.',
};

function countJudged(judge: Judge, records: number, unreadable: number): SiftCounts {
	let kept = 0;
	for (let index = 0; index < records; index++) if (judge.copies(index) > 0) kept++;
	return { read: records + unreadable, kept, leftOut: records + unreadable - kept, unreadable };
}

/** A file that is read several times, and what is known of its lines. */
class LineFile {
	records = 0;

	unreadable = 0;

	readonly findings = new FindingList(MAX_FINDINGS);

	/** What each line is. */
	private readonly kinds = new GrowingBytes();

	constructor(
		private readonly open: () => Promise<ByteSource> | ByteSource,
		private readonly options: ReadOptions,
	) {}

	async readAll(judge: Judge): Promise<void> {
		const { kind, pieces } = await openPieces(await this.open(), this.options);
		const unusable = fileKindFinding(kind);
		if (unusable) this.findings.add(unusable);
		const splitter = new LineSplitter(this.handlerFor(judge), this.options.maxLineBytes);
		for await (const piece of pieces) splitter.push(piece);
		splitter.end();
	}

	private handlerFor(judge: Judge): LineHandler {
		const takeBytes = (bytes: Buffer, line: number) => {
			if (!judge.addLine!(bytes, line)) return false;
			this.records++;
			this.kinds.push(RECORD);
			return true;
		};
		const read = (line: Line) => this.kinds.push(this.readLine(judge, line));
		return {
			takeBytes: judge.addLine ? takeBytes : undefined,
			onLine: (text, line) => read({ line, text }),
			onBadLine: (problem, line, text) => read({ line, text, problem }),
		};
	}

	async reread(
		isWanted: (index: number) => boolean,
		visit: (index: number, record: JsonObject) => void | Promise<void>,
	): Promise<void> {
		let index = -1;
		const wanted: number[] = [];
		const select = (line: number) => {
			if (this.kinds.at(line - 1) !== RECORD || !isWanted(++index)) return false;
			wanted.push(index);
			return true;
		};
		for await (const lines of selectLines(await this.open(), select, this.options)) {
			for (const { bytes } of lines) {
				const { value } = parseLine(bytes.toString('utf8'));
				const at = wanted.shift();
				if (value && at !== undefined) await visit(at, value);
			}
		}
	}

	async *writeKept(judge: Judge): AsyncGenerator<Buffer> {
		const writer = new BlockWriter();
		const copies: number[] = [];
		let index = 0;
		const select = (line: number) => {
			if (this.kinds.at(line - 1) !== RECORD) return false;
			const times = judge.copies(index++);
			if (times > 0) copies.push(times);
			return times > 0;
		};
		for await (const lines of selectLines(await this.open(), select, this.options)) {
			let at = 0;
			for (const { bytes } of lines) {
				const written = judge.rewrite ? judge.rewrite(bytes.toString('utf8')) : bytes;
				for (let copy = copies[at++]; copy > 0; copy--) {
					if (typeof written === 'string') writer.addLine(written);
					else writer.addBytes(written);
				}
			}
			copies.splice(0, at);
			yield* writer.take();
		}
		yield* writer.end();
	}

	async *writeLeftOut(judge: Judge): AsyncGenerator<Buffer> {
		const writer = new BlockWriter();
		let index = 0;
		const whys: Array<LeftOutReason | undefined> = [];
		const select = (line: number) => {
			const kind = this.kinds.at(line - 1);
			if (kind === RECORD && judge.copies(index++) === 0) whys.push(judge.whyLeftOut(index - 1));
			else if (kind === UNREADABLE) whys.push(undefined);
			else return false;
			return true;
		};
		for await (const lines of selectLines(await this.open(), select, this.options)) {
			for (const [at, line] of lines.entries()) {
				const why = whys[at];
				writer.addLine(why ? judgedLine(line, why) : unreadableLine(line, this.options));
			}
			whys.splice(0, lines.length);
			yield* writer.take();
		}
		yield* writer.end();
	}

	private readLine(judge: Judge, { line, text = '', problem }: Line): number {
		if (!problem && isBlank(text)) return BLANK;
		const { value, findings } = problem ? { findings: [problem] } : parseLine(text, line);
		if (value) {
			judge.add(value, line);
			this.records++;
			return RECORD;
		}
		findings.forEach((finding) => this.findings.add(finding));
		this.unreadable++;
		return UNREADABLE;
	}
}

function isBlank(text: string): boolean {
	return !(text.charCodeAt(0) > 0x20) && text.trim() === '';
}

/** The example keeps its own bytes: it was read as one JSON object, so it can stand in another one. */
function judgedLine({ line, bytes }: SelectedLine, why: LeftOutReason): string {
	const note = JSON.stringify({ line, ...why });
	return `${note.slice(0, -1)},"example":${bytes.toString('utf8')}}`;
}

function unreadableLine(selected: SelectedLine, options: ReadOptions): string {
	const { line } = selected;
	const { problem, text } = lineProblem(selected, options);
	const finding = problem ?? parseLine(text ?? '', line).findings[0];
	return JSON.stringify({
		line,
		code: finding?.code ?? 'unreadable',
		reason: finding?.message ?? 'The line holds no JSON object.',
		...(text === undefined ? {} : { text }),
	});
}
