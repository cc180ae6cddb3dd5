import { type Fence, fenceAfter } from './fences';

/** Slack takes 12,000 characters of Markdown in a message; the rest is room for buttons and a disclosure. */
export const PART_LENGTH = 11_000;

/** A part of an answer: `before + text + after` is posted, and the texts alone are the answer, with nothing lost. */
export interface Part {
	/** Opens a code block again that the part before had to close. */
	before: string;
	text: string;
	/** Closes a code block that goes on in the next part. */
	after: string;
}

/** Where a text may be cut, the best kind first. */
const KINDS = ['paragraph', 'line', 'row', 'word'] as const;
type Kind = (typeof KINDS)[number];

/**
 * Splits an answer at borders that a reader would choose: between paragraphs, else between lines outside tables and
 * code, else between any lines, words, characters. Code blocks are closed and opened again with their language.
 *
 * @param limit - UTF-16 units of a whole part
 */
export function splitAnswer(answer: string, limit: number = PART_LENGTH): Part[] {
	const parts: Part[] = [];
	let fence: Fence | undefined;
	for (let start = 0; start < answer.length;) {
		const part = nextPart(answer, start, fence, limit);
		parts.push(part.part);
		fence = part.fence;
		start += part.part.text.length;
	}
	return parts;
}

/** What a part looks like in Slack. */
export function shownPart({ before, text, after }: Part): string {
	return `${before}${text}${after}`;
}

/**
 * The part that begins at `start`.
 *
 * @param fence - the code block that is open there
 * @param least - units of the text that have to be in it, since they have been shown already
 */
export function nextPart(
	answer: string,
	start: number,
	fence: Fence | undefined,
	limit: number,
	least = 0,
): { part: Part; fence: Fence | undefined } {
	const before = fence ? `${fence.opening}\n` : '';
	const room = limit - before.length;
	if (answer.length - start <= room) {
		const text = answer.slice(start);
		// An answer that ends within code is closed by whoever shows it.
		return { part: { before, text, after: '' }, fence: undefined };
	}
	const cut = bestCut(answer, start, fence, room, least);
	const text = answer.slice(start, cut.end);
	return { part: { before, text, after: closingOf(text, cut.fence) }, fence: cut.fence };
}

function closingOf(text: string, fence: Fence | undefined): string {
	if (!fence) return '';
	return text.endsWith('\n') ? fence.closing : `\n${fence.closing}`;
}

interface Cut {
	end: number;
	fence: Fence | undefined;
}

/** The last cut of the best kind that leaves the part at least half full; else the last one of any kind. */
function bestCut(
	answer: string,
	start: number,
	open: Fence | undefined,
	room: number,
	least: number,
): Cut {
	const found = cutsWithin(answer, start, open, room, least);
	const half = start + room / 2;
	for (const kind of KINDS) {
		const cut = found.get(kind);
		if (cut && cut.end >= half) return cut;
	}
	const cuts = [...found.values()].sort((a, b) => b.end - a.end);
	return cuts[0] ?? forcedCut(answer, start, room, open);
}

/** The last possible cut of each kind. */
function cutsWithin(
	answer: string,
	start: number,
	open: Fence | undefined,
	room: number,
	least: number,
): Map<Kind, Cut> {
	const found = new Map<Kind, Cut>();
	let fence = open;
	for (let line = start; line < start + room;) {
		const newline = answer.indexOf('\n', line);
		const end = newline === -1 || newline >= start + room ? start + room : newline + 1;
		const whole = newline !== -1 && end === newline + 1;
		const within = whole ? fenceAfter(answer.slice(line, newline), fence) : fence;
		const cost = within ? within.closing.length + 1 : 0;
		if (!whole) addWord(found, answer, { start, line, least, room: room - cost, fence });
		else if (end - start > least && end - start + cost <= room) {
			found.set(kindOf(answer, line, end, within), { end, fence: within });
		}
		fence = within;
		line = end;
	}
	return found;
}

function kindOf(answer: string, line: number, end: number, fence: Fence | undefined): Kind {
	if (fence) return 'row';
	if (isBlank(answer, line, end)) return 'paragraph';
	return isRow(answer, end) ? 'row' : 'line';
}

/** A cut within the line that does not fit: behind the last space, but not so that the next part begins with one. */
function addWord(
	found: Map<Kind, Cut>,
	answer: string,
	at: { start: number; line: number; least: number; room: number; fence: Fence | undefined },
): void {
	const lowest = Math.max(at.line, at.start + at.least);
	for (let end = at.start + at.room; end > lowest; end--) {
		if (!isSpace(answer[end - 1]) || isSpace(answer[end])) continue;
		found.set('word', { end, fence: at.fence });
		return;
	}
}

function forcedCut(answer: string, start: number, room: number, fence: Fence | undefined): Cut {
	const length = room - (fence ? fence.closing.length + 1 : 0);
	const end = start + Math.max(2, length);
	return { end: isPair(answer, end) ? end - 1 : end, fence };
}

/** Whether a cut at `index` would halve a character. */
export function isPair(text: string, index: number): boolean {
	return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(index - 1, index + 1));
}

function isBlank(text: string, from: number, to: number): boolean {
	for (let index = from; index < to; index++) {
		if (!isSpace(text[index])) return false;
	}
	return true;
}

/** A row of a table, as models write it. */
function isRow(text: string, from: number): boolean {
	let index = from;
	while (text[index] === ' ') index++;
	return text[index] === '|';
}

function isSpace(character: string | undefined): boolean {
	return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}
