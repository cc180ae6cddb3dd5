import type { Body } from './check';
import { textOf } from './lessons';

export const NOT_TRANSLATED = '(The sandbox does not translate.)';

/** The OpenAI Toolbox lets a chat model translate transcripts: they come back as they are, and with a word on that. */
export function untranslated(messages: Body[]): string | undefined {
	const [first, ...rest] = messages;
	if (first?.role !== 'system' || rest.length !== 1) return undefined;
	const asked = /^You translate transcripts of speech\./.test(textOf(first.content));
	return asked ? `${NOT_TRANSLATED} ${textOf(rest[0].content)}` : undefined;
}
