/** Breaks a control sequence without a trace for the eye, in code as well as in text. */
const INVISIBLE = '\u200B';
/**
 * What rings for people: https://docs.slack.dev/messaging/formatting-message-text#advanced. A plain "@channel" does not:
 * Slack links names only where `link_names` asks for it.
 */
const MENTION = /<(?=!(?:channel|here|everyone|group|subteam\^)|@[UWB])/gi;
const GUARDED = /<\u200B(?=[!@])/g;

/** The text with its mentions made harmless. A model repeats what it has read, `<!channel>` included. */
export function withoutMentions(text: string): string {
	return text.replace(MENTION, `<${INVISIBLE}`);
}

/** The text as it was before `withoutMentions`. */
export function withMentions(text: string): string {
	return text.replace(GUARDED, '<');
}

/** For Slack's own markup, in which notifications are written: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escapeMarkup(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
