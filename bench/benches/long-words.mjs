// One word without a break, the worst case of every tokeniser: ours on 1 MB, the others on what they can do.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { libDir } from '../paths.mjs';

const require = createRequire(import.meta.url);

/** In bytes. The others take more than the square of the length, and a thousand times as long for 1 MB. */
const OURS = 1_000_000;
const THEIRS = 20_000;

const UNITS = ['a', 'A', ' ', '\n', '!', '漢', 'あ', '😀', 'xyz', '\u0301', '1', 'aB'];

export const title = 'long-words: seconds for the slowest of twelve kinds of word without a break';

export const contenders = {
	ours: contender(OURS, () => require(join(libDir, 'tokens')).countTokens),
	'gpt-tokenizer': contender(
		THEIRS,
		() => require('gpt-tokenizer/encoding/o200k_base').countTokens,
	),
	'tiktoken (WASM)': contender(THEIRS, () => {
		const encoding = require('tiktoken').get_encoding('o200k_base');
		return (text) => encoding.encode_ordinary(text).length;
	}),
};

export const columns = [
	['bytes', ({ median }) => median.bytes],
	['slowest s', ({ median }) => median.slowest],
	['all kinds s', ({ median }) => median.sum],
];

export const goals = [
	['1 MB of anything within 1 s (1 / measured)', (of) => 1 / of.ours.slowest, 1],
];

export function prepare() {
	return {};
}

function contender(bytes, load) {
	return {
		times: 3,
		run() {
			const countTokens = load();
			const times = [
				...UNITS.map((unit) => unit.repeat(bytes / Buffer.byteLength(unit))),
				letters(bytes),
			].map((text) => {
				const started = performance.now();
				countTokens(text);
				return (performance.now() - started) / 1000;
			});
			return { bytes, slowest: Math.max(...times), sum: times.reduce((sum, time) => sum + time) };
		},
	};
}

function letters(length) {
	const random = require('../data/random.js')(1);
	return Array.from({ length }, () => String.fromCharCode(97 + random.integer(0, 25))).join('');
}
