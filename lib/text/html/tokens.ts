export interface OpenTag {
	type: 'open';
	/** In lower case. */
	name: string;
	/** What stands between the name and the end of the tag. */
	attributes: string;
	/** Written as `<br/>`. */
	isClosed: boolean;
	/** Where its content begins. */
	end: number;
}

export interface CloseTag {
	type: 'close';
	name: string;
}

export interface Text {
	type: 'text';
	/** With its character references as they were. */
	text: string;
}

/** Text that stands for itself. */
export interface CData {
	type: 'cdata';
	text: string;
}

export type Token = OpenTag | CloseTag | Text | CData;

/** `<jane@alderbrook.example>` and `<https://…>` are addresses in a text that nobody escaped. */
const NAME = /[A-Za-z](?:[\w:.-]{0,60}[\w.-])?(?=[\s/>])/y;

/** Their content is no text of the document. */
const DROPPED = new Set(['script', 'style', 'title']);

/** HTML in pieces, in one pass: nothing in it is looked at more than a fixed number of times. */
export function* tokensOf(html: string): Generator<Token> {
	const source = new Source(html);
	let at = 0;
	let textFrom = 0;
	while (at < html.length) {
		const start = html.indexOf('<', at);
		if (start < 0) break;
		const found = source.markupAt(start);
		if (found === undefined) {
			at = start + 1;
			continue;
		}
		if (start > textFrom) yield { type: 'text', text: html.slice(textFrom, start) };
		if (found.token !== undefined) yield found.token;
		at = found.end;
		textFrom = at;
	}
	if (textFrom < html.length) yield { type: 'text', text: html.slice(textFrom) };
}

interface Markup {
	/** Absent for comments and the like. */
	token?: Token;
	end: number;
}

class Source {
	/** From where on a string does not occur: looking for it again would cost the whole rest each time. */
	private readonly missing = new Map<string, number>();
	/** A quote without its end was found, so quotes do not tell where tags end. */
	private hasBrokenQuotes = false;

	constructor(private readonly html: string) {}

	markupAt(start: number): Markup | undefined {
		const next = this.html[start + 1];
		if (next === '!') return this.declaration(start);
		if (next === '?') return this.until('>', start);
		if (next === '/') return this.closeTag(start);
		return this.openTag(start);
	}

	private declaration(start: number): Markup | undefined {
		if (this.html.startsWith('<!--', start)) return this.comment(start);
		if (!this.html.startsWith('<![CDATA[', start)) return this.until('>', start);
		const from = start + '<![CDATA['.length;
		const end = this.find(']]>', from);
		if (end < 0) return { end: from };
		return { token: { type: 'cdata', text: this.html.slice(from, end) }, end: end + 3 };
	}

	/** `<!-->` is a whole comment. One that never ends is taken to end with its tag, so that the text stays. */
	private comment(start: number): Markup | undefined {
		const end = this.find('-->', start + 2);
		return end < 0 ? this.until('>', start) : { end: end + 3 };
	}

	private closeTag(start: number): Markup | undefined {
		const name = this.nameAt(start + 2);
		if (name === undefined) return undefined;
		const end = this.find('>', start + 2 + name.length);
		return end < 0
			? undefined
			: { token: { type: 'close', name: name.toLowerCase() }, end: end + 1 };
	}

	private openTag(start: number): Markup | undefined {
		const written = this.nameAt(start + 1);
		if (written === undefined) return undefined;
		const from = start + 1 + written.length;
		const end = this.tagEnd(from);
		if (end < 0) return undefined;
		const name = written.toLowerCase();
		if (DROPPED.has(name)) return { end: this.contentEnd(name, end + 1) };
		const isClosed = this.html[end - 1] === '/';
		const attributes = this.html.slice(from, isClosed ? end - 1 : end);
		return { token: { type: 'open', name, attributes, isClosed, end: end + 1 }, end: end + 1 };
	}

	private nameAt(at: number): string | undefined {
		NAME.lastIndex = at;
		return NAME.exec(this.html)?.[0];
	}

	/** The `>` that ends a tag, not one within a quoted value. */
	private tagEnd(from: number): number {
		const simple = this.find('>', from);
		if (simple < 0 || this.hasBrokenQuotes) return simple;
		let at = from;
		let end = simple;
		for (;;) {
			const quote = quoteBetween(this.html, at, end);
			if (quote < 0) return end;
			const close = this.find(this.html[quote], quote + 1);
			if (close < 0) break;
			at = close + 1;
			if (at <= end) continue;
			end = this.find('>', at);
			if (end < 0) break;
		}
		this.hasBrokenQuotes = true;
		return simple;
	}

	/** Behind the end tag of an element whose content is left out; without one, only the start tag is. */
	private contentEnd(name: string, from: number): number {
		const tag = `</${name}`;
		if (this.isMissing(tag, from)) return from;
		const expression = new RegExp(tag, 'gi');
		expression.lastIndex = from;
		const found = expression.exec(this.html);
		if (found === null) {
			this.missing.set(tag, from);
			return from;
		}
		const end = this.find('>', found.index);
		return end < 0 ? this.html.length : end + 1;
	}

	private until(text: string, from: number): Markup | undefined {
		const end = this.find(text, from);
		return end < 0 ? undefined : { end: end + text.length };
	}

	private find(text: string, from: number): number {
		if (this.isMissing(text, from)) return -1;
		const at = this.html.indexOf(text, from);
		if (at < 0) this.missing.set(text, from);
		return at;
	}

	private isMissing(text: string, from: number): boolean {
		return from >= (this.missing.get(text) ?? Infinity);
	}
}

/** The quote that begins a value in a stretch of a tag; one elsewhere is an ordinary character. */
function quoteBetween(html: string, from: number, to: number): number {
	for (let at = from; at < to; at++) {
		const character = html[at];
		if ((character === '"' || character === "'") && followsEquals(html, at, from)) return at;
	}
	return -1;
}

function followsEquals(html: string, at: number, from: number): boolean {
	let before = at - 1;
	while (before >= from && before > at - 20 && /\s/.test(html[before])) before--;
	return before >= from && html[before] === '=';
}
