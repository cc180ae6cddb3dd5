import { CODE, EMPHASIS, STRIKE, STRONG, type Style } from '../markdown/blocks';
import type { MarkdownBuilder } from '../markdown/builder';
import { linkTarget } from '../markdown/links';
import { raised } from '../raised';
import type { Verbatim } from './verbatim';

interface Mark {
	type: 'mark';
	mark: number;
	text: string;
	pair?: 'open' | 'close';
}

type Piece =
	| { type: 'text'; text: string }
	| Mark
	| { type: 'code'; text: string }
	| { type: 'link'; text: string; href: string | undefined }
	| { type: 'mention'; name: string }
	| { type: 'file'; name: string }
	| { type: 'verbatim'; number: number }
	| { type: 'break' };

/** Written as `+`, `^`, `~` and `??`: Markdown has nothing for underlined, lowered and cited text. */
const NO_MARK = 0;
const RAISED = 16;

const MARKS = new Map([
	['*', STRONG],
	['_', EMPHASIS],
	['-', STRIKE],
	['+', NO_MARK],
	['^', RAISED],
	['~', NO_MARK],
	['??', EMPHASIS],
]);

const SPECIAL = /\0\d+\0|\\\\|\\[^\w\s]|\{\{|\{[a-zA-Z][^{}\n]{0,300}\}|\[|!|\?\?|[*_\-+^~]/g;
const DROPPED_MACRO =
	/^\{(?:color|anchor|toc|html|section|column|align|size|bgcolor|center|adf|panel|quote|info|note|tip|warning|expand|code|noformat)(?::[^{}]*)?\}$/;
const IMAGE = /!([^\s!|][^!\n|]{0,250})(?:\|[^!\n]{0,250})?!(?![\p{L}\p{N}])/uy;

const MAX_LINK = 4_000;

/** Writes lines of wiki markup to a builder. */
export class WikiInline {
	private readonly openPanels = new Set<string>();

	constructor(
		private readonly builder: MarkdownBuilder,
		private readonly verbatim: Verbatim[],
	) {}

	/** Tells an opening tag (true) from a closing one of the same words. */
	togglePanel(name: string): boolean {
		const isOpening = !this.openPanels.has(name);
		if (isOpening) this.openPanels.add(name);
		else this.openPanels.delete(name);
		return isOpening;
	}

	write(line: string): void {
		let marks = 0;
		for (const piece of paired(piecesOf(line))) {
			if (piece.type === 'mark' && piece.pair !== undefined) {
				marks = piece.pair === 'open' ? marks | piece.mark : marks & ~piece.mark;
			} else this.writePiece(piece, marks);
		}
	}

	private writePiece(piece: Piece, bits: number): void {
		const style = { marks: bits & ~RAISED };
		switch (piece.type) {
			case 'code':
				return this.builder.text(piece.text, { marks: style.marks | CODE });
			case 'link':
				return this.builder.text(piece.text, { ...style, href: piece.href });
			case 'mention':
				return this.builder.mention(piece.name, style);
			case 'file':
				return this.builder.attachment(piece.name);
			case 'verbatim':
				return this.writeVerbatim(this.verbatim[piece.number]);
			case 'break':
				return this.builder.lineBreak();
			default:
				return this.writeText(raised(piece.text, (bits & RAISED) !== 0), style);
		}
	}

	/** What was left out between two spaces leaves one. */
	private writeText(text: string, style: Style): void {
		this.builder.text(this.builder.isAfterSpace() ? text.trimStart() : text, style);
	}

	private writeVerbatim(verbatim: Verbatim | undefined): void {
		if (verbatim === undefined) return;
		const { text, language, title, isInline } = verbatim;
		if (isInline) return this.builder.text(text.trim(), { marks: CODE });
		if (title !== '') {
			this.builder.paragraph();
			this.builder.text(title, { marks: STRONG });
		}
		this.builder.codeBlock(text, language);
	}
}

function piecesOf(line: string): Piece[] {
	const pieces: Piece[] = [];
	const ends = new Map<string, number>();
	let from = 0;
	SPECIAL.lastIndex = 0;
	for (let found = SPECIAL.exec(line); found !== null; found = SPECIAL.exec(line)) {
		const special = specialAt(line, found.index, found[0], ends);
		if (special === undefined) {
			SPECIAL.lastIndex = found.index + (found[0].startsWith('\\') ? found[0].length : 1);
			continue;
		}
		if (found.index > from) pieces.push({ type: 'text', text: line.slice(from, found.index) });
		if (special.piece !== undefined) pieces.push(special.piece);
		from = found.index + special.length;
		SPECIAL.lastIndex = from;
	}
	if (from < line.length) pieces.push({ type: 'text', text: line.slice(from) });
	return pieces;
}

interface Special {
	/** Absent for what is left out. */
	piece?: Piece;
	length: number;
}

function specialAt(
	line: string,
	at: number,
	found: string,
	ends: Map<string, number>,
): Special | undefined {
	const { length } = found;
	if (found.startsWith('\0')) {
		return { piece: { type: 'verbatim', number: Number(found.slice(1, -1)) }, length };
	}
	if (found === '\\\\') return lineBreakAt(line, at);
	if (found.startsWith('\\')) return { piece: { type: 'text', text: found[1] }, length };
	if (found === '{{') return monospaceAt(line, at, ends);
	if (found.startsWith('{')) return DROPPED_MACRO.test(found) ? { length } : undefined;
	if (found === '[') return bracketAt(line, at, ends);
	if (found === '!') return imageAt(line, at);
	return { piece: { type: 'mark', mark: MARKS.get(found) ?? NO_MARK, text: found }, length };
}

/** `\\` ends a line, unless it begins the name of a Windows server. */
function lineBreakAt(line: string, at: number): Special {
	const before = line[at - 1] ?? ' ';
	const isServer = /[\s("'>]/.test(before) && /[A-Za-z0-9?.]/.test(line[at + 2] ?? ' ');
	const piece: Piece = isServer ? { type: 'text', text: '\\\\' } : { type: 'break' };
	return { piece, length: 2 };
}

function monospaceAt(line: string, at: number, ends: Map<string, number>): Special | undefined {
	const end = find(line, '}}', at + 2, ends);
	if (end < 0) return undefined;
	const text = line.slice(at + 2, end).replace(/\\([^\w\s])/g, '$1');
	return { piece: { type: 'code', text }, length: end + 2 - at };
}

function bracketAt(line: string, at: number, ends: Map<string, number>): Special | undefined {
	const end = find(line, ']', at + 1, ends);
	if (end < 0 || end - at > MAX_LINK) return undefined;
	const piece = bracketPiece(line.slice(at + 1, end));
	return piece && { piece, length: end + 1 - at };
}

/** `~user`, `^file`, `url`, `text|url` or `text|url|smart-link`; anything else in brackets is text. */
function bracketPiece(content: string): Piece | undefined {
	if (/^~[^\s|]/.test(content)) {
		return { type: 'mention', name: content.slice(1).replace(/^accountid:/, '') };
	}
	if (/^\^[^|]/.test(content)) return { type: 'file', name: content.slice(1) };
	const [first, second] = content.split('|');
	const address = (second ?? first).trim();
	if (!/^(?:[a-z][\w+.-]{1,30}:|\/\/|\/|#|\\\\|www\.)\S*$/i.test(address)) return undefined;
	const text = first.trim() || address;
	const href = linkTarget(address);
	return { type: 'link', text: text === address && href !== undefined ? href : text, href };
}

function imageAt(line: string, at: number): Special | undefined {
	IMAGE.lastIndex = at;
	const found = IMAGE.exec(line);
	if (found === null || !/[.:/]/.test(found[1])) return undefined;
	const href = /^https?:\/\//i.test(found[1]) ? linkTarget(found[1]) : undefined;
	const piece: Piece =
		href === undefined ? { type: 'file', name: found[1] } : { type: 'link', text: href, href };
	return { piece, length: found[0].length };
}

/** Where a text comes next; looked for once for all the places before it. */
function find(line: string, text: string, from: number, ends: Map<string, number>): number {
	const known = ends.get(text);
	if (known !== undefined && (known < 0 || known >= from)) return known;
	const at = line.indexOf(text, from);
	ends.set(text, at);
	return at;
}

/**
 * Pairs marks: one opens before a word and after a non-word, and closes the other way round. For each kind only the
 * last open one counts, so that a line of nothing but marks costs one pass.
 */
function paired(pieces: Piece[]): Piece[] {
	const open = new Map<string, Mark>();
	pieces.forEach((piece, index) => {
		if (piece.type !== 'mark') return;
		const before = edge(pieces[index - 1], 'end');
		const after = edge(pieces[index + 1], 'start');
		const opener = open.get(piece.text);
		if (opener !== undefined && opener !== pieces[index - 1] && closes(before, after, piece)) {
			opener.pair = 'open';
			piece.pair = 'close';
			open.delete(piece.text);
		} else if (opens(before, after, piece)) open.set(piece.text, piece);
	});
	return pieces;
}

/** Neither in `C++` nor in `--force`. */
function isDoubled(before: string, after: string, { text }: Mark): boolean {
	return before === text || after === text;
}

function closes(before: string, after: string, mark: Mark): boolean {
	return /\S/.test(before) && !/[\p{L}\p{N}]/u.test(after) && !isDoubled(before, after, mark);
}

/** A number after it has a sign and is not struck out; only a power stands within a word. */
function opens(before: string, after: string, mark: Mark): boolean {
	if (/\s/.test(after) || isDoubled(before, after, mark)) return false;
	if (mark.text === '^') return true;
	return !/[\p{L}\p{N}\\/:]/u.test(before) && !('+-~'.includes(mark.text) && /\d/.test(after));
}

/** The character next to a mark; other pieces count as a word, a mark as none. */
function edge(piece: Piece | undefined, side: 'start' | 'end'): string {
	if (piece === undefined || piece.type === 'break') return ' ';
	if (piece.type === 'mark') return piece.text;
	if (piece.type !== 'text') return '|';
	return (side === 'end' ? piece.text.at(-1) : piece.text[0]) ?? ' ';
}
