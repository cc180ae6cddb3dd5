import { SCRIPT_LANGUAGES, SMALL_WORDS, TELLING_LETTERS } from './languageWords';

export { LANGUAGE_NAMES } from './languageWords';

export interface DetectedLanguage {
	/** ISO 639-1, or `und` when the text is too short, is no prose, or could be several languages. */
	language: string;
	/** 0 to 1: how far the language is ahead of the next one. */
	confidence: number;
}

/** Units of a text that are looked at: enough for every language, and a bound for long texts. */
const SAMPLE_UNITS = 4000;
/** Letters of a script that make it the text's, of all letters. */
const SCRIPT_SHARE = 0.5;
const FEWEST_LETTERS = 12;
/** Small words (or telling letters) that must be there. */
const LEAST_SCORE = 2;
/** Share of the words that must be small words of the language. */
const LEAST_DENSITY = 0.08;
const LEAST_CONFIDENCE = 0.55;
/** Languages so close that one word that only one of them has decides. */
const SISTERS = new Set(['da no', 'no da']);
const UNKNOWN: DetectedLanguage = { language: 'und', confidence: 0 };

/**
 * The language a text is written in, by its script and its small words. Made for messages of a sentence and more in
 * about forty languages; says `und` rather than guess. Code, addresses and numbers do not count.
 */
export function detectLanguage(text: string): DetectedLanguage {
	const words = proseWords(text.slice(0, SAMPLE_UNITS));
	const scripts = countScripts(words);
	const letters = scripts.total;
	if (letters === 0) return UNKNOWN;
	const eastAsian = eastAsianLanguage(scripts);
	if (eastAsian && eastAsian.letters >= 4 && eastAsian.letters / letters >= SCRIPT_SHARE)
		return { language: eastAsian.language, confidence: round(eastAsian.letters / letters) };
	for (const [language, count] of scripts.single) {
		if (count >= FEWEST_LETTERS / 2 && count / letters >= SCRIPT_SHARE)
			return { language, confidence: round(count / letters) };
	}
	if (letters < FEWEST_LETTERS) return UNKNOWN;
	return (scripts.cyrillic / letters >= SCRIPT_SHARE && cyrillicLanguage(words)) || byWords(words);
}

/** Letters tell these apart sooner than words do; undefined where they do not. */
function cyrillicLanguage(words: readonly string[]): DetectedLanguage | undefined {
	const text = words.join(' ');
	const found = (letters: RegExp) => text.match(letters)?.length ?? 0;
	const ukrainian = found(/[іїєґ]/g);
	const russian = found(/[ыэё]/g);
	const bulgarian = found(/ъ/g);
	if (found(/[ђјљњћџўөүұқғңһәӯѓќ]/g) > 0) return { language: 'und', confidence: 0 };
	const all = ukrainian + russian + bulgarian;
	const [language, letters] =
		ukrainian > russian + bulgarian
			? ['uk', ukrainian]
			: russian >= bulgarian
				? ['ru', russian]
				: ['bg', bulgarian];
	if (letters > 0) return { language, confidence: round(letters / all) };
	// Russian is short of its own letters now and then, Ukrainian and Bulgarian never for long.
	return text.length >= LONG_ENOUGH ? { language: 'ru', confidence: 0.6 } : undefined;
}

const LONG_ENOUGH = 60;

/** Words of a text in lower case, without addresses, names of files and other things that are no prose. */
function proseWords(text: string): string[] {
	const words: string[] = [];
	for (const piece of text.split(/\s+/)) {
		if (NO_PROSE.test(piece) && !UNSPACED.test(piece)) continue;
		for (const word of piece.toLowerCase().match(WORD) ?? []) words.push(word);
	}
	return words;
}

const NO_PROSE = /:\/\/|[@_\\{}<>=$#]|\w\.\w|\d/;
/** Scripts that put no spaces between words, so that a piece may be a whole paragraph. */
const UNSPACED = /[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff]/;
const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)?|[¿¡]/gu;

interface ScriptCounts {
	total: number;
	han: number;
	cyrillic: number;
	/** Letters of scripts that tell the language. */
	single: Map<string, number>;
}

