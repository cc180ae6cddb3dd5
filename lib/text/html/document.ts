import { decodeHtmlText } from '../../dataset/htmlText';
import { cleanText } from '../clean';
import { MarkdownBuilder } from '../markdown/builder';
import type { ConvertedText } from '../types';
import { Attributes } from './attributes';
import { BARRIERS, ELEMENTS, type Element, VOID } from './elements';
import { beginsOlderMail, isForwarded, isQuoted } from './quoted';
import { InlineState } from './inlineState';
import type { OpenTag, Token } from './tokens';

interface OpenElement {
	kind: string;
	leave?: () => void;
	/** It is over, although elements within it are not. */
	isOver: boolean;
	isSkipped: boolean;
}

/** XML's way of writing an empty element, which HTML itself does not have. */
const CLOSES_ITSELF = /^(?:time|[\w-]+:.*)$/;

const QUOTABLE = new Set(['div', 'blockquote', 'span', 'p', 'section', 'table', 'td', 'body']);

/** Follows the open elements the way browsers do, as far as text depends on it, and writes to a Markdown builder. */
export class HtmlDocument {
	/** What follows is an older mail. */
	isDone = false;
	/** A quote or a signature was left out. */
	hasLeftOut = false;
	private readonly builder = new MarkdownBuilder();
	private readonly state = new InlineState(this.builder);
	private readonly open: OpenElement[] = [];
	/** Where in `open` the elements of each name are. */
	private readonly places = new Map<string, number[]>();
	/** Where in `open` the cells and tables are: an end tag within one closes nothing outside. */
	private readonly barriers: number[] = [];
	/** How many open elements are left out with all that is in them. */
	private skipped = 0;

	constructor(
		private readonly html: string,
		private readonly stripQuotes: boolean,
	) {}

	take(token: Token): void {
		if (token.type === 'open') this.openTag(token);
		else if (token.type === 'close') this.closeTag(token.name);
		else if (this.skipped > 0) return;
		else if (token.type === 'cdata') this.state.verbatim(token.text);
		else this.state.text(decodeHtmlText(token.text));
	}

	finish(): ConvertedText {
		while (this.open.length > 0) this.pop();
		const converted = this.builder.finish();
		return this.stripQuotes ? { ...converted, text: withoutTail(converted.text) } : converted;
	}

	private openTag(token: OpenTag): void {
		const { name, isClosed } = token;
		const attributes = new Attributes(token.attributes);
		if (this.stripQuotes && QUOTABLE.has(name) && beginsOlderMail(attributes)) {
			this.isDone = true;
			this.hasLeftOut = true;
			return;
		}
		const element = ELEMENTS.get(name);
		for (const closed of element?.closes ?? []) this.closeWithin(closed);
		const isSkipped = this.isLeftOut(token, element, attributes);
		if (isSkipped) this.skipped++;
		const leave = (this.skipped === 0 && element?.open(this.state, attributes)) || undefined;
		if (VOID.has(name) || (isClosed && CLOSES_ITSELF.test(name))) {
			leave?.();
			if (isSkipped) this.skipped--;
		} else if (leave !== undefined || (this.skipped > 0 && element !== undefined)) {
			this.push({ kind: element?.kind ?? name, leave, isOver: false, isSkipped });
		}
	}

	private isLeftOut(
		{ name, end }: OpenTag,
		element: Element | undefined,
		attributes: Attributes,
	): boolean {
		if (element?.isDropped === true) return true;
		if (!this.stripQuotes || !QUOTABLE.has(name) || !isQuoted(name, attributes)) return false;
		if (isForwarded(this.html, end)) return false;
		this.hasLeftOut = true;
		return true;
	}

	private closeTag(name: string): void {
		const element = ELEMENTS.get(name);
		const place = this.placeOf(element?.kind ?? name);
		if (place === undefined) {
			if (this.skipped === 0) element?.closeStray?.(this.state);
			return;
		}
		if (element?.isInline === true) this.end(place);
		else this.popTo(place);
	}

	/** Closes an element that cannot hold another one of its kind, such as a list's item, within its parent. */
	private closeWithin({ kind, parent }: { kind: string; parent: string }): void {
		const place = this.places.get(kind)?.at(-1);
		if (place === undefined || place < (this.places.get(parent)?.at(-1) ?? -1)) return;
		if (ELEMENTS.get(kind)?.isInline === true) this.end(place);
		else this.popTo(place);
	}

	/** Where the innermost open element of a kind is, if an end tag can reach it. */
	private placeOf(kind: string): number | undefined {
		const place = this.places.get(kind)?.at(-1);
		if (place === undefined || kind === 'table') return place;
		const isPart = kind === 'td' || kind === 'tr';
		const barrier = (isPart ? this.places.get('table') : this.barriers)?.at(-1) ?? -1;
		return place > barrier ? place : undefined;
	}

	private push(element: OpenElement): void {
		const place = this.open.push(element) - 1;
		const places = this.places.get(element.kind);
		if (places === undefined) this.places.set(element.kind, [place]);
		else places.push(place);
		if (BARRIERS.has(element.kind)) this.barriers.push(place);
	}

	private popTo(place: number): void {
		while (this.open.length > place) this.pop();
	}

	private pop(): void {
		const place = this.open.length - 1;
		this.end(place);
		if (this.barriers.at(-1) === place) this.barriers.pop();
		if (this.open.length > place) this.open.pop();
	}

	/** Ends one element and leaves those within it open. */
	private end(place: number): void {
		const element = this.open[place];
		if (element.isOver) return;
		element.isOver = true;
		this.places.get(element.kind)?.pop();
		element.leave?.();
		if (element.isSkipped) this.skipped--;
		while (this.open.at(-1)?.isOver === true && this.barriers.at(-1) !== this.open.length - 1) {
			this.open.pop();
		}
	}
}

/** What stood between an answer and the quote or signature that was left out below it. */
function withoutTail(text: string): string {
	const lines = text.split('\n');
	const isSeparator = (line: string) => /^(?:|--|---|_{5,})$/.test(line.trim());
	let end = lines.length;
	while (end > 0 && isSeparator(lines[end - 1])) end--;
	return end === 0 ? text : cleanText(lines.slice(0, end).join('\n'));
}
