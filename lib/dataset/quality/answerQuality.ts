import { normaliseText } from '../normaliser';
import { ExactJaccard } from './jaccard';
import { PHRASES, type PhraseKind } from './phrases';

/** What may be wrong with an answer; the order is the one they are looked for. */
export const ANSWER_CHECKS = [
	'empty',
	'repeatsQuestion',
	'onlyLink',
	'closedAsDuplicate',
	'ticketReference',
	'seeAttachment',
	'callUs',
	'thanks',
] as const;
export type AnswerCheck = (typeof ANSWER_CHECKS)[number];

/** Letters (weighted: East Asian ones count three times) that an answer must have beside the phrase to be more than it. */
const ENOUGH_BESIDE = 30;
/** Longer answers say something, whatever phrases are in them. */
const LONGEST_PHRASE_ANSWER = 400;
const REPEATS_FROM = 0.9;
const LONGEST_COMPARED = 100_000;

const jaccard = new ExactJaccard();

/** The first of the checks that an answer fails; undefined for one that seems to answer. */
export function answerFault(
	question: string,
	answer: string,
	checks: ReadonlySet<AnswerCheck>,
): AnswerCheck | undefined {
	return ANSWER_CHECKS.find((check) => checks.has(check) && TESTS[check](question, answer));
}

const TESTS: { [check in AnswerCheck]: (question: string, answer: string) => boolean } = {
	empty: (_, answer) => !/[\p{L}\p{N}]/u.test(answer.slice(0, LONGEST_COMPARED)),
	repeatsQuestion,
	onlyLink: (_, answer) =>
		answer.length <= 4000 && LINK.test(answer) && isNothing(wordsOf(answer, LINK_PIECE)),
	ticketReference: (_, answer) => answer.length <= LONGEST_PHRASE_ANSWER && isReference(answer),
	closedAsDuplicate: (_, answer) => isOnly('closedAsDuplicate', answer),
	seeAttachment: (_, answer) => isOnly('seeAttachment', answer),
	callUs: (_, answer) => isOnly('callUs', answer),
	thanks: (_, answer) => isOnly('thanks', answer),
};

function repeatsQuestion(question: string, answer: string): boolean {
	if (question.length > LONGEST_COMPARED || answer.length > LONGEST_COMPARED) return false;
	const [asked, answered] = [normaliseText(question), normaliseText(answer)];
	return answered.length > 0 && jaccard.similarity(asked, answered) >= REPEATS_FROM;
}

const LINK = /https?:\/\/|www\./i;
const LINK_PIECE = /:\/\/|^\W{0,3}www\./i;
/** `HELP-123`, `INC0012345`, `#123` say by themselves that they are tickets, `123` only beside a word for it. */
const TICKET_NAME = /^\W{0,3}(?:#\d{1,12}|[a-z]{2,10}-\d{1,10}|[a-z]{2,6}\d{4,12})\W{0,3}$/;
const PLAIN_NUMBER = /^\W{0,3}\d{3,12}\W{0,3}$/;
const TICKET_WORDS =
	/\b(?:tickets?|cases?|incident|issue|vorgang|anfrage|demande|caso|incidencia|solicitud|zgłoszenie|ärende|sag|sak|požadavek|talep)\b|заявк|工单/;
/** Letters that may stand beside a reference. */
const BESIDE_REFERENCE = 8;

function isReference(answer: string): boolean {
	const lower = answer.toLowerCase();
	const pieces = lower.split(/\s+/);
	const isTicket = (piece: string) =>
		TICKET_NAME.test(piece) || (PLAIN_NUMBER.test(piece) && TICKET_WORDS.test(lower));
	if (!pieces.some(isTicket)) return false;
	const words = wordsOf(pieces.filter((piece) => !isTicket(piece)).join(' '));
	const rest = withoutPhrases(
		words.filter((word) => !REFERENCE_WORDS.has(word)),
		['greeting', 'thanks'],
	);
	return weight(rest) < BESIDE_REFERENCE;
}

/** What may stand around the number of a ticket. */
const REFERENCE_WORDS = new Set(
	'see also please refer to ticket tickets case incident issue request number no nr id ref reference the answer solution in under siehe bitte auch vorgang fall anfrage nummer lösung voir aussi demande numéro référence ver também também caso incidencia solicitud número vedi anche zie ook zgłoszenie numer se ärende sag sak katso viz požadavek bakınız talep смотри см заявка номер 参见 工单'.split(
		' ',
	),
);

/** Words of an answer, in lower case and without punctuation, leaving out the pieces that match. */
function wordsOf(answer: string, leftOut?: RegExp): string[] {
	const pieces = answer.toLowerCase().split(/\s+/);
	return pieces
		.filter((piece) => !leftOut?.test(piece))
		.flatMap((piece) => piece.replace(/[’]/g, "'").split(NO_WORD))
		.filter((word) => word !== '');
}

const NO_WORD = /[^\p{L}\p{M}\p{N}']+/u;

/** Whether what remains is no more than a greeting, small words and a name. */
function isNothing(words: readonly string[]): boolean {
	return weight(withoutPhrases(words, ['greeting', 'thanks', 'seeAttachment'])) < ENOUGH_BESIDE;
}

function isOnly(kind: PhraseKind, answer: string): boolean {
	if (answer.length > LONGEST_PHRASE_ANSWER) return false;
	const words = wordsOf(answer);
	const without = withoutPhrases(words, [kind]);
	if (without.length === words.length) return false;
	return weight(withoutPhrases(without, ['greeting', 'thanks'])) < ENOUGH_BESIDE;
}

/** Phrases of each kind by their first word, longest first. */
const BY_FIRST_WORD = new Map<string, Array<{ kind: PhraseKind; words: string[] }>>();
/** Phrases of languages that put no spaces between words. */
const UNSPACED: Array<{ kind: PhraseKind; phrase: string }> = [];
for (const [kind, phrases] of PHRASES) {
	for (const phrase of phrases) {
		if (/[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]/.test(phrase)) UNSPACED.push({ kind, phrase });
		const words = phrase.split(' ');
		const others = BY_FIRST_WORD.get(words[0]) ?? [];
		BY_FIRST_WORD.set(
			words[0],
			[...others, { kind, words }].sort((a, b) => b.words.length - a.words.length),
		);
	}
}
UNSPACED.sort((a, b) => b.phrase.length - a.phrase.length);

function withoutPhrases(words: readonly string[], kinds: readonly PhraseKind[]): string[] {
	const rest: string[] = [];
	for (let at = 0; at < words.length;) {
		const found = BY_FIRST_WORD.get(words[at])?.find(
			(phrase) =>
				kinds.includes(phrase.kind) &&
				phrase.words.every((word, index) => words[at + index] === word),
		);
		if (found) at += found.words.length;
		else rest.push(...unspaced(words[at++], kinds));
	}
	return rest;
}

function unspaced(word: string, kinds: readonly PhraseKind[]): string[] {
	let text = word;
	if (/^[\0-\u0dff]*$/.test(word)) return [word];
	for (const { kind, phrase } of UNSPACED)
		if (kinds.includes(kind)) text = text.split(phrase).join(' ');
	return text.trim() === word ? [word] : text.split(' ').filter((part) => part !== '');
}

function weight(words: readonly string[]): number {
	let sum = 0;
	for (const word of words) for (const character of word) sum += character >= '\u2e80' ? 3 : 1;
	return sum;
}
