import type { Attributes } from './attributes';
import type { InlineState } from './inlineState';

/** An emoji as itself, a file of the ticket by its name, another picture by its alternative text, decoration not at all. */
export function image({ builder }: InlineState, attributes: Attributes): void {
	const alt = attributes.get('alt').trim();
	const name = fileName(alt) ?? sentName(attributes.get('src'));
	if (isEmoticon(alt)) builder.text(alt);
	else if (name !== undefined) builder.attachment(name);
	else if (alt !== '') builder.text(`[image: ${alt}]`);
}

function isEmoticon(alt: string): boolean {
	return alt !== '' && alt.length <= 24 && !/[\p{L}\p{Nd} ]{2}/u.test(alt);
}

function fileName(text: string): string | undefined {
	return /^[^/\\]{1,200}\.[A-Za-z0-9]{2,5}$/.test(text) ? text : undefined;
}

/** The name of a picture that came with the mail or lies in the ticket system. */
function sentName(src: string): string | undefined {
	const content = /^cid:([^@]{1,200})/i.exec(src)?.[1];
	if (content !== undefined) return fileName(content);
	return fileName(decoded(/[?&](?:name|filename)=([^&#]{1,200})/i.exec(src)?.[1] ?? ''));
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text.replace(/\+/g, ' '));
	} catch {
		return text;
	}
}
