import { checkShape } from './checkExample';
import { detectFormat, parseLine, toLine } from './examples';
import { type ExampleMend, type ExampleMendOptions, mendExample } from './exampleMends';
import { decodeHtmlText } from './htmlText';
import { readObjects, type ReadObject } from './jsonObjects';
import { JsonPieceScanner } from './jsonPieces';
import { DEFAULT_MAX_LINE_BYTES } from './lines';
import type { ReadOptions } from './reader';
import { parseRelaxed, type SyntaxMend } from './relaxedJson';
import { isObject } from './rules/view';
import { openText, type OpenedText } from './sniff';
import type { ByteSource, DatasetFormat, Finding, JsonObject, JsonValue } from './types';
import { BlockWriter } from './writer';

type LayoutMend =
	| 'several_lines'
	| 'several_on_a_line'
	| 'carriage_return'
	| 'stray_comma'
	| 'json_array'
	| 'missing_last_newline';
type EncodingMend = 'byte_order_mark' | 'utf16' | 'gzip';

export type MendKind = SyntaxMend | ExampleMend | LayoutMend | EncodingMend;

export interface RepairOptions extends ReadOptions, Omit<ExampleMendOptions, 'hasLoneSurrogates'> {
	/** `auto` (default): the format of the first example that is kept holds for the file. */
	format?: 'auto' | DatasetFormat;
	/** Mends to list by line; all are counted. Default 100. */
	maxMends?: number;
	/** Left-out pieces to list with their text; all are counted. Default 100. */
	maxLeftOut?: number;
}

/** Something that could not be mended without guessing. */
export interface LeftOut {
	line: number;
	lastLine: number;
	findings: readonly Finding[];
	/** As it stands in the file, cut after 64 KiB. */
	text: string;
}

export interface RepairReport {
	format?: DatasetFormat;
	/** Examples written. */
	examples: number;
	/** Examples among them that had to be changed. */
	mendedExamples: number;
	/** How often each kind of mend was needed. */
	mends: { [kind in MendKind]?: number };
	/** By line; what was mended all through the file (CR LF, commas between objects) is listed once, where it begins. */
	mendList: Array<{ line: number; kind: MendKind }>;
	mendsNotListed: number;
	/** Pieces that are not in the output. */
	leftOut: number;
	leftOutList: LeftOut[];
	leftOutNotListed: number;
	/** Physical lines and bytes of the text that was read. */
	lines: number;
	bytes: number;
	/** About the file as a whole: why nothing, or not all, could be read. */
	findings: Finding[];
}

const MAX_TEXT_LENGTH = 64 * 1024;

/**
 * Mends a training file as far as that takes no guessing, and checks every example it writes against the rules.
 * Streams: `output` yields the bytes of a proper JSONL file in blocks, `report` is complete once it has ended.
 * Examples that need no mend keep their bytes. What the file holds never throws.
 */
export function repairJsonl(
	source: ByteSource,
	options: RepairOptions = {},
): { output: AsyncGenerator<Buffer>; report: () => RepairReport } {
	const repair = new Repair(options);
	return { output: repair.run(source), report: () => repair.report() };
}

class Repair {
	private readonly writer = new BlockWriter();

	private readonly scanner: JsonPieceScanner;

	private opened: OpenedText | undefined;

	private format: DatasetFormat | undefined;

	private mendedExamples = 0;

	private readonly mends: { [kind in MendKind]?: number } = {};

	private readonly mendList: RepairReport['mendList'] = [];

	private mendsNotListed = 0;

	private readonly leftOutList: LeftOut[] = [];

	private leftOut = 0;

	/** The piece left out last, while what follows may still belong to it. */
	private lastLeftOut: { lastLine: number; isOpen: boolean; listed?: LeftOut } | undefined;

	constructor(private readonly options: RepairOptions) {
		this.scanner = new JsonPieceScanner(options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES);
	}

	async *run(source: ByteSource): AsyncGenerator<Buffer> {
		this.opened = await openText(source);
		for await (const batch of readObjects(this.opened.bytes, this.options, this.scanner)) {
			for (const object of batch) this.take(object);
			yield* this.writer.take();
		}
		this.noteFileMends(this.opened);
		yield* this.writer.end();
	}

	report(): RepairReport {
		const { maxLeftOut = 100 } = this.options;
		return {
			format: this.format,
			examples: this.writer.lines,
			mendedExamples: this.mendedExamples,
			mends: this.mends,
			mendList: [...this.mendList].sort((a, b) => a.line - b.line),
			mendsNotListed: this.mendsNotListed,
			leftOut: this.leftOut,
			leftOutList: this.leftOutList,
			leftOutNotListed: Math.max(0, this.leftOut - maxLeftOut),
			lines: this.scanner.lines,
			bytes: this.scanner.bytes,
			findings: this.opened?.findings ?? [],
		};
	}

