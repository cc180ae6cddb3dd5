/** Jira's texts as Markdown: ADF in version 3 of the API, wiki markup in version 2, and HTML here and there. */
import { adfToMarkdown } from '../../text/adf';
import { cleanText } from '../../text/clean';
import { htmlToMarkdown } from '../../text/html';
import { stripReply } from '../../text/mail';
import type { ConvertedText } from '../../text/types';
import { wikiToMarkdown } from '../../text/wiki';

/** @param stripQuotes - cuts quoted mail and signatures off, as requests by mail bring them along */
export function jiraText(value: unknown, stripQuotes: boolean): ConvertedText {
	const converted = convert(value, stripQuotes);
	const text = stripQuotes ? stripReply(converted.text).text : converted.text;
	return { ...converted, text: cleanText(text) };
}

function convert(value: unknown, stripQuotes: boolean): ConvertedText {
	if (typeof value === 'object' && value !== null) return adfToMarkdown(value);
	if (typeof value !== 'string') return { text: '', mentions: [], attachments: [] };
	if (/^\s{0,100}<[a-z!]/i.test(value)) return htmlToMarkdown(value, { stripQuotes });
	return wikiToMarkdown(value);
}