function countScripts(words: readonly string[]): ScriptCounts {
	const counts: ScriptCounts = { total: 0, han: 0, cyrillic: 0, single: new Map() };
	for (const word of words) {
		for (let at = 0; at < word.length; at++) {
			const unit = word.charCodeAt(at);
			counts.total++;
			if (unit < 0x370) continue;
			if (unit >= 0x4e00 && unit <= 0x9fff) {
				counts.han++;
				continue;
			}
			if (unit >= 0x0400 && unit <= 0x052f) {
				counts.cyrillic++;
				continue;
			}
			const language = scriptLanguage(unit);
			if (language !== undefined) add(counts.single, language, 1);
		}
	}
	return counts;
}

let lastScript = SCRIPT_LANGUAGES[0];

function scriptLanguage(unit: number): string | undefined {
	// The next letter mostly is of the script of the one before.
	if (unit >= lastScript[0] && unit <= lastScript[1]) return lastScript[2];
	const script = SCRIPT_LANGUAGES.find(([first, last]) => unit >= first && unit <= last);
	if (script) lastScript = script;
	return script?.[2];
}

/** Chinese characters are Japanese beside kana, Korean beside hangul. */
function eastAsianLanguage({
	han,
	single,
}: ScriptCounts): { language: string; letters: number } | undefined {
	const kana = single.get('ja') ?? 0;
	const hangul = single.get('ko') ?? 0;
	if (kana + hangul + han === 0) return undefined;
	if (hangul > kana && hangul * 2 > han) return { language: 'ko', letters: hangul + han };
	if (kana * 8 > han) return { language: 'ja', letters: kana + han };
	return { language: 'zh', letters: han };
}

function byWords(words: readonly string[]): DetectedLanguage {
	const scores = new Map<string, number>();
	const hits = new Map<string, number>();
	for (const word of words) {
		const languages = WORD_LANGUAGES.get(word.replace('’', "'"));
		for (const language of languages ?? []) {
			add(hits, language, 1);
			// A word of many languages says little about each.
			add(scores, language, 1 / Math.sqrt(languages!.length));
		}
		addLetters(scores, word);
	}
	const [best, second] = [...scores].sort((a, b) => b[1] - a[1]);
	if (!best || best[1] < LEAST_SCORE) return UNKNOWN;
	const density = (hits.get(best[0]) ?? 0) / words.length;
	const confidence = best[1] / (best[1] + (second?.[1] ?? 0));
	const isSister = SISTERS.has(`${best[0]} ${second?.[0]}`) && best[1] - second[1] >= 0.9;
	if (density < LEAST_DENSITY || (confidence < LEAST_CONFIDENCE && !isSister))
		return { language: 'und', confidence: 0 };
	return { language: best[0], confidence: round(confidence) };
}

/** Each letter once a word. */
function addLetters(scores: Map<string, number>, word: string): void {
	for (let at = 0; at < word.length; at++) {
		if (word.charCodeAt(at) < 0x80) continue;
		const speaksFor = LETTER_LANGUAGES.get(word[at]);
		if (!speaksFor || word.indexOf(word[at]) < at) continue;
		for (const language of speaksFor) add(scores, language, 0.5 / speaksFor.length);
	}
}

function add(counts: Map<string, number>, name: string, amount: number): void {
	counts.set(name, (counts.get(name) ?? 0) + amount);
}

function round(share: number): number {
	return Math.round(share * 100) / 100;
}

const WORD_LANGUAGES = new Map<string, string[]>();
for (const [language, list] of SMALL_WORDS) {
	for (const word of new Set(list.split(' ')))
		WORD_LANGUAGES.set(word, [...(WORD_LANGUAGES.get(word) ?? []), language]);
}

const LETTER_LANGUAGES = new Map<string, string[]>();
for (const [language, letters] of TELLING_LETTERS) {
	for (const letter of letters)
		LETTER_LANGUAGES.set(letter, [...(LETTER_LANGUAGES.get(letter) ?? []), language]);
}
