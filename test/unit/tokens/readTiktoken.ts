import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The tokens of o200k_base by rank, from one line: "! <first rank> <base64> <base64> ...". */
export function readTiktoken(): Buffer[] {
	const file = join(__dirname, '../../../node_modules/tiktoken/encoders/o200k_base.json');
	const { bpe_ranks: ranks } = JSON.parse(readFileSync(file, 'utf8')) as { bpe_ranks: string };
	const [, first, ...tokens] = ranks.split(' ');
	if (first !== '0') throw new Error('Not the form that tiktoken 1.0.22 has');
	return tokens.map((token) => Buffer.from(token, 'base64'));
}
