import { HtmlDocument } from './html/document';
import { tokensOf } from './html/tokens';
import type { ConvertedText } from './types';

export interface HtmlOptions {
	/**
	 * Leave out what mail programs mark as a quoted mail or a signature (default). A text that consists of nothing else
	 * is kept.
	 */
	stripQuotes?: boolean;
}

/**
 * HTML as Markdown: mails, Zendesk's `html_body`, Jira's `renderedFields`, ServiceNow and Salesforce rich text, and
 * Confluence's storage format with its macros. Takes markup as broken as it comes; what is no tag is text. Comments,
 * scripts and styles are left out; links that run something lose their address. Never throws.
 */
export function htmlToMarkdown(
	html: string,
	{ stripQuotes = true }: HtmlOptions = {},
): ConvertedText {
	const { converted, hasLeftOut } = convert(html, stripQuotes);
	return hasLeftOut && !hasWords(converted.text) ? convert(html, false).converted : converted;
}

function convert(html: string, stripQuotes: boolean) {
	const document = new HtmlDocument(html, stripQuotes);
	for (const token of tokensOf(html)) {
		document.take(token);
		if (document.isDone) break;
	}
	return { converted: document.finish(), hasLeftOut: document.hasLeftOut };
}

function hasWords(text: string): boolean {
	return /[^\s\-_>*#|]/.test(text);
}
