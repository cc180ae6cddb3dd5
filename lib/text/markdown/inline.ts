import { CODE, EMPHASIS, type Run, STRIKE, STRONG } from './blocks';
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
	for (const { texts, marks } of spans) {
		open = changeMarks(open, marks, out);
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
	const spans: Span[] = [];
	let space = '';
	let last: Span | undefined;
	const add = (text: string, marks: number, href: string | undefined) => {
		if (last !== undefined && last.marks === marks && last.href === href) last.texts.push(text);
		else spans.push((last = { texts: [text], marks, href }));
	};
	for (const [text, marks, href] of pieces(runs)) {
		if (text === '\n') {
			if (spans.length > 0 && !endsWithEmptyLine(spans)) spans.push(newLine());
			last = undefined;
			space = '';
		} else if (text.trim() === '') space += text;
		else {
			if (space !== '' && last !== undefined) {
				add(space, last.marks & marks, last.href === href ? href : undefined);
			} else if (space !== '' && spans.length > 0) add(space, 0, undefined);
			space = '';
			add(text, marks, href);
		}
	}
	while (spans.at(-1)?.texts[0] === '\n') spans.pop();
	return spans;
}

function newLine(): Span {
	return { texts: ['\n'], marks: 0, href: undefined };
}

function endsWithEmptyLine(spans: Span[]): boolean {
	return spans.at(-1)?.texts[0] === '\n' && spans.at(-2)?.texts[0] === '\n';
}

function* pieces(runs: Run[]): Generator<[string, number, string | undefined]> {
	for (const { text, marks, href } of runs) {
		let isFirst = true;
		for (const line of text.split('\n')) {
			if (!isFirst) yield ['\n', 0, undefined];
			isFirst = false;
			const core = line.trim();
			if (core === '') {
				if (line !== '') yield [line, marks, href];
				continue;
			}
			const start = line.indexOf(core);
			if (start > 0) yield [line.slice(0, start), marks, href];
			yield [core, marks, href];
			if (start + core.length < line.length) yield [line.slice(start + core.length), marks, href];
		}
	}
}
