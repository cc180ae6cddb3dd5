/** JQL in pieces. */
import { badQuery } from './refusal';

export interface Token {
	kind: 'word' | 'string' | 'sign';
	text: string;
}

const TOKEN =
	/\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(>=|<=|!=|!~|[=<>~(),])|([^\s"'()=<>!~,]+))/y;

export function tokensOf(text: string): Token[] {
	const tokens: Token[] = [];
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < text.trimEnd().length) {
		const at = TOKEN.lastIndex;
		const match = TOKEN.exec(text);
		if (!match) {
			throw badQuery(`Error in the JQL Query: Unexpected character at ${at + 1}.`);
		}
		const [, double, single, sign, word] = match;
		const quoted = double ?? single;
		if (quoted !== undefined) {
			tokens.push({ kind: 'string', text: quoted.replace(/\\(.)/g, '$1') });
		} else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
		else tokens.push({ kind: 'word', text: word });
	}
	return tokens;
}
