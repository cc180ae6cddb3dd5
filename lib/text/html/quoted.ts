import type { Attributes } from './attributes';

const QUOTE_CLASSES = new Set([
	'gmail_quote',
	'gmail_quote_container',
	'yahoo_quoted',
	'protonmail_quote',
	'zmail_extra',
	'moz-cite-prefix',
	'gmail_signature',
	'gmail_signature_prefix',
	'moz-signature',
	'protonmail_signature_block',
	'ms-outlook-mobile-signature',
	'signature',
]);

const SIGNATURE_IDS = new Set(['Signature', 'signature', 'ms-outlook-mobile-signature']);

/** All that follows them is an older mail. */
const END_IDS = new Set([
	'divRplyFwdMsg',
	'mail-editor-reference-message-container',
	'reply-intro',
	'OLK_SRC_BODY_SECTION',
]);
const END_CLASSES = new Set(['OutlookMessageHeader', 'zd-delimiter']);

/** Whether a mail program marked the element as a quoted mail or a signature. */
export function isQuoted(name: string, attributes: Attributes): boolean {
	if (name === 'blockquote' && attributes.get('type').toLowerCase() === 'cite') return true;
	return (
		attributes.hasWord('class', QUOTE_CLASSES) ||
		attributes.hasWord('id', SIGNATURE_IDS) ||
		attributes.get('data-smartmail') === 'gmail_signature'
	);
}

/** Whether a quote begins with `---------- Forwarded message ---------`: it is what the writer wants read. */
export function isForwarded(html: string, from: number): boolean {
	const text = html.slice(from, from + 600).replace(/<[^<>]{0,300}>/g, ' ');
	return /^\s*-{5,}[^-<]{3,60}-{5,}/.test(text) && !/^\s*-{5,} ?Original/i.test(text);
}

/** Whether a mail program marked the element as the head of an older mail that goes on to the end. */
export function beginsOlderMail(attributes: Attributes): boolean {
	return attributes.hasWord('id', END_IDS) || attributes.hasWord('class', END_CLASSES);
}
