import { Cues, cuesOfName } from './cues';
import { reportNumberId } from './nationalIds';
import { eachNumberRun } from './numberRun';
import { type OwnPattern, OwnPatterns } from './ownPatterns';
import { PhraseTable, wordsOf } from './phrases';
import { reportAddresses } from './recognisers/address';
import { reportBirthDates } from './recognisers/birthDate';
import { reportCard } from './recognisers/card';
import { reportCodes } from './recognisers/codes';
import { reportEmails } from './recognisers/email';
import {
	type NameForm,
	peopleCompanion,
	peopleTable,
	reportCuedNames,
	reportFieldName,
} from './recognisers/names';
import { reportColonAddresses, reportDottedAddresses } from './recognisers/network';
import { reportPhone } from './recognisers/phone';
import { reportFieldSecret, reportSecrets } from './recognisers/secrets';
import { reportUrls } from './recognisers/url';
import { resolveOverlaps } from './resolve';
import { findChunks } from './scan';
import { type BuiltInType, type Found, type PrivateType, type Report } from './types';

export interface DetectorOptions {
	/** What to look for; words and patterns of the user's own are always looked for. */
	types: readonly BuiltInType[];
	/** Words and phrases of the user's own, found whole, in any case, with or without accents. */
	words?: readonly string[];
	/** Expressions of the user's own. */
	patterns?: readonly OwnPattern[];
	/** Values that are to stay, whatever they look like; compared whole, in any case. */
	allow?: readonly string[];
	/** Whether names are also found by the words around them, not only when the record names the person. */
	cuedNames?: boolean;
}

/** What is known about a text besides its characters. */
export interface TextContext {
	/** People that the record names, see `Detector.people`. */
	people?: PhraseTable<NameForm>;
	/** Name of the field that the text is in: `phone` makes bare digits a phone number. */
	field?: string;
}

/** Types that begin at a digit. */
const NUMERIC: readonly BuiltInType[] = [
	'address',
	'bankAccount',
	'card',
	'crypto',
	'iban',
	'identityDocument',
	'ip',
	'mac',
	'nationalId',
	'phone',
];

/** Finds what is private in texts. One for a run: what it is built of is compiled once. */
export class Detector {
	private readonly types: ReadonlySet<string>;

	private readonly words = new PhraseTable<number>();

	private readonly patterns: OwnPatterns | undefined;

	private readonly allowed: ReadonlySet<string>;

	private readonly hasNumeric: boolean;

	/** @throws SettingError for a pattern that cannot be used */
	constructor(private readonly options: DetectorOptions) {
		this.types = new Set<string>(options.types);
		this.hasNumeric = NUMERIC.some((type) => this.types.has(type));
		for (const word of options.words ?? []) this.words.add(word, 1);
		if (options.patterns?.length) this.patterns = new OwnPatterns(options.patterns);
		this.allowed = new Set((options.allow ?? []).map(comparable));
	}

	/** A table of names to be found with `find`; undefined when names are not looked for. */
	people(names: readonly string[]): PhraseTable<NameForm> | undefined {
		if (!this.types.has('name') || names.length === 0) return undefined;
		return peopleTable(names);
	}

	/** Private pieces of a text, in order and without overlaps. Time grows with the length of the text only. */
	find(text: string, { people, field }: TextContext = {}): Found[] {
		const found: Found[] = [];
		const report: Report = (start, end, type, score, checked = false) =>
			add(found, start, end, type, score, checked);
		const only: Report = (start, end, type, score, checked = false) => {
			if (this.types.has(type)) add(found, start, end, type, score, checked);
		};
		const named: Found[] = [];
		const companion = people && peopleCompanion(text, people, named);
		const cues = new Cues(text, field === undefined ? 0 : cuesOfName(field), companion);
		this.findBuiltIn(text, cues, field, only);
		for (const one of named) found.push(one);
		this.words.each(text, (start, end, score) => report(start, end, 'word', score, true));
		this.patterns?.report(text, report);
		if (found.length === 0) return found;
		const allowed = this.allowed.size === 0 ? found : this.withoutAllowed(text, found);
		return resolveOverlaps(allowed);
	}

	private findBuiltIn(text: string, cues: Cues, field: string | undefined, report: Report): void {
		const { types } = this;
		if (types.has('email')) reportEmails(text, report);
		if (types.has('url') || types.has('urlSecret')) reportUrls(text, types.has('url'), report);
		if (types.has('ip') || types.has('mac')) reportColonAddresses(text, report);
		if (types.has('apiSecret')) {
			reportSecrets(text, cues, report);
			if (field !== undefined) reportFieldSecret(text, field, report);
		}
		if (types.has('birthDate')) reportBirthDates(text, cues, report);
		if (types.has('name') && field !== undefined) reportFieldName(text, field, report);
		if (types.has('name') && this.options.cuedNames !== false) reportCuedNames(text, cues, report);
		if (this.hasNumeric) this.findNumeric(text, cues, report);
	}

	private findNumeric(text: string, cues: Cues, report: Report): void {
		const { types } = this;
		const chunks = findChunks(text);
		if (chunks.length === 0) return;
		reportDottedAddresses(text, chunks, cues, report);
		reportCodes(text, chunks, cues, report);
		if (types.has('address')) reportAddresses(text, chunks, cues, report);
		eachNumberRun(text, chunks, (run) => {
			reportCard(run, cues, report);
			reportNumberId(text, run, cues, report);
			if (types.has('phone')) reportPhone(text, run, cues, report);
		});
	}

	private withoutAllowed(text: string, found: Found[]): Found[] {
		return found.filter(({ start, end }) => !this.allowed.has(comparable(text.slice(start, end))));
	}
}

/** Several recognisers take the same digits for different things: only the best of them can win. */
function add(
	found: Found[],
	start: number,
	end: number,
	type: PrivateType,
	score: number,
	checked: boolean,
): void {
	const last = found.length > 0 ? found[found.length - 1] : undefined;
	if (last === undefined || last.start !== start || last.end !== end) {
		found.push({ start, end, type, score, checked });
		return;
	}
	if (last.checked ? !checked || score <= last.score : !checked && score <= last.score) return;
	last.type = type;
	last.score = score;
	last.checked = checked;
}

function comparable(value: string): string {
	return wordsOf(value).join(' ') || value.trim();
}
