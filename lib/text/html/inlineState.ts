import type { Style } from '../markdown/blocks';
import type { MarkdownBuilder } from '../markdown/builder';
import { raised } from '../raised';

type Leave = () => void;

/** Each one copies the text of those within it. */
const MAX_CAPTURES = 4;

/** What open elements make of the text within them. */
export class InlineState {
	/** How many lists are open. */
	lists = 0;
	/** Confluence macros around the text, the innermost last. */
	readonly macros: Array<{ name: string; language: string }> = [];
	/** Titles of the pages that open Confluence links lead to. */
	readonly linkTitles: string[] = [];
	private readonly marks = new Map<number, number>();
	private readonly hrefs: Array<string | undefined> = [];
	private readonly captures: string[][] = [];
	/** Until a mark or a link begins or ends. */
	private current: Style | undefined;
	private preserved = 0;
	private raisedDepth = 0;

	constructor(readonly builder: MarkdownBuilder) {}

	get isPreserved(): boolean {
		return this.preserved > 0;
	}

	text(text: string): void {
		if (this.isPreserved) return this.verbatim(text.replace(/\r\n?/g, '\n'));
		const collapsed = text.replace(/[ \t\r\n\f\u00a0]+/g, ' ');
		const isDouble = this.captures.length === 0 && this.builder.isAfterSpace();
		this.verbatim(isDouble && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed);
	}

	verbatim(text: string): void {
		if (text === '') return;
		const capture = this.captures.at(-1);
		if (capture !== undefined) capture.push(text);
		else this.builder.text(raised(text, this.raisedDepth > 0), this.style());
	}

	mark(mark: number): Leave {
		const change = (by: number) => {
			this.marks.set(mark, (this.marks.get(mark) ?? 0) + by);
			this.current = undefined;
		};
		change(1);
		return () => change(-1);
	}

	link(href: string | undefined): Leave {
		const place = this.hrefs.push(href) - 1;
		this.current = undefined;
		return () => {
			this.hrefs.length = Math.min(this.hrefs.length, place);
			this.current = undefined;
		};
	}

	/** White space and line ends stay as they are. */
	preserve(): Leave {
		this.preserved++;
		return () => this.preserved--;
	}

	raise(): Leave {
		this.raisedDepth++;
		return () => this.raisedDepth--;
	}

	/** The text of an element goes to a function in place of the document, but not deep within others of the kind. */
	capture(use: (text: string) => void): Leave {
		if (this.captures.length >= MAX_CAPTURES) return () => undefined;
		const parts: string[] = [];
		this.captures.push(parts);
		return () => {
			const place = this.captures.indexOf(parts);
			if (place >= 0) this.captures.length = place;
			use(parts.join(' ').replace(/\s+/g, ' ').trim());
		};
	}

	private style(): Style {
		if (this.current !== undefined) return this.current;
		let marks = 0;
		for (const [mark, count] of this.marks) if (count > 0) marks |= mark;
		this.current = { marks, href: this.hrefs.at(-1) };
		return this.current;
	}
}
