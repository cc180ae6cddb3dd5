/** Values of Salesforce's fields, which may be missing or of another type than expected, as text. */
import { cleanText } from '../../text/clean';
import { htmlToMarkdown } from '../../text/html';
import { stripReply } from '../../text/mail';

/** How texts are cleaned. */
export interface TextOptions {
	/** Cuts quoted mails and signatures; true by default. */
	stripQuotes?: boolean;
}

/** Plain text, cleaned. */
export function plain(text: unknown, options: TextOptions): string {
	const clean = cleanText(textOf(text));
	return options.stripQuotes === false ? clean : stripReply(clean).text;
}

/** HTML as Markdown. */
export function rich(html: unknown, { stripQuotes = true }: TextOptions): string {
	const { text } = htmlToMarkdown(textOf(html), { stripQuotes });
	return stripQuotes ? stripReply(text).text : text;
}

/** A property, unless there is nothing to tell. */
export function optional<N extends string, V>(
	name: N,
	value: V | null | undefined,
): Partial<Record<N, V>> {
	return value === null || value === undefined || value === ''
		? {}
		: ({ [name]: value } as Record<N, V>);
}

export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
