import { CUE, type Cues } from '../cues';
import { type Chunks, isDigit, unitAt } from '../scan';
import type { Report } from '../types';

const SPACE = 0x20;
const COMMA = 0x2c;
const HYPHEN = 0x2d;
const DOT = 0x2e;
/** First letters of `st`, `nd`, `rd` and `th`. */
const ORDINAL = new Set([...'snrt'].map((letter) => letter.charCodeAt(0)));
const MAX_LOOK_BACK = 48;
const STREET_WORD =
	'(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Terrace|Parkway|Pkwy|Highway|Hwy|Crescent|Mews)';
/** These are words of every day too: something must end the address behind them. */
const STREET_OR_NOT =
	'(?:Drive|Dr|Court|Ct|Circle|Cir|Place|Pl|Square|Sq|Ter|Way|Close|Cres|Gardens|Grove|Row|Trail|Trl|Alley|Loop|Walk|Hill|Green)(?=\\.?[ ]*(?:[,.;:)\\n\\r!?#]|$|(?:in|is|at|and|near|to|for|was|or|Apt|Suite|Unit|Flat)(?!\\p{L})))';
const UNIT = '(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Fl|Room|Rm|#)\\.?[ ]?#?[\\w-]{1,6}';
const TOWN = "(?:\\p{Lu}[\\p{L}.'’-]{1,24}[ ]?){1,3}";
const ZIP = '(?:[A-Z]{2}[ ,]{1,2})?\\d{5}(?:-\\d{4})?';
const POSTCODE = '[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[ABD-HJLNP-UW-Z]{2}';
const TAIL = `(?:[,\\n ]{1,3}${UNIT})?(?:[,\\n]{1,2} ?${TOWN},? ?(?:${ZIP}|${POSTCODE})|[,\\n ]{1,3}(?:${POSTCODE}))?`;
/** `221B Baker Street, London NW1 6XE`, `1600 Amphitheatre Pkwy Apt 4, Springfield, IL 62704`. */
const NUMBER_FIRST = new RegExp(
	`\\d{1,5}[A-Za-z]?(?:-\\d{1,4})?,? (?:(?:[NSEW]|North|South|East|West)\\.? )?(?:\\p{Lu}[\\p{L}'’-]{0,20}|\\d{1,3}(?:st|nd|rd|th))\\.?(?: \\p{Lu}[\\p{L}'’-]{0,20}){0,2}?[ ](?:${STREET_WORD}|${STREET_OR_NOT})(?![\\p{L}])\\.?${TAIL}`,
	'yu',
);
/** `12 bis rue de la Paix, 75002 Paris`. */
const FRENCH = new RegExp(
	`\\d{1,4}(?: ?(?:bis|ter))?,? (?:[Rr]ue|[Aa]venue|[Aa]v\\.|[Bb]oulevard|[Bb]d|[Pp]lace|[Ii]mpasse|[Cc]hemin|[Aa]llée|[Qq]uai|[Cc]ours|[Rr]oute)(?!\\p{L})(?: (?:de|du|des|la|le|les|l['’]|d['’]))*[ '’]?(?:\\p{Lu}[\\p{L}'’-]{0,24}[ -]?){1,3}(?:, ?\\d{5} (?:\\p{Lu}[\\p{L}'’-]{1,24}))?`,
	'yu',
);
const FORMS = [NUMBER_FIRST, FRENCH];
/** `Musterstraße 12a, 10115 Berlin`; the look back ends where the house number begins. */
const GERMAN_STREET =
	/(?:\p{Lu}[\p{L}-]{0,24}[ -]?)?(?:\p{Lu}\p{Ll}{0,20}(?:straße|strasse|str\.|gasse|allee|platz|weg|ring|damm|ufer|chaussee|stieg|steig|pfad|promenade)|(?:Straße|Strasse|Str\.|Gasse|Allee|Platz|Weg|Ring|Damm|Ufer))(?: (?:de[rsmn]) [\p{L} ]{1,24})? $/u;
/** Words with these endings that are no streets, in English and German. */
const NO_STREET =
	/(?:[aeiou]ring|(?:^|[^e])string|spring|bring|offering|arbeitsplatz|parkplatz|stellplatz|speicherplatz|marktplatz|sitzplatz|bahnsteig|dateipfad|pfad|transfer|puffer|rückweg|unterweg)\.? $/i;
