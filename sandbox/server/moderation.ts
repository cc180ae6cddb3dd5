import { wordsOf } from './similarity';

/** Words that flag a text, by OpenAI's categories. A word list and no judgement: it knows no context. */
const WORDS: Record<string, string[]> = {
	harassment: ['idiot', 'moron', 'loser', 'scum'],
	'harassment/threatening': [],
	hate: ['subhuman', 'vermin'],
	'hate/threatening': [],
	illicit: ['methamphetamine', 'counterfeit', 'lockpick'],
	'illicit/violent': ['bomb', 'explosive', 'grenade'],
	'self-harm': ['suicide', 'suicidal'],
	'self-harm/intent': [],
	'self-harm/instructions': [],
	sexual: ['porn', 'pornographic'],
	'sexual/minors': [],
	violence: ['kill', 'murder', 'stab', 'shoot'],
	'violence/graphic': ['dismember', 'gore'],
};
const IMAGE_CATEGORIES = /^(self-harm|sexual$|violence)/;

/** One result of POST /moderations. */
export function moderate(text: string, hasImage: boolean) {
	const words = new Set(wordsOf(text));
	const names = Object.keys(WORDS);
	const hit = (name: string) => WORDS[name].some((word) => words.has(word));
	const byName = <T>(value: (name: string) => T) =>
		Object.fromEntries(names.map((name) => [name, value(name)]));
	return {
		flagged: names.some(hit),
		categories: byName(hit),
		category_scores: byName((name) => (hit(name) ? 0.98 : 0.00001)),
		category_applied_input_types: byName((name) => [
			...(text ? ['text'] : []),
			...(hasImage && IMAGE_CATEGORIES.test(name) ? ['image'] : []),
		]),
	};
}
