import { CUE, type Cues } from '../cues';
import { type Companion, PhraseTable } from '../phrases';
import { foldUnit, MARK } from '../wordUnits';
import type { Found, Report } from '../types';

const PART =
	"\\p{Lu}(?:['’]\\p{Lu})?[\\p{Ll}\\p{M}][\\p{L}\\p{M}]{0,24}(?:['’-]\\p{Lu}?[\\p{L}\\p{M}]{1,24})?";
const PARTICLE = '(?:van|von|der|den|de|da|di|del|della|la|le|el|al|bin|ibn|ter|zu|zur|dos|du)';
/** One to four words with capitals, initials and particles in between. */
const NAME = `${PART}(?:[ \\u00a0](?:${PARTICLE}[ \\u00a0]){0,2}(?:${PART}|\\p{Lu}\\.)){0,3}`;
const TITLE = '(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Sr|Sra|Mme|Monsieur|Madame)\\.?[ ])?';
const AFTER_GREETING = new RegExp(
	`[ ,]{1,2}(?:there[ ,]{1,2})?${TITLE}(${NAME})(?=[,!.:;\\n–-]|[ ]*$|[ ]+and )`,
	'yu',
);
const AFTER_CLOSING = new RegExp(
	`[,.!]?[ ]{0,2}\\r?(?:\\n[ >*_-]{0,4}\\r?){1,3}(${NAME})(?=[ ]{0,2}(?:[,|\\n\\r(.*_]|$))`,
	'yu',
);
const AFTER_SELF = new RegExp(`[.:]{0,1}[ ]{1,2}(${NAME})`, 'yu');
/** "This is" is said of everything. */
const AFTER_WEAK = new RegExp(
	`[ ]{1,2}(${NAME})(?=[,.!;\\r\\n]|$|[ ](?:from|here|and|with|at|calling|writing|speaking|aus|von|und|de|from)[ ,.])`,
	'yu',
);
/** `[~jdoe]`, `@jane.doe`, `@Jane Doe`, and a single word only behind one that speaks to somebody: much else has an at sign. */
const MENTION =
	/\[~([\w.:@-]{2,80})\]|(?<![\w.@/`])@([a-z]{2,30}[._][a-z]{2,30}\d{0,4})(?![\w@/(.-])|(?<![\w.@/`])@(\p{Lu}\p{Ll}{1,30} \p{Lu}\p{Ll}{1,30})(?![\p{L}(])|(?<=(?:^|[\s(])(?:[Hh]i|[Hh]ello|[Hh]ey|[Tt]hanks|cc|CC|[Pp]ing|FYI|[Aa]sk|by) )@([A-Za-z][\w-]{1,38})(?![\w@/(.-])/gu;

/** Words with a capital that stand where names do, and are none. */
const NO_NAMES = new Set(
	"all team everyone everybody support folks sir madam there guys world service help desk helpdesk it admin administrator customer colleague colleagues friend friends user manager hr agent you sirs ladies gentlemen zusammen damen herren kollegen kolleginnen equipo todos tous toutes équipe tutti the a an i we my our this that these those it's not please thanks thank just still also unable having trying using on in at for from with and but so as if when where what why how yes no ok okay here can could would will is are was were do does did have has had sent regards best kind warm yours sincerely happy merry good great any first next hi hello hey again sorry sure monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december windows outlook office excel teams slack zoom google microsoft apple linux mac android iphone chrome firefox edge salesforce jira zendesk servicenow javascript typescript python java node docker kubernetes hoping writing currently wondering afraid looking getting facing new glad"
		.split(' ')
		.filter((word) => word !== ''),
);

/** Names by the words around them: `Hi Jane,`, `Regards,\nJane Doe`, `my name is Jane`, `@jane`. Best effort. */
export function reportCuedNames(text: string, cues: Cues, report: Report): void {
	cues.each(CUE.greeting, (start, end) => {
		if (isLineStart(text, start)) reportAfter(text, end, AFTER_GREETING, 0.6, report);
	});
	cues.each(CUE.closing, (_, end) => reportAfter(text, end, AFTER_CLOSING, 0.6, report));
	cues.each(CUE.selfName, (_, end) => reportAfter(text, end, AFTER_SELF, 0.6, report));
	cues.each(CUE.weakName, (_, end) => reportAfter(text, end, AFTER_WEAK, 0.6, report));
	MENTION.lastIndex = 0;
	if (!text.includes('@') && !text.includes('[~')) return;
	for (let match = MENTION.exec(text); match; match = MENTION.exec(text)) {
		const name = match[1] ?? match[2] ?? match[3] ?? match[4];
		if (NOBODY.has(name.toLowerCase())) continue;
		const start = match.index + match[0].indexOf(name);
		report(start, start + name.length, 'name', 0.5);
	}
}

const NAME_FIELD =
	/^(?:full|first|last|given|family|sur|display|customer|contact|requester|reporter|assignee|author|agent|caller|employee|patient|guest|recipient|sender|account_?holder|card_?holder)_?name$|^(?:reporter|assignee|requester|cardholder|vorname|nachname|nombre|apellido|prenom)$/i;

/** The whole value of a field whose name says that it is a person's name, e.g. `{"fullName": "Jane Doe"}`. */
export function reportFieldName(text: string, field: string, report: Report): void {
	const name = field.replace(/[-. ]/g, '_');
	if (name.length > 40 || !NAME_FIELD.test(name) || text.length > 80) return;
	if (/\p{L}/u.test(text)) report(0, text.length, 'name', 0.8, true);
}

/** Mentions of everyone, and what else begins with an at sign: packages, annotations, media queries. */
const NOBODY = new Set(
	'here channel everyone all team types param return returns override media import deprecated see latest next charset'.split(
		' ',
	),
);

function reportAfter(text: string, end: number, form: RegExp, score: number, report: Report): void {
	form.lastIndex = end;
	const match = form.exec(text);
	if (!match) return;
	// Nothing but a look ahead stands behind the name in these forms.
	const from = form.lastIndex - match[1].length;
	const words = match[1].split(/[ \u00a0]/);
	let kept = words.length;
	// "I am Jane Please …": what is no name ends it.
	const stop = words.findIndex((word) => NO_NAMES.has(word.toLowerCase()));
	if (stop !== -1) kept = stop;
	if (kept === 0) return;
	const length = words.slice(0, kept).join(' ').length;
	report(from, from + length, 'name', score);
}

function isLineStart(text: string, start: number): boolean {
	let at = start - 1;
	while (at >= 0 && start - at < 6 && ' \t>*_"“'.includes(text[at])) at--;
	return at < 0 || '\n\r.!?'.includes(text[at]);
}

/**
 * The people that a record itself names, to be masked wherever they stand in it: full names, first and last names,
 * e-mail addresses and their local parts; in any case, with or without accents, with possessive endings.
 *
 * @param people names, e-mail addresses or user names; at most 500 of them are looked at
 */
export function peopleTable(people: readonly string[]): PhraseTable<NameForm> {
	const table = new PhraseTable<NameForm>(people.length * FORMS_A_PERSON);
	for (const person of people.slice(0, MAX_PEOPLE)) {
		for (const form of formsOf(person.slice(0, 200)))
			table.add(form, AMBIGUOUS.has(form.toLowerCase()) ? 'capital' : 'any');
	}
	return table;
}

/** Collects the people of a table while another one looks through the text. */
export function peopleCompanion(
	text: string,
	people: PhraseTable<NameForm>,
	found: Found[],
): Companion {
	return people.companion((start, end, form) => {
		if (form === 'any' || /\p{Lu}/u.test(text[start]))
			found.push({ start, end, type: 'name', score: 0.95, checked: true });
	});
}

/** Whether a name counts in any case, or only with a capital, as it is a word of every day too. */
export type NameForm = 'any' | 'capital';

const MAX_PEOPLE = 500;
const FORMS_A_PERSON = 6;
const SHORTEST_PART = 3;
const AMBIGUOUS = new Set(
	'will may mark bill grant art hope grace rose summer june april august sunny rich frank chase drew jack guy ray sue joy faith dawn pat bob rob skip miles page carter mason cook king young long brown white black green gray grey stone wood hill field lane banks price day best west north love wise moon star rain lin max ben dan don tim sam lee kim rey sol luz paz amor jung klein gross lang kurz koch schwarz weiss braun winter sommer stark ernst wolf bach berg stein baum roth fuchs vogel engel'.split(
		' ',
	),
);

function formsOf(person: string): string[] {
	const address = person.includes('@')
		? /^(?:.*<)?\s*([^\s<>@]{1,64})@[^\s<>@]{3,}/.exec(person)
		: undefined;
	const local = address?.[1];
	const name = address ? person.slice(0, Math.max(0, person.indexOf('<'))) : person;
	const words = name.split(/[\s,;()"]+/).filter((word) => lengthOf(word) > 0);
	const parts = [...words, ...(local ? local.split(/[._+-]/) : [])].filter(isPart);
	const turned =
		words.length > 1
			? [
					[...words.slice(1), words[0]].join(' '),
					[words[words.length - 1], ...words.slice(0, -1)].join(' '),
				]
			: [];
	return [
		...(words.length > 1 ? [words.join(' '), ...turned] : words),
		...(local && lengthOf(local) >= SHORTEST_PART ? [local] : []),
		...parts,
	];
}

/** A single word that is worth being masked on its own: no initial, no title, no word of every sentence. */
function isPart(word: string): boolean {
	const length = lengthOf(word);
	if (/[\u2e80-\ufaff]/.test(word)) return length >= 2;
	return (
		length >= SHORTEST_PART &&
		!/^\d+$/.test(word) &&
		!COMMON.has(word.toLowerCase().replace(/\.$/, ''))
	);
}

/** Units that count in comparisons. */
function lengthOf(word: string): number {
	let length = 0;
	for (let at = 0; at < word.length; at++) if (foldUnit(word.charCodeAt(at)) > MARK) length++;
	return length;
}

const COMMON = new Set(
	'mrs miss prof herr frau jun sen the and von van der den del info mail support admin contact hello sales office team help service noreply reply no-reply postmaster user test customer agent billing'.split(
		' ',
	),
);
