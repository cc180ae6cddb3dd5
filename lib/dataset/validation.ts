import { estimateEpochs, estimateTrainingCost } from '../cost';
import { checkShape } from './checkExample';
import { detectFormat, parseLine } from './examples';
import { fileKindFinding } from './fileKind';
import { FindingList } from './findingList';
import { MIN_EXAMPLES, trainingTokenLimit } from './limits';
import { DEFAULT_MAX_LINE_BYTES, LineSplitter, type LineHandler } from './lines';
import type { FileStart } from './reader';
import { applyRules } from './rules';
import { FILE_RULES, type FileFacts } from './rules/file';
import { countImages } from './rules/images';
import { lengthRule } from './rules/length';
import { isObject, viewExample } from './rules/view';
import { TokenTally, type TokenStatistics } from './tokenStatistics';
import type { DatasetFormat, Example, Finding, JsonObject } from './types';
import type { ValidateOptions, ValidationReport } from './validator';

const CARRIAGE_RETURN = 0x0d;
const OPENING_BRACE = 0x7b;

/** One run of the validator over one file: what it has seen so far. */
export class Validation implements LineHandler {
	/** Promises of `onExample` that are not settled yet. */
	readonly pending: Array<Promise<void>> = [];

	private readonly findings: FindingList;

	private readonly splitter: LineSplitter;

	private readonly tokenLimit: number;

	private readonly tally: TokenTally;

	/** Why the file is not JSONL at all. */
	private readonly otherKind: Finding | undefined;

	private format: DatasetFormat | undefined;

	private bytes: number;

	private examples = 0;

	private invalidExamples = 0;

	private imageExamples = 0;

	private withInstructions = 0;

	private withoutInstructions = 0;

	private windowsLines = 0;

	/** First line of the run of blank lines that the present line follows, or 0. */
	private firstBlank = 0;

	private ending = false;

	constructor(
		private readonly start: FileStart,
		private readonly options: ValidateOptions,
	) {
		this.findings = new FindingList(options.maxFindings ?? 100);
		this.splitter = new LineSplitter(this, options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES);
		this.tokenLimit = options.tokenLimit ?? trainingTokenLimit(options.model);
		this.tally = new TokenTally(this.tokenLimit);
		this.format = options.format === 'auto' ? undefined : options.format;
		this.bytes = start.byteOrderMark ? 3 : 0;
		this.otherKind = fileKindFinding(start.kind);
	}

	/** A file of another kind is only measured: what its "lines" would be said to lack is noise. */
	push(piece: Buffer): void {
		this.bytes += piece.length;
		if (!this.otherKind) this.splitter.push(piece);
	}

	end(): void {
		this.ending = true;
		this.splitter.end();
	}

	async settle(): Promise<void> {
		await Promise.all(this.pending.splice(0));
	}

	onLine(text: string, line: number): void {
		if (isBlank(text)) {
			this.firstBlank ||= line;
			return;
		}
		this.countLine(text, line);
		const { value, findings, isPlain } = parseLine(text, line);
		if (!value) {
			this.finish(
				undefined,
				line,
				findings.map((finding) => this.atEnd(finding)),
				text,
			);
			return;
		}
		const isFine = isPlain && (this.format === undefined || this.format === 'chat');
		const found = isFine ? findings : [...findings, ...this.check(value, line)];
		this.format ??= detectFormat(value);
		this.countTraits(value, isFine);
		this.finish(value, line, this.countTokens(value, found, line), text);
	}

	onBadLine(finding: Finding, line: number, text = ''): void {
		this.countLine(text, line);
		this.finish(undefined, line, [finding], text);
	}

	report(): ValidationReport {
		if (this.otherKind) this.findings.add(this.otherKind);
		else this.checkFile();
		const { findings } = this;
		const tokens = this.tally.statistics();
		return {
			valid: findings.errors === 0,
			format: this.format,
			examples: this.examples,
			invalidExamples: this.invalidExamples,
			imageExamples: this.imageExamples,
			bytes: this.bytes,
			lines: this.splitter.lines,
			tokens,
			...this.estimate(tokens),
			findings: findings.list(),
			counts: { ...findings.counts },
			errors: findings.errors,
			warnings: findings.warnings,
			findingsLeftOut: findings.leftOut,
		};
	}

