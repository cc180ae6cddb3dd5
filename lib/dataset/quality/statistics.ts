import { asText } from '../asText';
import { detectFormat } from '../examples';
import { FieldPath } from '../fieldPath';
import { FingerprintIndex, NEAR_DUPLICATE_THRESHOLD } from '../fingerprint';
import type { Example, JsonObject } from '../types';
import { type CountedValue, Counter } from './counter';
import { textOfBoth } from './filter';
import { type Bin, type Distribution, labelled, Tally } from './histogram';
import { detectLanguage } from './language';
import { RecordReader, type RecordFields, type RecordText } from './recordText';
import type { Judge, LeftOutReason } from './sift';

export interface StatisticsOptions extends RecordFields {
	/** Fields whose values are counted, e.g. `category`, `tags`; those that no record has are not reported. */
	countFields?: readonly string[];
	/** Counts the tokens of a text; without it there are no tokens. */
	countTokens?: (text: string) => number;
	/** Counts those of a training example, with what surrounds its messages. */
	countExampleTokens?: (example: Example) => number;
	/** Look for duplicates, which takes 160 bytes a record. Default true. */
	duplicates?: boolean;
	/** Similarity from which two records count as duplicates. Default 0.7. */
	threshold?: number;
	/** Tell the language of each record. Default true. */
	languages?: boolean;
	/** Longest and shortest records to list. Default 10. */
	extremes?: number;
}

/** A record and its length, in tokens if they are counted, in characters otherwise. */
export interface Extreme {
	/** Line of the file, or place of the item. */
	place: number;
	length: number;
}

export interface FieldCounts {
	field: string;
	values: CountedValue[];
	distinct: number;
	/** Records without a value. */
	missing: number;
	/** Values that are not in the list. */
	others: number;
}

export interface DatasetStatistics {
	/** Records that could be read. */
	records: number;
	formats: CountedValue[];
	characters: { question?: Distribution; answer?: Distribution };
	tokens?: Distribution;
	lengthUnit: 'tokens' | 'characters';
	/** The few that are far longer than all others share the last bin. */
	lengths: Bin[];
	questionLengths: Bin[];
	answerLengths: Bin[];
	/** ISO 639-1 codes; `und` where the language cannot be told. */
	languages?: CountedValue[];
	fields: FieldCounts[];
	/** Messages by role. */
	roles: CountedValue[];
	/** Records by the number of their user messages. */
	turns: Bin[];
	/** From fingerprints: an estimate, in which similar to a similar one counts as well. */
	duplicates?: { groups: number; leftOver: number; share: number; threshold: number };
	longest: Extreme[];
	shortest: Extreme[];
	/** Records whose question or answer is empty. */
	withoutQuestion: number;
	withoutAnswer: number;
}

const MAX_LISTED = 100;

/** Counts and measures records. */
export class Statistics implements Judge {
	private readonly reader: RecordReader;

	private readonly tallies = {
		length: new Tally(),
		question: new Tally(),
		answer: new Tally(),
		turns: new Tally(),
	};

	private readonly formats = new Counter();

	private readonly roles = new Counter();

	private readonly languages = new Counter();

	private readonly fields: Array<{ path: FieldPath; counter: Counter; missing: number }>;

	private readonly index: FingerprintIndex | undefined;

	private readonly longest: ExtremeList;

	private readonly shortest: ExtremeList;

	private duplicates: DatasetStatistics['duplicates'];

	private records = 0;

	private withoutQuestion = 0;

	private withoutAnswer = 0;

	constructor(private readonly options: StatisticsOptions = {}) {
		this.reader = new RecordReader(options);
		const { countFields = [], threshold = NEAR_DUPLICATE_THRESHOLD, extremes = 10 } = options;
		this.fields = [...new Set(countFields.map((field) => field.trim()))]
			.filter((field) => field !== '')
			.map((field) => ({ path: new FieldPath(field), counter: new Counter(), missing: 0 }));
		this.longest = new ExtremeList(extremes, (a, b) => b - a);
		this.shortest = new ExtremeList(extremes, (a, b) => a - b);
		if (options.duplicates !== false)
			this.index = new FingerprintIndex({ threshold, ignoreEmpty: true });
	}

	add(record: JsonObject, place: number): void {
		const text = this.reader.read(record);
		this.records++;
		this.formats.add(formatOf(record));
		this.measure(record, text, place);
		if (this.options.languages !== false)
			this.languages.add(detectLanguage(textOfBoth(text).slice(0, 1000)).language);
		for (const role of text.roles) this.roles.add(role === '' ? 'none' : role);
		if (text.roles.length > 0)
			this.tallies.turns.add(text.roles.filter((role) => ASKING_ROLES.has(role)).length);
		this.countFields(record);
		this.index?.add(`${text.question}\n${text.answer}`);
	}

