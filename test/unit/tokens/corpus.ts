/** Texts from a seed, to compare our tokeniser with tiktoken on. */

interface Random {
	next(): number;
	integer(low: number, high: number): number;
	pick<T>(list: readonly T[]): T;
	chance(probability: number): boolean;
}

const createRandom = require('../../../bench/data/random') as (seed: number) => Random;
const { createTicket } = require('../../../bench/data/tickets') as {
	createTicket(
		random: Random,
		id: number,
	): { subject: string; description: string; answer: string };
};

/**
 * Blocks in which no letter, mark or number is new: tiktoken takes those of Unicode 17 for symbols, and what Node takes
 * them for depends on its version.
 */
export const BLOCKS: ReadonlyArray<readonly [first: number, last: number]> = [
	[0x0000, 0x007f],
	[0x0080, 0x02af],
	[0x02b0, 0x036f],
	[0x0370, 0x0527],
	[0x0531, 0x05f4],
	[0x0600, 0x06ff],
	[0x0901, 0x0963],
	[0x0e01, 0x0e5b],
	[0x10a0, 0x10fa],
	[0x1100, 0x11ff],
	[0x1e00, 0x1fff],
	[0x2000, 0x2064],
	[0x2070, 0x218b],
	[0x2190, 0x23ff],
	[0x2460, 0x2bff],
	[0x3000, 0x30ff],
	[0x4e00, 0x9fa5],
	[0xa640, 0xa66f],
	[0xac00, 0xd7a3],
	[0xd800, 0xdfff],
	[0xe000, 0xe0ff],
	[0xf900, 0xfa2d],
	[0xfb00, 0xfdfd],
	[0xfe00, 0xffff],
	[0x10300, 0x1034a],
	[0x10400, 0x1049d],
	[0x1d400, 0x1d7ff],
	[0x1f300, 0x1f64f],
	[0x1f680, 0x1f6c5],
	[0x20000, 0x2a6d6],
	[0xe0001, 0xe007f],
	[0xe0100, 0xe01ef],
];

/** Where the pre-tokeniser's pattern turns: one or two of each class, and all the odd ones. */
const TURNS = [
	...['a', 'z', 'é', 'ß', 'ſ', 'ª', 'A', 'Q', 'É', 'ǅ', 'İ', 'ʰ', 'あ', '漢', 'ไ', 'ا'],
	...['\u0301', '\u0903', '\u20dd', '\ufe0f', '1', '42', '٣', '½', '²', 'Ⅷ', '〇'],
	...[' ', '  ', '\t', '\v', '\f', '\n', '\r', '\r\n', '\n\n', '\u0085', '\u00a0', '\u1680'],
	...['\u2002', '\u2028', '\u2029', '\u202f', '\u3000', '\ufeff', '\u200b', '\u180e', '\u2060'],
	...["'", '’', "'s", "'S", "'ſ", "'t", "'re", "'RE", "'Ve", "'m", "'ll", "'lL", "'d", "'l", "'v"],
	...[
		'/',
		'//',
		'.',
		'...',
		'!',
		'?!',
		'-',
		'_',
		'"',
		'(',
		')',
		'{',
		'}',
		'$',
		'€',
		'%',
		'#',
		'\\',
	],
	...['<|endoftext|>', '<|im_start|>', '<|endofprompt|>', '😀', '👩‍💻', '🇩🇪', '🙏🏽'],
	...['\ud83d', '\udc00', '\0', '\x1b', '\x7f', 'the', ' Hello', 'HELLO', 'camelCase', 'straße'],
];

const CODE = [
	...[
		'if (',
		') {\n\t',
		'}\n',
		' => ',
		' === ',
		'!== ',
		' += ',
		'; // ',
		'/* ',
		' */',
		'#include <',
	],
	...[
		'function ',
		'const ',
		'return ',
		'import ',
		'def ',
		'self.',
		'    ',
		'\t\t',
		'i++',
		'0x1F',
		'1e-9',
	],
	...[
		'"\\n"',
		"'\\''",
		'`${',
		'}`',
		'[0]',
		'<div class="',
		'">',
		'</div>',
		'&amp;',
		'&&',
		'||',
		'::',
	],
	...[
		'SELECT * FROM ',
		'getHTTPResponseCode',
		'snake_case_name',
		'SCREAMING_CASE',
		'kebab-case',
		'@Override',
	],
	...[
		'../',
		'C:\\dir\\',
		'https://example.com/a?b=c&d=%20',
		'{"key": ',
		'null',
		'127.0.0.1',
		'\r\n',
		'$HOME',
	],
];

