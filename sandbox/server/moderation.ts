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
const NAMES = Object.keys(WORDS);
/** The categories in which OpenAI's model judges images. */
const IMAGE_CATEGORIES = /^(self-harm|sexual$|violence)/;
/** Someone announces it: two categories more. */
const THREAT = /\b(?:i|we)(?: will|'ll|’ll| am going to| are going to| shall)\b/i;
/** For images, which the sandbox cannot see: the words in their address. */
const NO_WORDS = new Set<string>();

/**
 * One result of POST /moderations.
 *
 * @param imageUrl - of the image; a `data:` URL has no words.
 */
export function moderate(text: string, imageUrl?: string) {
	const inText = new Set(wordsOf(text));
	const inImage = imageUrl === undefined ? NO_WORDS : wordsOfAddress(imageUrl);
	const textHits = hitsIn(inText);
	const imageHits = new Set([...hitsIn(inImage)].filter((name) => IMAGE_CATEGORIES.test(name)));
	if (THREAT.test(text) && textHits.has('violence')) textHits.add('harassment/threatening');
	if (THREAT.test(text) && textHits.has('self-harm')) textHits.add('self-harm/intent');
	const hit = (name: string) => textHits.has(name) || imageHits.has(name);
	return {
		flagged: NAMES.some(hit),
		categories: byName(hit),
		category_scores: byName((name) => (hit(name) ? 0.98 : 0.00001)),
		category_applied_input_types: byName((name) => [
			...(text ? ['text'] : []),
			...(imageUrl !== undefined && IMAGE_CATEGORIES.test(name) ? ['image'] : []),
		]),
	};
}

function hitsIn(words: Set<string>): Set<string> {
	return new Set(NAMES.filter((name) => WORDS[name].some((word) => words.has(word))));
}

function wordsOfAddress(url: string): Set<string> {
	return url.startsWith('data:') ? NO_WORDS : new Set(wordsOf(url));
}

function byName<T>(value: (name: string) => T) {
	return Object.fromEntries(NAMES.map((name) => [name, value(name)]));
}
