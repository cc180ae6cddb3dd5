import { CODE, EMPHASIS, type Run, STRIKE, STRONG, type Style } from './blocks';
import { markdownLink } from './links';

/** Text whose style does not change; `\n` stands alone in one. */
interface Span {
	texts: string[];
	marks: number;
	href: string | undefined;
}

const DELIMITERS: Array<[number, string]> = [
	[STRONG, '**'],
	[EMPHASIS, '*'],
	[STRIKE, '~~'],
];

/** A paragraph's Markdown, over several lines where it has line breaks. */
export function renderInline(runs: Run[]): string {
	const spans = joined(runs);
	const out: string[] = [];
	for (let from = 0; from < spans.length;) {
		let to = from + 1;
		const { href } = spans[from];
		while (to < spans.length && spans[to].href === href) to++;
		out.push(renderLinked(spans.slice(from, to), href, out));
		from = to;
	}
	return out.join('');
}

function renderLinked(spans: Span[], href: string | undefined, before: string[]): string {
	const isLineStart = before.length === 0 || before[before.length - 1].endsWith('\n');
	const markdown = renderMarks(spans, isLineStart && href === undefined);
	if (href === undefined) return markdown;
	const plain = spans.flatMap(({ texts }) => texts).join('');
	return markdownLink(markdown.replace(/\n/g, ' '), plain.trim(), href);
}

function renderMarks(spans: Span[], isLineStart: boolean): string {
	const out: string[] = [];
	let open: number[] = [];
	let current = 0;
	for (const { texts, marks } of spans) {
		if (marks !== current) open = changeMarks(open, marks, out);
		current = marks;
		const text = texts.join('');
		if ((marks & CODE) !== 0) out.push(codeSpan(text));
		else out.push(isLineStart ? withoutFence(text) : text);
		isLineStart = text === '\n' || (isLineStart && text.trim() === '');
	}
	changeMarks(open, 0, out);
	return out.join('');
}

function changeMarks(open: number[], marks: number, out: string[]): number[] {
	const stale = open.findIndex((mark) => (marks & mark) === 0);
	const kept = stale < 0 ? open : open.slice(0, stale);
	for (const mark of open.slice(kept.length).reverse()) out.push(delimiter(mark));
	const added = DELIMITERS.filter(([mark]) => (marks & mark) !== 0 && !kept.includes(mark));
	for (const [, text] of added) out.push(text);
	return [...kept, ...added.map(([mark]) => mark)];
}

function delimiter(mark: number): string {
	return DELIMITERS.find(([candidate]) => candidate === mark)?.[1] ?? '';
}

/** Text between backticks, more of them than the text has in a row. */
export function codeSpan(text: string): string {
	const fence = '`'.repeat(longestBackticks(text) + 1);
	const room = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
	return `${fence}${room}${text}${room}${fence}`;
}

export function longestBackticks(text: string): number {
	let longest = 0;
	for (const { length } of text.match(/`+/g) ?? []) longest = Math.max(longest, length);
	return longest;
}

/** A line of text that would open a code block swallows all the rest. */
function withoutFence(text: string): string {
	return text.replace(/^([ \t]{0,3})(```|~~~)/, '$1\\$2');
}

/**
 * Brings runs of one style together. Space at the edge of a run goes out of marks that its neighbours do not share,
 * since `** bold **` is not bold, and falls away at line ends. What indents a line stays. Marks end with the line.
 */
function joined(runs: Run[]): Span[] {
	const spans = new Spans();
	for (const { text, style } of runs) {
		if (!text.includes('\n')) {
			spans.add(text, style);
			continue;
		}
		text.split('\n').forEach((line, index) => {
			if (index > 0) spans.addLineBreak();
			spans.add(line, style);
		});
	}
	return spans.finish();
}

class Spans {
	private readonly spans: Span[] = [];
	/** The span that text of its style still goes to. */
	private last: Span | undefined;
	private space = '';
	private spaceHref: string | undefined;

	add(text: string, { marks, href }: Style): void {
		const core = text.trim();
		if (core.length === text.length && text !== '') return this.addCore(text, marks, href);
		if (core === '') return this.addSpace(text, href);
		const start = text.indexOf(core);
		this.addSpace(text.slice(0, start), href);
		this.addCore(core, marks, href);
		this.addSpace(text.slice(start + core.length), href);
	}

	addLineBreak(): void {
		const isEmptyLine = isLineBreak(this.spans.at(-1)) && isLineBreak(this.spans.at(-2));
		if (this.spans.length > 0 && !isEmptyLine) {
			this.spans.push({ texts: ['\n'], marks: 0, href: undefined });
		}
		this.last = undefined;
		this.space = '';
	}

	finish(): Span[] {
		while (isLineBreak(this.spans.at(-1))) this.spans.pop();
		return this.spans;
	}

	private addSpace(text: string, href: string | undefined): void {
		if (text === '') return;
		this.spaceHref = this.space === '' || this.spaceHref === href ? href : undefined;
		this.space += text;
	}

	private addCore(text: string, marks: number, href: string | undefined): void {
		if (this.space !== '' && this.last !== undefined) {
			const isLinked = this.last.href === href && this.spaceHref === href;
			this.append(this.space, this.last.marks & marks, isLinked ? href : undefined);
		} else if (this.space !== '' && this.spans.length > 0) this.append(this.space, 0, undefined);
		this.space = '';
		this.append(text, marks, href);
	}

	private append(text: string, marks: number, href: string | undefined): void {
		if (this.last?.marks === marks && this.last.href === href) this.last.texts.push(text);
		else this.spans.push((this.last = { texts: [text], marks, href }));
	}
}

function isLineBreak(span: Span | undefined): boolean {
	return span?.texts[0] === '\n';
}
