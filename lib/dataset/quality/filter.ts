import { FieldPath } from '../fieldPath';
import { normaliseText } from '../normaliser';
import type { JsonObject } from '../types';
import { ANSWER_CHECKS, answerFault, type AnswerCheck } from './answerQuality';
import { GrowingBytes } from './growing';
import { detectLanguage, LANGUAGE_NAMES } from './language';
import { orderNumber } from './orderNumber';
import { RecordReader, type RecordFields, type RecordText } from './recordText';
import type { Judge, LeftOutReason } from './sift';

/** Bounds of a length; what is not given is not checked. */
export interface LengthRange {
	min?: number;
	max?: number;
}

export interface FilterOptions extends RecordFields {
	/** What lengths are counted in. Default `characters`; `tokens` needs `countTokens`. */
	lengthUnit?: 'characters' | 'tokens';
	question?: LengthRange;
	answer?: LengthRange;
	countTokens?: (text: string) => number;
	/** Languages to keep, as ISO 639-1 codes; empty or missing for all. */
	languages?: readonly string[];
	/** Field that says the language; without it, or where it is empty, the language is told from the text. */
	languageField?: string;
	/** What happens to texts whose language cannot be told. Default `keep`. */
	undetermined?: 'keep' | 'leaveOut';
	/** Lowest confidence to keep. */
	minConfidence?: number;
	/** Default `confidence`. */
	confidenceField?: string;
	/** What happens to records without a confidence. Default `keep`. */
	withoutConfidence?: 'keep' | 'leaveOut';
	/** Answers to leave out. Default: none. */
	answerChecks?: readonly AnswerCheck[];
	/** Own phrases: answers that have one are left out, whatever else they say. Capitals and punctuation do not count. */
	phrases?: readonly string[];
}

export interface FilterReport {
	/** Records left out by reason. */
	reasons: Record<string, number>;
	/** Languages of the records by code; only when there was a reason to tell them. */
	languages?: Record<string, number>;
}

/** Every reason a filter has, in the order of their numbers. */
const REASONS: ReadonlyArray<readonly [code: string, reason: string]> = [
	['question_too_short', 'The question is shorter than the minimum.'],
	['question_too_long', 'The question is longer than the maximum.'],
	['answer_too_short', 'The answer is shorter than the minimum.'],
	['answer_too_long', 'The answer is longer than the maximum.'],
	['other_language', 'The text is in a language that is not asked for.'],
	['undetermined_language', 'The language of the text cannot be told.'],
	['low_confidence', 'The confidence is below the minimum.'],
	['no_confidence', 'The record says no confidence.'],
	['own_phrase', 'The answer has one of your phrases.'],
	['empty', 'The answer is empty.'],
	['repeats_question', 'The answer repeats the question.'],
	['only_link', 'The answer is only a link.'],
	['ticket_reference', 'The answer only refers to another ticket.'],
	['closed_as_duplicate', 'The answer only says that the ticket is a duplicate.'],
	['see_attachment', 'The answer only points to an attachment or to another place.'],
	['call_us', 'The answer only asks to call or to contact somebody, or says that somebody did.'],
	['thanks', 'The answer is only thanks, a greeting or a word of closing.'],
];
const NUMBER_OF = new Map(REASONS.map(([code], index) => [code, index + 1]));

/** Leaves out records by their length, language, confidence and what their answer says. One byte a record. */
export class Filter implements Judge {
	private readonly reader: RecordReader;

	private readonly languages: ReadonlySet<string>;

	private readonly languageField: FieldPath | undefined;

	private readonly confidenceField: FieldPath;

	private readonly checks: ReadonlySet<AnswerCheck>;

	private readonly phrases: string[];

	/** Number of the reason a record is left out for; 0 for those that stay. */
	private readonly verdicts = new GrowingBytes();

	private readonly languageCounts = new Map<string, number>();

	constructor(private readonly options: FilterOptions = {}) {
		this.reader = new RecordReader(options);
		this.languages = new Set((options.languages ?? []).map(languageCode));
		const languageField = options.languageField?.trim() ?? '';
		if (languageField !== '') this.languageField = new FieldPath(languageField);
		this.confidenceField = new FieldPath(options.confidenceField?.trim() || 'confidence');
		this.checks = new Set(options.answerChecks?.filter((check) => ANSWER_CHECKS.includes(check)));
		this.phrases = (options.phrases ?? []).map(searched).filter((phrase) => phrase.trim() !== '');
	}

