import { type HtmlOptions, htmlToMarkdown } from './html';

export interface JournalEntry {
	/** As it stands in the text: the time zone and the format are those of the user who read the record. */
	createdAt: string;
	author: string;
	/** The field's label: `Additional comments`, `Work notes`, or what the instance calls them. */
	kind: string;
	text: string;
}

const HEAD =
	/^(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?) - (.{0,200}) \(([^()]{1,80})\)$/;

/**
 * The entries of a ServiceNow journal field as the Table API gives it with `sysparm_display_value=true`: one text, each
 * entry below a line `2026-01-02 10:00:00 - Jane Doe (Additional comments)`. The order stays, which is newest first.
 * Text before the first such line comes as an entry without time, author and kind.
 */
export function parseJournal(blob: string): JournalEntry[] {
	const entries: Array<JournalEntry & { lines: string[] }> = [];
	for (const line of blob.split(/\r\n?|\n/)) {
		const head = line.length < 400 ? HEAD.exec(line.trim()) : null;
		if (head !== null) entries.push(entry(head[1], head[2].trim(), head[3].trim()));
		else {
			if (entries.length === 0) entries.push(entry('', '', ''));
			entries[entries.length - 1].lines.push(line);
		}
	}
	return entries
		.map(({ lines, ...rest }) => ({ ...rest, text: lines.join('\n').trim() }))
		.filter(({ text, createdAt }) => text !== '' || createdAt !== '');
}

/**
 * A ServiceNow journal text with what stands between `[code]` and `[/code]` turned from HTML to Markdown. A `[code]`
 * without its end goes on to the end of the text.
 */
export function unwrapCode(text: string, options: HtmlOptions = {}): string {
	const parts = text.split(/\[code\]/i);
	if (parts.length === 1) return text;
	const [before, ...wrapped] = parts;
	return [before, ...wrapped.flatMap((part) => unwrapped(part, options))]
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.join('\n\n');
}

function unwrapped(part: string, options: HtmlOptions): [string, string] {
	const [html, ...after] = part.split(/\[\/code\]/i);
	return [htmlToMarkdown(html, options).text, after.join('')];
}

function entry(createdAt: string, author: string, kind: string) {
	return { createdAt, author, kind, text: '', lines: [] as string[] };
}
