import { MarkdownBuilder } from './markdown/builder';
import type { ConvertedText } from './types';
import { WikiBlocks } from './wiki/blocks';
import { withoutVerbatim } from './wiki/verbatim';

/**
 * Jira's wiki markup (Data Center, and the REST API v2 of Jira Cloud) as Markdown. Mentions that hold only an id,
 * `[~accountid:…]`, give the id. Macros that it does not know stay as they are.
 * Never throws. https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
 */
export function wikiToMarkdown(text: string): ConvertedText {
	const builder = new MarkdownBuilder();
	const { markup, verbatim } = withoutVerbatim(text);
	const blocks = new WikiBlocks(builder, verbatim);
	blocks.read(markup.split('\n'));
	return builder.finish();
}