	private estimate(tokens?: TokenStatistics): Pick<ValidationReport, 'epochs' | 'cost'> {
		const {
			model,
			prices,
			epochs = estimateEpochs(this.examples - this.invalidExamples),
		} = this.options;
		if (epochs === 0) return {};
		if (!tokens || !model || this.format === 'rft') return { epochs };
		const cost = estimateTrainingCost({ tokens: tokens.billed, epochs, model, prices });
		return { epochs, cost };
	}

	private check(value: JsonObject, line: number): Finding[] {
		const { format = 'auto' } = this.options;
		return checkShape(value, format, this.format, { line });
	}

	private countLine(text: string, line: number): void {
		this.examples++;
		if (text.charCodeAt(text.length - 1) === CARRIAGE_RETURN) this.windowsLines++;
		if (this.firstBlank > 0) this.noteBlankLines(line - 1, 'error');
	}

	private noteBlankLines(last: number, severity: Finding['severity']): void {
		const first = this.firstBlank;
		this.firstBlank = 0;
		this.findings.add({
			severity,
			code: 'blank_line',
			line: first,
			message: first === last ? `Line ${first} is empty.` : `Lines ${first} to ${last} are empty.`,
			fix: 'Remove empty lines; every line must be one JSON object.',
		});
	}

	/** An object that is not complete on the very last line is a file that was cut off. */
	private atEnd(finding: Finding): Finding {
		if (!this.ending || finding.code !== 'json_truncated') return finding;
		return {
			...finding,
			code: 'truncated_last_line',
			fix: 'Make or download the file again; it ends in the middle of its last example.',
		};
	}

	/** Adds the tokens of an example that has no errors, and the finding when they are too many. */
	private countTokens(
		value: JsonObject,
		findings: readonly Finding[],
		line: number,
	): readonly Finding[] {
		const { countTokens } = this.options;
		if (!countTokens || findings.some(({ severity }) => severity === 'error')) return findings;
		const tokens = countTokens(value as unknown as Example);
		this.tally.add(tokens);
		if (tokens <= this.tokenLimit || !this.format) return findings;
		const view = viewExample(value, this.format, { tokens, tokenLimit: this.tokenLimit });
		return [...findings, ...applyRules(view, line, [lengthRule])];
	}

	private finish(
		value: JsonObject | undefined,
		line: number,
		findings: readonly Finding[],
		text: string,
	): void {
		if (findings.length > 0) this.note(findings);
		const result = this.options.onExample?.(value, line, findings, text);
		if (result) this.pending.push(result);
	}

	private note(findings: readonly Finding[]): void {
		for (const finding of findings) this.findings.add(finding);
		if (findings.some(({ severity }) => severity === 'error')) this.invalidExamples++;
	}

	private countTraits(value: JsonObject, isPlain = false): void {
		const messages = conversation(value);
		const role = messages[0]?.role;
		if (role === 'system' || role === 'developer') this.withInstructions++;
		else this.withoutInstructions++;
		if (isPlain || !this.format || !messages.some(hasParts)) return;
		if (countImages(viewExample(value, this.format)) > 0) this.imageExamples++;
	}

	private checkFile(): void {
		const { options, splitter, start } = this;
		if (this.firstBlank > 0) this.noteBlankLines(splitter.lines, 'info');
		const facts: FileFacts = {
			format: this.format,
			bytes: this.bytes,
			examples: this.examples,
			imageExamples: this.imageExamples,
			withInstructions: this.withInstructions,
			withoutInstructions: this.withoutInstructions,
			byteOrderMark: start.byteOrderMark,
			windowsLines: this.windowsLines,
			endedWithLineFeed: splitter.endedWithLineFeed,
			minExamples: options.minExamples ?? MIN_EXAMPLES,
		};
		for (const { code, severity, check } of FILE_RULES) {
			const found = check(facts);
			if (found) this.findings.add({ severity, code, message: found[0], fix: found[1] });
		}
	}
}

function isBlank(text: string): boolean {
	return text.charCodeAt(0) !== OPENING_BRACE && text.trim() === '';
}

/** The messages of an example, of which nothing is known but that they are JSON. */
function conversation({ messages, input }: JsonObject): Array<JsonObject | null> {
	const found = messages ?? (isObject(input) ? input.messages : undefined);
	return Array.isArray(found) ? (found as Array<JsonObject | null>) : [];
}

/** Whether a message has a list for content, the only place for an image. */
function hasParts(message: JsonObject | null): boolean {
	return Array.isArray(message?.content);
}
