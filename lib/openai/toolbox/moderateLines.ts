/** Judging training data before it is uploaded: OpenAI refuses a file with too many flagged examples, and names no line. */
import { type Line, readLines } from '../../dataset/reader';
import type { ByteSource } from '../../dataset/types';
import type { Surroundings, Transport } from '../../http/types';
import { SettingError } from '../settingError';
import { parseExample, type Said, textsOfExample } from './exampleTexts';
import { type ModerationSettings, moderateTexts, type Verdict } from './moderate';

export interface FlaggedLine {
	/** 1-based, of the file. */
	line: number;
	categories: string[];
	max_score: number;
	/** The scores of the flagged categories. */
	scores: Record<string, number>;
	/** Role of the message, or name of the member, with the highest score. */
	where: string;
	/** The beginning of that text. */
	excerpt: string;
}

export interface LineReport {
	/** Lines with something in them. */
	lines: number;
	/** Those that were judged. */
	checked: number;
	flagged_lines: number[];
	flagged_details: FlaggedLine[];
	/** Flagged lines beyond the first 1,000; their numbers are in `flagged_lines` all the same. */
	flagged_without_details: number;
	/** Flagged lines by category. */
	categories: Record<string, number>;
	/** Lines that are no JSON object and were not judged; the Validate operation of JSONL Builder says more. */
	unreadable_lines: number[];
	/** Images in the examples, which are not judged here. */
	images_not_checked: number;
	requests: number;
	model: string;
}

export interface LineCheck extends ModerationSettings {
	/** Only these roles of messages; all when empty. */
	roles?: readonly string[];
}

/** Lines judged together: enough that requests are full. */
const LINES_A_ROUND = 64;
const TEXT_A_ROUND = 200_000;
/** Described in full; a file with more has other worries. */
const MAX_DESCRIBED = 1_000;
const MAX_NUMBERS = 100_000;
const EXCERPT_LENGTH = 120;
const MAX_KNOWN = 1_000;
const MAX_KNOWN_LENGTH = 4_000;

interface ReadLine {
	line: number;
	source: string;
	said: Said[];
}

/**
 * Judges each example of a JSONL file, in constant memory. Yields the lines that are not flagged, some at a time, each
 * with its line feed; lines that cannot be judged are among them, empty and overlong ones are not. Returns the report.
 *
 * @throws SettingError when the file holds no example; ApiError as the server says; what `source` throws.
 */
export async function* moderateLines(
	transport: Transport,
	source: ByteSource,
	check: LineCheck,
	{ signal }: Pick<Surroundings, 'signal'>,
): AsyncGenerator<string, LineReport> {
	const judge = new LineJudge(transport, check);
	for await (const line of readLines(source, { signal })) {
		if (judge.add(line)) yield await judge.settle();
	}
	yield await judge.settle();
	if (judge.report.checked === 0) throw noExamples(judge.report.lines);
	return judge.report;
}

class LineJudge {
	readonly report: LineReport;

	private round: ReadLine[] = [];

	private length = 0;

	private readonly roles: ReadonlySet<string>;

	/** Verdicts on short texts: most examples begin with the same instructions. */
	private readonly known = new Map<string, Verdict>();

	constructor(
		private readonly transport: Transport,
		private readonly check: LineCheck,
	) {
		this.report = newReport(check.model);
		this.roles = new Set(check.roles);
	}

	/** Whether enough has been read to be judged. */
	add({ line, text }: Line): boolean {
		if (text?.trim() === '') return false;
		this.report.lines++;
		const example = text === undefined ? undefined : parseExample(text);
		if (!example && this.report.unreadable_lines.length < MAX_NUMBERS) {
			this.report.unreadable_lines.push(line);
		}
		if (text === undefined) return false;
		const { said, images } = example ? textsOfExample(example, this.roles) : NOTHING;
		if (example) this.report.checked++;
		this.report.images_not_checked += images;
		this.round.push({ line, source: text, said });
		this.length += said.reduce((sum, one) => sum + one.text.length, 0);
		return this.round.length >= LINES_A_ROUND || this.length >= TEXT_A_ROUND;
	}