	add(record: JsonObject): void {
		const code = this.faultOf(record);
		this.verdicts.push(code === undefined ? 0 : (NUMBER_OF.get(code) ?? 0));
	}

	copies(index: number): number {
		return this.verdicts.at(index) === 0 ? 1 : 0;
	}

	whyLeftOut(index: number): LeftOutReason {
		const [code, reason] = REASONS[this.verdicts.at(index) - 1];
		return { code, reason };
	}

	report(): FilterReport {
		const counts = new Map<string, number>();
		for (let index = 0; index < this.verdicts.length; index++) {
			const verdict = this.verdicts.at(index);
			if (verdict > 0) add(counts, REASONS[verdict - 1][0]);
		}
		return {
			reasons: sorted(counts),
			...(this.languages.size > 0 ? { languages: sorted(this.languageCounts) } : {}),
		};
	}

	private faultOf(record: JsonObject): string | undefined {
		const text = this.reader.read(record);
		return (
			this.lengthFault(text) ??
			this.languageFault(record, text) ??
			this.confidenceFault(record) ??
			this.answerFault(text)
		);
	}

	private lengthFault({ question, answer }: RecordText): string | undefined {
		return (
			this.rangeFault('question', question, this.options.question) ??
			this.rangeFault('answer', answer, this.options.answer)
		);
	}

	private rangeFault(
		part: string,
		text: string,
		{ min, max }: LengthRange = {},
	): string | undefined {
		if (min === undefined && max === undefined) return undefined;
		const { lengthUnit, countTokens } = this.options;
		const length = lengthUnit === 'tokens' && countTokens ? countTokens(text) : text.length;
		if (min !== undefined && length < min) return `${part}_too_short`;
		return max !== undefined && length > max ? `${part}_too_long` : undefined;
	}

	private languageFault(record: JsonObject, text: RecordText): string | undefined {
		if (this.languages.size === 0) return undefined;
		const given = this.languageField?.read(record);
		const language =
			typeof given === 'string' && given.trim() !== ''
				? languageCode(given)
				: detectLanguage(textOfBoth(text)).language;
		add(this.languageCounts, language);
		if (this.languages.has(language)) return undefined;
		if (language !== 'und') return 'other_language';
		return this.options.undetermined === 'leaveOut' ? 'undetermined_language' : undefined;
	}

	private confidenceFault(record: JsonObject): string | undefined {
		const { minConfidence, withoutConfidence } = this.options;
		if (minConfidence === undefined) return undefined;
		const confidence = orderNumber(this.confidenceField.read(record));
		if (confidence === undefined)
			return withoutConfidence === 'leaveOut' ? 'no_confidence' : undefined;
		return confidence < minConfidence ? 'low_confidence' : undefined;
	}

	private answerFault({ question, answer }: RecordText): string | undefined {
		if (this.phrases.length > 0) {
			const words = plain(answer);
			if (this.phrases.some((phrase) => words.includes(phrase))) return 'own_phrase';
		}
		const fault = answerFault(question, answer, this.checks);
		return fault?.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
	}
}

/** The answer says most about the language; the question helps where it is short. */
export function textOfBoth({ question, answer }: RecordText): string {
	return `${answer.slice(0, 2000)}\n${question.slice(0, 2000)}`;
}

/** `de-AT`, `de_AT`, `German` and `DE` are `de`. */
export function languageCode(language: string): string {
	const plainName = language.trim().toLowerCase();
	for (const [code, name] of LANGUAGE_NAMES) if (name.toLowerCase() === plainName) return code;
	const code = plainName.split(/[-_]/)[0];
	return code === 'nb' || code === 'nn' ? 'no' : code;
}

/** With a space at both ends, so that only whole words are found. */
function plain(text: string): string {
	const lower = text.slice(0, 200_000).toLowerCase();
	return ` ${normaliseText(lower).toString('utf8')} `;
}

/** In languages without spaces between words, a phrase has none around it either. */
function searched(phrase: string): string {
	const words = plain(phrase);
	return /[\u0e00-\u0eff\u2e80-\u9fff]/.test(words) ? words.trim() : words;
}

function add(counts: Map<string, number>, name: string): void {
	counts.set(name, (counts.get(name) ?? 0) + 1);
}

function sorted(counts: Map<string, number>): Record<string, number> {
	return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]).slice(0, 1000));
}
