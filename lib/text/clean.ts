import { toWellFormed } from '../dataset/wellFormed';

/** What browsers make of the characters U+0080 to U+009F, which nobody means as control characters. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Controls, soft hyphens, zero-width spaces, direction marks and byte order marks; not the joiners of emoji and Persian. */
const INVISIBLE =
	/[\u0000-\u0008\u000e-\u001f\u007f\u0081\u008d\u008f\u0090\u009d\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * Plain text as a person would have typed it: line ends as `\n`, no invisible characters, plain spaces, no spaces at
 * line ends, at most one empty line in a row, nothing around it. Applying it twice changes nothing more. Joiners
 * (U+200C, U+200D), tabs and the ideographic space stay.
 */
export function cleanText(text: string): string {
	const plain = toWellFormed(text.replace(INVISIBLE, ''))
		.replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80])
		.replace(/\r\n?|[\v\f\u2028\u2029]/g, '\n')
		.replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f]/g, ' ');
	return withoutEmptyLines(plain).trim();
}

function withoutEmptyLines(text: string): string {
	const kept: string[] = [];
	let isEmpty = true;
	for (const line of text.split('\n')) {
		const trimmed = line.trimEnd();
		if (trimmed !== '' || !isEmpty) kept.push(trimmed);
		isEmpty = trimmed === '';
	}
	return kept.join('\n');
}
