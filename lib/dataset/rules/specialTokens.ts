import { child, quoted } from '../paths';
import type { JsonValue } from '../types';
import type { Rule } from './types';

/**
 * Control tokens of OpenAI's encodings (r50k to o200k_harmony). The server refuses a file that holds one
 * as text: “Example 6174 message contains an invalid token: <|fim_suffix|>”.
 */
const SPECIAL_TOKENS = new Set(
	`endoftext endofprompt startoftext fim_prefix fim_middle fim_suffix im_start im_end im_sep
	start end message channel constrain return call`
		.split(/\s+/)
		.map((name) => `<|${name}|>`),
);

const TOKEN_LIKE = /<\|[a-z][a-z0-9_]{0,30}\|>/g;

export const specialTokenRules: Rule[] = [
	{
		code: 'special_token',
		severity: 'error',
		check({ value }, report) {
			if (!holdsTokenLike(value)) return;
			eachTokenLike(value, '', (token, path) => {
				if (!SPECIAL_TOKENS.has(token)) return;
				report(
					path,
					`The text holds ${quoted(token)}, a control token of the model; the server refuses the file.`,
					'Remove it or write it differently, e.g. with a space inside.',
				);
			});
		},
	},
	{
		code: 'special_token_like',
		severity: 'warning',
		check({ value }, report) {
			if (!holdsTokenLike(value)) return;
			eachTokenLike(value, '', (token, path) => {
				if (SPECIAL_TOKENS.has(token)) return;
				report(
					path,
					`The text holds ${quoted(token)}, which looks like a control token of a chat template.`,
					'Remove it if it is a leftover of another training format.',
				);
			});
		},
	},
];

/** Whether any text has the beginning of a token; most have none, and need no paths made. */
function holdsTokenLike(value: JsonValue): boolean {
	if (typeof value === 'string') return value.includes('<|');
	if (typeof value !== 'object' || value === null) return false;
	return (Array.isArray(value) ? value : Object.values(value)).some(holdsTokenLike);
}

/** Each different token-like text of each string; the depth of the value is checked before. */
function eachTokenLike(
	value: JsonValue,
	path: string,
	look: (token: string, path: string) => void,
): void {
	if (typeof value === 'string') {
		for (const token of new Set(value.match(TOKEN_LIKE))) look(token, path);
	} else if (Array.isArray(value)) {
		value.forEach((item, index) => eachTokenLike(item, child(path, index), look));
	} else if (value !== null && typeof value === 'object') {
		for (const name of Object.keys(value)) eachTokenLike(value[name], child(path, name), look);
	}
}
