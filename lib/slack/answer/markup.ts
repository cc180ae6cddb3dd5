/** Slack's markup as plain text: https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages */

const SEQUENCE = /<([^<>\n]{1,2000})>/g;

/**
 * A message's text as a person reads it.
 *
 * @param self - user id of the app, whose mention is addressing and no content
 */
export function plainMarkup(text: string, self: string): string {
	return text
		.replace(SEQUENCE, (whole, inner: string) => shown(inner, self) ?? whole)
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&amp;/g, '&')
		.trim();
}

function shown(inner: string, self: string): string | undefined {
	const bar = inner.indexOf('|');
	const target = bar === -1 ? inner : inner.slice(0, bar);
	const label = bar === -1 ? '' : inner.slice(bar + 1);
	if (target.startsWith('@')) {
		if (target === `@${self}`) return '';
		return label ? `@${label.replace(/^@/, '')}` : '';
	}
	if (target.startsWith('#')) return label ? `#${label.replace(/^#/, '')}` : target;
	if (target.startsWith('!')) return label || `@${target.slice(1)}`;
	if (!/^(https?|mailto|tel):/i.test(target)) return undefined;
	const address = target.replace(/^(mailto|tel):/i, '');
	return label && label !== address && label !== target ? `${label} (${address})` : address;
}