export function tickets(count: number): string[] {
	const random = createRandom(1);
	return Array.from({ length: count }, (_, id) => createTicket(random, id)).flatMap(
		({ subject, description, answer }) => [subject, description, answer],
	);
}

export function randomUnicode(count: number): string[] {
	const random = createRandom(2);
	const character = ([first, last]: readonly [number, number]) =>
		String.fromCodePoint(random.integer(first, last));
	return Array.from({ length: count }, () => {
		const some = Array.from({ length: random.integer(1, 3) }, () => random.pick(BLOCKS));
		return join(random, 30, () => character(random.pick(random.chance(0.9) ? some : BLOCKS)));
	});
}

export function turns(count: number): string[] {
	const random = createRandom(3);
	return Array.from({ length: count }, () => join(random, 12, () => random.pick(TURNS)));
}

export function code(count: number): string[] {
	const random = createRandom(4);
	return Array.from({ length: count }, () => join(random, 40, () => random.pick(CODE)));
}

/** Runs of one character or two on both sides of the length at which another way of merging takes over. */
export function longRuns(): string[] {
	const units = [
		'a',
		'Z',
		'1',
		' ',
		'\n',
		' \n',
		'\t',
		'漢',
		'あ',
		'😀',
		'!',
		'/',
		'ab',
		'aB',
		"'",
		'\u0301',
	];
	return [1, 2, 3, 24, 25, 99, 100, 101, 127, 128, 129, 500, 2000].flatMap((length) =>
		units.map((unit) => unit.repeat(length)),
	);
}

/** First and last letters of scripts whose words are long pieces without a break inside. */
const LETTERS: ReadonlyArray<readonly [first: number, last: number]> = [
	[0x61, 0x7a],
	[0xe0, 0xf6],
	[0x430, 0x44f],
	[0x5d0, 0x5ea],
	[0x621, 0x63a],
	[0x905, 0x939],
	[0x985, 0x9a8],
	[0xc05, 0xc39],
	[0xd05, 0xd39],
	[0xe01, 0xe3a],
	[0x1000, 0x102a],
	[0x10d0, 0x10f0],
	[0x1780, 0x17b3],
	[0x3041, 0x3096],
	[0x30a1, 0x30fa],
	[0x4e00, 0x9fa5],
	[0xac00, 0xd7a3],
	[0x20000, 0x20100],
];

/** Words that are in no vocabulary, on both sides of the lengths at which another way of merging takes over. */
export function longWords(): string[] {
	const random = createRandom(5);
	return Array.from({ length: 2000 }, (_, index) => {
		const script = random.pick(LETTERS);
		const length = index % 100 === 0 ? 3000 : random.integer(1, 150);
		return Array.from({ length }, () => {
			const [first, last] = random.chance(0.95) ? script : random.pick(LETTERS);
			return String.fromCodePoint(random.integer(first, last));
		}).join('');
	});
}

/** Tokens glued together, so that there is much to choose for whoever takes them apart. */
export function gluedTokens(tokens: Buffer[]): string[] {
	const random = createRandom(6);
	const foreign = tokens.filter((token) => token.some((byte) => byte >= 0x80));
	return Array.from({ length: 4000 }, () => {
		const from = random.pick([tokens, foreign, foreign]);
		const near = random.integer(0, from.length - 2000);
		const some = Array.from({ length: random.integer(2, 25) }, () =>
			random.chance(0.5) ? from[near + random.integer(0, 1999)] : random.pick(from),
		);
		return Buffer.concat(some).toString('utf8').replaceAll('\ufffd', '');
	});
}

function join(random: Random, most: number, part: () => string): string {
	return Array.from({ length: random.integer(1, most) }, part).join('');
}