	private take(object: ReadObject): void {
		const { line } = object.piece;
		const { mends, value, findings } = this.mendSyntax(object);
		if (!value) {
			this.leaveOut(object, findings);
			return;
		}
		const { example, mends: contentMends } = mendExample(value, {
			...this.options,
			hasLoneSurrogates: findings.some(({ code }) => code === 'lone_surrogate'),
		});
		contentMends.forEach((mend) => mends.add(mend));
		const isRewritten = mends.size > 0;
		addLayoutMends(object, mends);
		const text = isRewritten || object.text.includes('\n') ? toLine(example) : object.text;
		const objections = this.objections(example, text !== object.text, findings, line);
		if (objections.length > 0) {
			this.leaveOut(object, objections);
			return;
		}
		this.format ??= detectFormat(example);
		this.lastLeftOut = undefined;
		if (mends.size > 0) this.mendedExamples++;
		mends.forEach((mend) => this.note(mend, line));
		this.writer.addLine(text);
	}

	/** The object that a piece means, or why there is none. */
	private mendSyntax({ text, value, findings, piece }: ReadObject): {
		value?: JsonObject;
		mends: Set<MendKind>;
		findings: readonly Finding[];
	} {
		const isSound = findings.every(
			({ severity, code }) => severity !== 'error' || code === 'lone_surrogate',
		);
		if (value && isSound) return { value, mends: new Set(), findings };
		const isHopeless = !piece.bytes || findings.some(({ code }) => !MENDABLE.test(code));
		if (isHopeless) return { mends: new Set(), findings };
		let relaxed: { value?: JsonValue; mends: Set<MendKind> } = parseRelaxed(text);
		if (relaxed.value === undefined && this.options.unescapeHtml && text.includes('&quot;')) {
			relaxed = parseRelaxed(decodeHtmlText(text));
			relaxed.mends.add('html_escaped');
		}
		if (!isObject(relaxed.value)) return { mends: relaxed.mends, findings };
		return {
			value: relaxed.value,
			mends: relaxed.mends,
			findings: parseLine(toLine(relaxed.value), piece.line).findings,
		};
	}

	/** Why a mended example still cannot be used. */
	private objections(
		example: JsonObject,
		isRewritten: boolean,
		findings: readonly Finding[],
		line: number,
	): Finding[] {
		// Writing a number anew that lost digits when it was read would change it.
		const lost = findings.filter(({ code }) => code === 'inexact_number');
		if (isRewritten && lost.length > 0) return lost;
		const { format = 'auto' } = this.options;
		return checkShape(example, format, this.format, { line }).filter(
			({ severity }) => severity === 'error',
		);
	}

	private leaveOut({ piece, text }: ReadObject, findings: readonly Finding[]): void {
		const last = this.lastLeftOut;
		const belongsToLast =
			last !== undefined &&
			(piece.line === last.lastLine || (last.isOpen && piece.line === last.lastLine + 1));
		if (belongsToLast) {
			last.lastLine = piece.lastLine;
			last.isOpen ||= piece.fragment === true;
			if (!last.listed) return;
			last.listed.lastLine = piece.lastLine;
			last.listed.text = `${last.listed.text}\n${text}`.slice(0, MAX_TEXT_LENGTH);
			return;
		}
		this.leftOut++;
		this.lastLeftOut = { lastLine: piece.lastLine, isOpen: piece.fragment === true };
		if (this.leftOutList.length >= (this.options.maxLeftOut ?? 100)) return;
		const { line, lastLine } = piece;
		const listed = { line, lastLine, findings, text: text.slice(0, MAX_TEXT_LENGTH) };
		this.leftOutList.push(listed);
		this.lastLeftOut.listed = listed;
	}

	private noteFileMends({ byteOrderMark, encoding, compression }: OpenedText): void {
		const { scanner } = this;
		if (compression) this.note('gzip', 1);
		if (encoding !== 'utf-8') this.note('utf16', 1);
		else if (byteOrderMark) this.note('byte_order_mark', 1);
		if (scanner.arrayLine > 0) this.note('json_array', scanner.arrayLine);
		this.note('carriage_return', scanner.carriageReturns.firstLine, scanner.carriageReturns.count);
		this.note('stray_comma', scanner.strayCommas.firstLine, scanner.strayCommas.count);
		if (scanner.bytes > 0 && !scanner.endsWithLineFeed)
			this.note('missing_last_newline', scanner.lines);
	}

	private note(kind: MendKind, line: number, count = 1): void {
		if (count === 0) return;
		this.mends[kind] = (this.mends[kind] ?? 0) + count;
		if (this.mendList.length < (this.options.maxMends ?? 100)) this.mendList.push({ line, kind });
		else this.mendsNotListed++;
	}
}

/** Findings about syntax that the relaxed parser may know a cure for. */
const MENDABLE = /^(json_|inexact_number|nul_character|lone_surrogate)/;

function addLayoutMends({ piece }: ReadObject, mends: Set<MendKind>): void {
	if (piece.lastLine > piece.line) mends.add('several_lines');
	if (piece.joinedBy === 'nothing') mends.add('several_on_a_line');
	if (piece.joinedBy === 'carriage_return') mends.add('carriage_return');
}
