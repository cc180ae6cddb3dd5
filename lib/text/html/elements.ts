import { CODE, EMPHASIS, STRIKE, STRONG } from '../markdown/blocks';
import { linkTarget } from '../markdown/links';
import type { Attributes } from './attributes';
import { CONFLUENCE } from './confluence';
import { image } from './image';
import type { InlineState } from './inlineState';

export type Leave = () => void;

/** What an element means for text. Elements that are not listed mean nothing. */
export interface Element {
	/** Writes what it begins with; the function that comes back, what it ends with. */
	open(state: InlineState, attributes: Attributes): Leave | undefined | void;
	/** Its end tag leaves elements open that were opened within it. */
	isInline?: boolean;
	/** It goes by the name of another one: a numbered list is a list. */
	kind?: string;
	/** Opening it ends an open element of a kind, unless one of the parent kind is between them. */
	closes?: Array<{ kind: string; parent: string }>;
	/** What an end tag without its start tag means. */
	closeStray?(state: InlineState): void;
	/** It is left out with all that is in it. */
	isDropped?: boolean;
}

export const VOID = new Set(
	'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

/** End tags within them close nothing outside. */
export const BARRIERS = new Set(['table', 'td']);

export const ELEMENTS = new Map<string, Element>();

define('div center dt dd figcaption summary legend body html head option button', {
	open: (state, attributes) => {
		state.builder.line();
		const restore = preserved(state, attributes);
		return () => {
			restore?.();
			state.builder.line();
		};
	},
});
define(
	'section article header footer main aside nav figure address form fieldset dl details hgroup ' +
		'ac:layout ac:layout-section ac:layout-cell ac:rich-text-body ac:adf-content',
	{
		open: ({ builder }) => {
			builder.paragraph();
			return () => builder.paragraph();
		},
	},
);
// A paragraph ends where the next block begins, whether it has an end tag or not.
define('p', {
	open: (state) => state.builder.paragraph(),
	closeStray: (state) => state.builder.paragraph(),
});
define('br', {
	open: ({ builder }) => builder.lineBreak(),
	closeStray: ({ builder }) => builder.lineBreak(),
});
define('hr', { open: ({ builder }) => builder.rule() });
for (let level = 1; level <= 6; level++) {
	define(`h${level}`, {
		open: ({ builder }) => {
			builder.startHeading(level);
			return () => builder.endHeading();
		},
	});
}
define('blockquote', {
	open: ({ builder }) => {
		builder.openQuote();
		return () => builder.close();
	},
});
define('pre', {
	open: (state, attributes) => {
		state.builder.startCode(languageOf(attributes));
		const restore = state.preserve();
		return () => {
			restore();
			state.builder.endCode();
		};
	},
});

define('ul menu dir', { kind: 'ul', open: (state) => list(state) });
define('ol', {
	kind: 'ul',
	open: (state, attributes) => {
		const start = Number.parseInt(attributes.get('start') || '1', 10);
		return list(state, Number.isSafeInteger(start) && start >= 0 ? start : 1);
	},
});
define('li', {
	closes: [{ kind: 'li', parent: 'ul' }],
	open: (state) => (state.lists > 0 ? item(state) : strayItem(state)),
});

define('table', {
	open: ({ builder }, attributes) => {
		builder.openTable(/^(?:presentation|none)$/i.test(attributes.get('role')));
		return () => builder.close();
	},
});
define('tr', {
	closes: [{ kind: 'tr', parent: 'table' }],
	open: ({ builder }) => {
		builder.openRow();
		return () => builder.close();
	},
});
define('td', { ...cell(false) });
define('th', { ...cell(true) });
define('caption', {
	open: ({ builder }) => {
		builder.paragraph();
		return () => builder.paragraph();
	},
});

defineMark('b strong', STRONG);
defineMark('i em cite var dfn', EMPHASIS);
defineMark('s strike del', STRIKE);
define('code tt kbd samp', {
	isInline: true,
	open: (state, attributes) => {
		state.builder.codeLanguage(languageOf(attributes));
		return state.isPreserved ? () => undefined : state.mark(CODE);
	},
});
define('a', {
	isInline: true,
	closes: [{ kind: 'a', parent: 'td' }],
	open: (state, attributes) =>
		attributes.hasWord('class', MENTION_CLASSES)
			? mention(state)
			: state.link(linkTarget(attributes.get('href'))),
});
define('at', { isInline: true, open: (state) => mention(state) });
define('span font', { isInline: true, open: preserved });
define('sup', { isInline: true, open: (state) => state.raise() });
define('q', {
	isInline: true,
	open: (state) => {
		state.text('“');
		return () => state.text('”');
	},
});
define('time', {
	isInline: true,
	open: (state, attributes) =>
		state.capture((text) => state.verbatim(text === '' ? attributes.get('datetime') : text)),
});
define('img', { open: image });

for (const [names, element] of CONFLUENCE) define(names, element);

const MENTION_CLASSES = new Set(['user-hover', 'user-mention', 'confluence-userlink']);

/** A longer mention is one whose end is missing. */
const MAX_NAME = 100;

function define(names: string, element: Element): void {
	for (const name of names.split(' ')) ELEMENTS.set(name, element);
}

function defineMark(names: string, mark: number): void {
	define(names, { isInline: true, open: (state) => state.mark(mark) });
}

function list(state: InlineState, start?: number): Leave {
	state.builder.openList(start);
	state.lists++;
	return () => {
		state.lists--;
		state.builder.close();
	};
}

function item({ builder }: InlineState): Leave {
	builder.openItem();
	return () => builder.close();
}

function strayItem({ builder }: InlineState): Leave {
	builder.line();
	builder.text('- ');
	return () => builder.line();
}

function cell(isHeader: boolean): Element {
	return {
		kind: 'td',
		closes: [{ kind: 'td', parent: 'tr' }],
		open: ({ builder }, attributes) => {
			builder.openCell(isHeader, span(attributes, 'colspan'), span(attributes, 'rowspan'));
			return () => builder.close();
		},
	};
}

function span(attributes: Attributes, name: string): number {
	return Number.parseInt(attributes.get(name) || '1', 10);
}

function mention(state: InlineState): Leave {
	return state.capture((text) => {
		if (text.length <= MAX_NAME) state.builder.mention(text);
		else state.verbatim(text);
	});
}

function preserved(state: InlineState, attributes: Attributes): Leave | undefined {
	return /white-space:\s{0,9}(?:pre|break-spaces)/i.test(attributes.get('style'))
		? state.preserve()
		: undefined;
}

function languageOf(attributes: Attributes): string {
	const found = /(?:^|\s)(?:language-|lang-|code-|brush:\s?)([\w+#.-]+)/.exec(
		attributes.get('class'),
	);
	return found?.[1] ?? '';
}