const GERMAN_ENDINGS = new Set(
	'aße sse tr. see lee atz weg ing amm fer eig ieg fad ade'.split(' '),
);
/** Their last characters, in either case: nearly every number has something else in front. */
const GERMAN_LAST = new Set(
	[...GERMAN_ENDINGS].flatMap((ending) => {
		const last = ending[ending.length - 1];
		return [last.charCodeAt(0), last.toUpperCase().charCodeAt(0)];
	}),
);
const GERMAN_TAIL =
	/\d{1,4} ?[a-zA-Z]?(?:[-/]\d{1,4}[a-zA-Z]?)?(?![\p{L}\d])(?:(?:, ?|\n| )(?:[AD]-|CH-)?\d{4,5} \p{Lu}[\p{L}-]{1,24}(?: (?:am|an der|im) \p{Lu}\p{L}{1,20})?)?/uy;
/** What follows the word for a post box. */
const BOX_NUMBER = /[ :]{0,2}(?:\d[\d ]{0,8}\d|\d)(?!\d)/y;

/** Street addresses of the United States, Britain, Germany and France, and post boxes. */
export function reportAddresses(text: string, chunks: Chunks, cues: Cues, report: Report): void {
	for (let at = 0; at < chunks.length; at++) {
		const start = chunks.starts[at];
		const size = chunks.ends[at] - start;
		const after = unitAt(text, chunks.ends[at]);
		const isSpaced = unitAt(text, start - 1) === SPACE;
		if (size > 6 || (!isSpaced && after !== SPACE && after !== COMMA && after !== HYPHEN)) continue;
		if (!isSpaced && isInNumber(unitAt(text, start - 1))) continue;
		const end = numberFirst(text, chunks.ends[at], start) ?? 0;
		if (end > 0) report(start, end, 'address', 0.7, true);
		else reportGerman(text, start, report);
	}
	cues.each(CUE.postBox, (start, end) => {
		BOX_NUMBER.lastIndex = end;
		if (BOX_NUMBER.test(text)) report(start, BOX_NUMBER.lastIndex, 'address', 0.7, true);
	});
}

/** A number, a space or comma, and a name or the French word for street. */
function numberFirst(text: string, chunkEnd: number, start: number): number | undefined {
	const after = text[chunkEnd];
	if (after !== ' ' && after !== ',' && after !== '-') return undefined;
	if (!isNameAt(text, text[chunkEnd + 1] === ' ' ? chunkEnd + 2 : chunkEnd + 1)) return undefined;
	for (const form of FORMS) {
		form.lastIndex = start;
		if (form.test(text)) return trimmed(text, start, form.lastIndex);
	}
	return undefined;
}

function isInNumber(unit: number): boolean {
	return isDigit(unit) || unit === COMMA || unit === HYPHEN || unit === DOT;
}

/** A letter, or a number such as `5th`. */
function isNameAt(text: string, at: number): boolean {
	if (!isDigit(unitAt(text, at))) return true;
	for (let next = at + 1; next < at + 4; next++)
		if (!isDigit(unitAt(text, next))) return ORDINAL.has(unitAt(text, next));
	return false;
}

function reportGerman(text: string, start: number, report: Report): void {
	if (unitAt(text, start - 1) !== SPACE || !GERMAN_LAST.has(unitAt(text, start - 2))) return;
	if (!GERMAN_ENDINGS.has(text.slice(start - 4, start - 1).toLowerCase())) return;
	const before = text.slice(Math.max(0, start - MAX_LOOK_BACK), start);
	const street = GERMAN_STREET.exec(before);
	if (!street || NO_STREET.test(street[0])) return;
	GERMAN_TAIL.lastIndex = start;
	if (!GERMAN_TAIL.test(text)) return;
	const from = start - street[0].length;
	report(from, trimmed(text, from, GERMAN_TAIL.lastIndex), 'address', 0.7, true);
}

function trimmed(text: string, start: number, end: number): number {
	let last = end;
	while (last > start && /[\s,-]/.test(text[last - 1])) last--;
	return last;
}
