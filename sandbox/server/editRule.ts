import type { Body } from './check';
import { textOf } from './lessons';

const OPEN = '<text_to_edit>';
const CLOSE = '</text_to_edit>';

/** Slips of the pen that the sandbox knows. */
const SLIPS: Record<string, string> = {
	accomodate: 'accommodate',
	adress: 'address',
	alot: 'a lot',
	definately: 'definitely',
	occured: 'occurred',
	payed: 'paid',
	recieve: 'receive',
	recieved: 'received',
	seperate: 'separate',
	teh: 'the',
	thier: 'their',
	untill: 'until',
	wich: 'which',
};

/**
 * The edited text, when the Toolbox node's Edit asks for one; undefined for every other chat. It understands nothing;
 * the rule is:
 *
 * 1. The instruction says "upper case" or "lower case": so.
 * 2. It says `replace "a" with "b"` or `remove "a"`: so, everywhere.
 * 3. Else known slips are corrected, runs of spaces made one, and sentences begun with a capital letter.
 */
export function editedText(messages: Body[]): string | undefined {
	const asked = textOf(messages.at(-1)?.content);
	const start = asked.indexOf(OPEN);
	const end = asked.lastIndexOf(CLOSE);
	if (start === -1 || end < start || !asked.startsWith('Instruction: ')) return undefined;
	const instruction = asked.slice('Instruction: '.length, start).trim();
	return apply(instruction, asked.slice(start + OPEN.length, end).trim());
}

function apply(instruction: string, text: string): string {
	if (/upper[ -]?case|capital letters/i.test(instruction)) return text.toUpperCase();
	if (/lower[ -]?case/i.test(instruction)) return text.toLowerCase();
	const replace = /replace ["“']([^"”']+)["”'] (?:with|by) ["“']([^"”']*)["”']/i.exec(instruction);
	if (replace) return text.replaceAll(replace[1], () => replace[2]);
	const remove = /(?:remove|delete) ["“']([^"”']+)["”']/i.exec(instruction);
	if (remove) return text.replaceAll(remove[1], '');
	return corrected(text);
}

function corrected(text: string): string {
	return text
		.replace(/\p{L}+/gu, (word) => {
			const right = SLIPS[word.toLowerCase()];
			if (right === undefined) return word;
			return /^\p{Lu}/u.test(word) ? right[0].toUpperCase() + right.slice(1) : right;
		})
		.replace(/(\S) {2,}(?=\S)/g, '$1 ')
		.replace(
			/(^|[.!?]\s)(\p{Ll})/gu,
			(_, before: string, letter: string) => before + letter.toUpperCase(),
		);
}
