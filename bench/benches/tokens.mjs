// Counting the tokens of ticket texts: ours against the tokenisers that people install.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ticketTexts } from '../data/files.mjs';
import { libDir } from '../paths.mjs';

const require = createRequire(import.meta.url);

export const title = 'tokens: o200k_base counts of ticket texts in fifteen languages';

export const contenders = {
	ours: contender(() => require(join(libDir, 'tokens')).countTokens),
	'gpt-tokenizer': contender(() => require('gpt-tokenizer/encoding/o200k_base').countTokens),
	'tiktoken (WASM)': contender(() => {
		const encoding = require('tiktoken').get_encoding('o200k_base');
		return (text) => encoding.encode_ordinary(text).length;
	}),
	'characters / 4, not exact': contender(() => (text) => Math.ceil(text.length / 4)),
};

export const columns = [
	['MB/s', ({ median }) => median.speed],
	['Mtokens/s', ({ median }) => median.tokenSpeed],
	['load ms', ({ median }) => median.loadMilliseconds],
	['load MiB', ({ median }) => median.loadMebibytes],
	['tokens', ({ median }) => median.tokens],
];

export const goals = [
	['at least 5 times gpt-tokenizer', (of) => of.ours.speed / of['gpt-tokenizer'].speed, 5],
	['at least 8 times tiktoken', (of) => of.ours.speed / of['tiktoken (WASM)'].speed, 8],
	['the same count as tiktoken', (of) => +(of.ours.tokens === of['tiktoken (WASM)'].tokens), 1],
	['loaded within 40 ms (40 / measured)', (of) => 40 / of.ours.loadMilliseconds, 1],
	['loaded within 30 MiB (30 / measured)', (of) => 30 / of.ours.loadMebibytes, 1],
];

export function prepare({ examples }) {
	return { texts: Math.min(30_000, examples) };
}

function contender(load) {
	return {
		run({ texts: count }) {
			// First of all: later the heap has room to spare, which would hide what loading takes.
			const before = process.memoryUsage().rss;
			const started = performance.now();
			const countTokens = load();
			countTokens('Hello');
			const loadMilliseconds = performance.now() - started;
			const loadMebibytes = (process.memoryUsage().rss - before) / 2 ** 20;
			const texts = ticketTexts(count);
			const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
			const again = performance.now();
			let tokens = 0;
			for (const text of texts) tokens += countTokens(text);
			const seconds = (performance.now() - again) / 1000;
			return {
				speed: bytes / 1e6 / seconds,
				tokenSpeed: tokens / 1e6 / seconds,
				loadMilliseconds,
				loadMebibytes,
				tokens,
			};
		},
	};
}