	async decide(_reread: unknown, pause?: () => Promise<void>): Promise<void> {
		if (!this.index) return;
		const roots = await this.index.clusters(pause);
		const sizes = new Int32Array(roots.length);
		for (const root of roots) sizes[root]++;
		let groups = 0;
		let distinct = 0;
		for (const size of sizes) {
			if (size > 0) distinct++;
			if (size > 1) groups++;
		}
		const leftOver = roots.length - distinct;
		this.duplicates = {
			groups,
			leftOver,
			share: roots.length === 0 ? 0 : Math.round((leftOver / roots.length) * 10_000) / 10_000,
			threshold: this.options.threshold ?? NEAR_DUPLICATE_THRESHOLD,
		};
		this.index.release();
	}

	copies(): number {
		return 1;
	}

	whyLeftOut(): LeftOutReason {
		return { code: 'left_out', reason: 'Nothing is left out.' };
	}

	report(): DatasetStatistics {
		const { length, question, answer, turns } = this.tallies;
		const characters = { question: question.distribution(), answer: answer.distribution() };
		const lengths = length.distribution();
		return {
			records: this.records,
			formats: this.formats.list(),
			characters,
			...(this.options.countTokens && lengths ? { tokens: lengths } : {}),
			lengthUnit: this.options.countTokens ? 'tokens' : 'characters',
			lengths: labelled(length.histogram(), 'longer'),
			questionLengths: labelled(question.histogram(), 'longer'),
			answerLengths: labelled(answer.histogram(), 'longer'),
			...(this.options.languages === false ? {} : { languages: this.languages.list(MAX_LISTED) }),
			fields: this.fields.flatMap(({ path, counter, missing }) =>
				fieldCounts(path, counter, missing),
			),
			roles: this.roles.list(MAX_LISTED),
			turns: labelled(turns.histogram(), 'more'),
			...(this.duplicates ? { duplicates: this.duplicates } : {}),
			longest: this.longest.list,
			shortest: this.shortest.list,
			withoutQuestion: this.withoutQuestion,
			withoutAnswer: this.withoutAnswer,
		};
	}

	private measure(record: JsonObject, text: RecordText, place: number): void {
		const { question, answer } = text;
		if (question.trim() === '') this.withoutQuestion++;
		if (answer.trim() === '') this.withoutAnswer++;
		this.tallies.question.add(question.length);
		this.tallies.answer.add(answer.length);
		const length = this.lengthOf(record, text);
		this.tallies.length.add(length);
		this.longest.offer(place, length);
		this.shortest.offer(place, length);
	}

	private lengthOf(record: JsonObject, { question, answer, roles }: RecordText): number {
		const { countTokens, countExampleTokens } = this.options;
		if (!countTokens) return question.length + answer.length;
		const isExample = roles.length > 0 && countExampleTokens && detectFormat(record) !== undefined;
		return isExample
			? countExampleTokens(record as unknown as Example)
			: countTokens(question) + countTokens(answer);
	}

	private countFields(record: JsonObject): void {
		for (const field of this.fields) {
			const value = field.path.read(record);
			const values = (Array.isArray(value) ? value.slice(0, 100) : [value])
				.map((one) => asText(one)?.text.trim() ?? '')
				.filter((text) => text !== '');
			if (values.length === 0) field.missing++;
			for (const text of new Set(values)) field.counter.add(text);
		}
	}
}

const ASKING_ROLES = new Set(['user', 'requester']);

function formatOf(record: JsonObject): string {
	const format = detectFormat(record);
	if (format !== undefined && format !== 'rft') return format;
	const isTicket = Array.isArray(record.messages) && Object.hasOwn(record, 'title');
	if (isTicket) return 'ticket';
	return format ?? (Object.hasOwn(record, 'answer') ? 'pair' : 'record');
}

function fieldCounts(path: FieldPath, counter: Counter, missing: number): FieldCounts[] {
	if (counter.distinct === 0) return [];
	const values = counter.list(MAX_LISTED);
	const { distinct, others } = counter;
	const unlisted = counter.list().slice(MAX_LISTED);
	return [
		{
			field: path.text,
			values,
			distinct,
			missing,
			others: unlisted.reduce((sum, { count }) => sum + count, others),
		},
	];
}

/** The first few by an order, of any number of records. */
class ExtremeList {
	readonly list: Extreme[] = [];

	constructor(
		private readonly max: number,
		private readonly order: (a: number, b: number) => number,
	) {}

	offer(place: number, length: number): void {
		const { list, max } = this;
		const last = list[list.length - 1];
		if (list.length >= max && (!last || this.order(length, last.length) >= 0)) return;
		let at = list.length;
		while (at > 0 && this.order(length, list[at - 1].length) < 0) at--;
		list.splice(at, 0, { place, length });
		if (list.length > max) list.pop();
	}
}