	/** Judges what has been read since the last time, and gives the lines that stay. */
	async settle(): Promise<string> {
		const lines = this.round;
		this.round = [];
		this.length = 0;
		const verdicts = await this.verdictsOn(lines.flatMap(({ said }) => said));
		const kept: string[] = [];
		for (const { line, source, said } of lines) {
			const judged = said.map((one) => ({ ...one, verdict: verdicts.get(one.text) as Verdict }));
			const bad = judged.filter(({ verdict }) => verdict.flagged);
			if (bad.length > 0) addFlagged(this.report, line, bad);
			else kept.push(`${source}\n`);
		}
		return kept.join('');
	}

	private async verdictsOn(said: Said[]): Promise<Map<string, Verdict>> {
		const texts = [...new Set(said.map(({ text }) => text))];
		const verdicts = new Map(texts.map((text) => [text, this.known.get(text)]));
		const fresh = texts.filter((text) => !verdicts.get(text));
		if (fresh.length > 0) {
			const answer = await moderateTexts(this.transport, fresh, this.check);
			this.report.requests += answer.requests;
			this.report.model = answer.model;
			fresh.forEach((text, index) => verdicts.set(text, answer.verdicts[index]));
		}
		for (const [text, verdict] of verdicts) this.remember(text, verdict);
		return verdicts as Map<string, Verdict>;
	}

	private remember(text: string, verdict: Verdict | undefined): void {
		if (!verdict || text.length > MAX_KNOWN_LENGTH) return;
		if (this.known.size >= MAX_KNOWN) this.known.clear();
		this.known.set(text, verdict);
	}
}

const NOTHING = { said: [], images: 0 };

function newReport(model: string): LineReport {
	return {
		lines: 0,
		checked: 0,
		flagged_lines: [],
		flagged_details: [],
		flagged_without_details: 0,
		categories: {},
		unreadable_lines: [],
		images_not_checked: 0,
		requests: 0,
		model,
	};
}

function addFlagged(
	report: LineReport,
	line: number,
	bad: Array<Said & { verdict: Verdict }>,
): void {
	const scores = new Map<string, number>();
	for (const { verdict } of bad) {
		for (const name of verdict.flagged_categories) {
			scores.set(name, Math.max(verdict.category_scores[name] ?? 0, scores.get(name) ?? 0));
		}
	}
	const worst = bad.reduce((a, b) => (b.verdict.max_score > a.verdict.max_score ? b : a));
	const counts = new Map(Object.entries(report.categories));
	for (const name of scores.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
	report.categories = Object.fromEntries(counts);
	if (report.flagged_lines.length < MAX_NUMBERS) report.flagged_lines.push(line);
	if (report.flagged_details.length >= MAX_DESCRIBED) {
		report.flagged_without_details++;
		return;
	}
	report.flagged_details.push({
		line,
		categories: [...scores.keys()].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0)),
		max_score: worst.verdict.max_score,
		scores: Object.fromEntries(scores),
		where: worst.where,
		excerpt: excerptOf(worst.text),
	});
}

function excerptOf(text: string): string {
	const line = text
		.slice(0, 4 * EXCERPT_LENGTH)
		.replace(/\s+/g, ' ')
		.trim();
	return line.length > EXCERPT_LENGTH ? `${line.slice(0, EXCERPT_LENGTH).trimEnd()} …` : line;
}

function noExamples(lines: number): SettingError {
	return new SettingError(
		lines === 0 ? 'The file is empty' : `None of the ${lines} lines of the file is a JSON object`,
		'Give a JSON Lines file: one example a line. JSONL Builder makes one, and its Validate operation names what is wrong with a file.',
	);
}
