import type { Rule } from './types';

export const lengthRule: Rule = {
	code: 'too_many_tokens',
	severity: 'error',
	check({ tokens, tokenLimit }, report) {
		if (tokens === undefined || tokenLimit === undefined || tokens <= tokenLimit) return;
		report(
			'',
			`The example has ${count(tokens)} tokens; the limit is ${count(tokenLimit)}, and what is beyond is cut off silently, usually the answer.`,
			'Shorten the example, or split the conversation.',
		);
	},
};

function count(tokens: number): string {
	return tokens.toLocaleString('en');
}
