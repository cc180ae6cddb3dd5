/** Which language a short text may be in: a hint for a prompt, no more. */

const SCRIPTS: ReadonlyArray<readonly [string, RegExp]> = [
	['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
	['ko', /\p{Script=Hangul}/u],
	['zh', /\p{Script=Han}/u],
	['uk', /[іїєґ]/iu],
	['ru', /\p{Script=Cyrillic}/u],
	['el', /\p{Script=Greek}/u],
	['he', /\p{Script=Hebrew}/u],
	['ar', /\p{Script=Arabic}/u],
	['th', /\p{Script=Thai}/u],
	['hi', /\p{Script=Devanagari}/u],
];

/** Small words that few other of these languages have. */
const WORDS: Record<string, string> = {
	de: 'der das und ist nicht wie ich wir ein eine für mit auf wo was kann wird werden mein bitte warum',
	en: 'the and is are was what how do does i we my to of for with where why can please which did it',
	es: 'el los las y es qué cómo que por para con una dónde mi puedo cuál está tengo son',
	fr: 'le les et est quoi comment je nous une pour avec où mon puis quel quelle dans des du pas',
	it: 'il gli e è che come io una per con dove mio posso quale sono della nel non ho perché',
	nl: 'het een en is niet hoe ik wij voor met waar mijn kan wat waarom van zijn wordt welke',
	pl: 'jak jest nie i w na z że czy gdzie mogę dla mój co się do jakie',
	pt: 'o os e é que como eu uma para com onde meu posso qual não do da em são está',
};

const BY_WORD = new Map<string, string[]>();
for (const [language, words] of Object.entries(WORDS)) {
	for (const word of words.split(' ')) {
		BY_WORD.set(word, [...(BY_WORD.get(word) ?? []), language]);
	}
}

const MAX_CHARS = 1_000;

/** ISO 639-1 code of one of 18 languages, by script and small words; undefined where it is not clear. */
export function guessLanguage(text: string): string | undefined {
	const sample = text.slice(0, MAX_CHARS);
	const letters = sample.match(/\p{L}/gu)?.length ?? 0;
	for (const [language, script] of SCRIPTS) {
		const found = sample.match(new RegExp(script, `${script.flags}g`))?.length ?? 0;
		// One name in another script does not make the text so; letters of Ukrainian are few among the others.
		if (found > 0 && found * (language === 'uk' ? 20 : 4) >= letters) return language;
	}
	return byWords(sample);
}

function byWords(text: string): string | undefined {
	const counts = new Map<string, number>();
	for (const word of text.toLowerCase().match(/\p{L}{1,30}/gu) ?? []) {
		for (const language of BY_WORD.get(word) ?? [])
			counts.set(language, (counts.get(language) ?? 0) + 1);
	}
	const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
	return first && (!second || first[1] > second[1]) ? first[0] : undefined;
}
