import type { Judge, SiftedFile } from '../../../../lib/dataset/quality/sift';
import { siftFile } from '../../../../lib/dataset/quality/sift';
import type { JsonObject } from '../../../../lib/dataset/types';

const WORDS =
	'printer paper jam invoice refund login password reset screen cable order delivery late broken office chair desk survey policy holiday leave salary training laptop phone network'.split(
		' ',
	);

/** Sentences that have little in common, the same for the same number. */
export function sentence(number: number, words = 40): string {
	return wordsOf(number, words).join(' ');
}

export function wordsOf(number: number, words = 40): string[] {
	let state = number * 7919 + 13;
	const next = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 8;
	return Array.from({ length: words }, () => `${WORDS[next() % WORDS.length]}${next() % 97}`);
}

export const chat = (question: string, answer = 'A', extra: JsonObject = {}): JsonObject => ({
	messages: [
		{ role: 'system', content: 'Be kind.' },
		{ role: 'user', content: question },
		{ role: 'assistant', content: answer },
	],
	...extra,
});

export interface SiftedText {
	sifted: SiftedFile;
	kept: string[];
	leftOut: Array<Record<string, unknown>>;
}

/** Both outputs, with what must hold for every judge: nothing is lost, and all that is written is whole lines. */
export async function siftText<T extends Judge>(
	text: string | Buffer,
	judge: T,
	maxLineBytes?: number,
): Promise<SiftedText> {
	const bytes = Buffer.from(text);
	const options = maxLineBytes === undefined ? {} : { maxLineBytes };
	const sifted = await siftFile(() => [bytes], judge, options);
	const kept = await linesOf(sifted.kept());
	const leftOut = (await linesOf(sifted.leftOut())).map(
		(line) => JSON.parse(line) as Record<string, unknown>,
	);
	const { counts } = sifted;
	expect(leftOut).toHaveLength(counts.leftOut);
	expect(counts.kept + counts.leftOut).toBe(counts.read);
	for (const entry of leftOut)
		expect(entry).toMatchObject({
			line: expect.any(Number),
			code: expect.any(String),
			reason: expect.any(String),
		});
	return { sifted, kept, leftOut };
}

export const jsonl = (records: object[]) =>
	records.map((record) => `${JSON.stringify(record)}\n`).join('');

async function linesOf(blocks: AsyncIterable<Buffer>): Promise<string[]> {
	const all: Buffer[] = [];
	for await (const block of blocks) all.push(block);
	const text = Buffer.concat(all).toString('utf8');
	expect(text === '' || text.endsWith('\n')).toBe(true);
	return text.split('\n').slice(0, -1);
}

/** Lines that a training file should not have. */
export const NASTY_LINES: Array<[name: string, line: string]> = [
	['not JSON', 'not json'],
	['a list', '[1, 2]'],
	['null', 'null'],
	['nested 100 levels deep', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`],
	['nested 100,000 levels deep', '['.repeat(100_000)],
	['cut off', '{"messages": [{"role": "user", "con'],
	['an object without a known shape', '{"a": 1}'],
	['messages that are no list', '{"messages": 3}'],
	[
		'messages of strange things',
		'{"messages": [null, 1, "x", [], {"role": 5, "content": {"a": []}}]}',
	],
	['__proto__ as a key', '{"__proto__": {"messages": []}, "question": "q", "answer": "a"}'],
	[
		'keys of Object.prototype',
		'{"question": {"constructor": 1}, "answer": {"toString": 2}, "category": "constructor"}',
	],
	['half an emoji', '{"question": "\\ud83d", "answer": "\\ude00"}'],
	['NUL', '{"question": "a\\u0000b", "answer": "\\u0000"}'],
	['U+2028 as it is', '{"question": "a\u2028b", "answer": "c\u0085d"}'],
	['a key twice', '{"question": "a", "question": "b", "answer": "c"}'],
	['numbers without end', '{"question": 1e999, "answer": 123456789012345678901234567890}'],
	['a comma too many', '{"question": "a",}'],
	[
		'one word of a million letters',
		JSON.stringify({ question: 'a'.repeat(1_000_000), answer: 'b' }),
	],
	['a million spaces', JSON.stringify({ question: `x${' '.repeat(1_000_000)}y`, answer: 'b' })],
	['a million dots and letters', JSON.stringify({ question: 'q', answer: 'a.'.repeat(500_000) })],
	['a million marks', JSON.stringify({ question: `e${'\u0301'.repeat(300_000)}`, answer: 'ok' })],
	['pieces of addresses', JSON.stringify({ question: 'q', answer: 'http://'.repeat(100_000) })],
	['an empty object', '{}'],
];
