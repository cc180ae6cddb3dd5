import { STRONG } from '../markdown/blocks';
import { linkTarget } from '../markdown/links';
import type { Attributes } from './attributes';
import type { Element, Leave } from './elements';
import type { InlineState } from './inlineState';

const LABELS = new Map([
	['info', 'Info:'],
	['note', 'Note:'],
	['tip', 'Tip:'],
	['warning', 'Warning:'],
]);

const CODE_MACROS = new Set(['code', 'noformat']);

/** In the middle of a sentence. */
const INLINE_MACROS = new Set(['status', 'jira', 'anchor', 'mention']);

/**
 * The elements of Confluence's storage format that HTML does not have.
 * https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html
 */
export const CONFLUENCE: Array<[string, Element]> = [
	['ac:structured-macro ac:macro', { open: macro }],
	['ac:parameter', { open: parameter }],
	['ac:plain-text-body', { open: plainBody }],
	['ac:link', { isInline: true, open: link }],
	['ri:page ri:blog-post', { open: (state, attributes) => pageTitle(state, attributes) }],
	['ri:user', { open: user }],
	['ri:attachment', { open: ({ builder }, attributes) => file(builder, attributes) }],
	['ri:url', { open: address }],
	['ac:emoticon', { open: emoticon }],
	[
		'ac:task-list',
		{
			open: ({ builder }) => {
				builder.openList();
				return () => builder.close();
			},
		},
	],
	[
		'ac:task',
		{
			open: ({ builder }) => {
				builder.openItem(false);
				return () => builder.close();
			},
		},
	],
	[
		'ac:task-status',
		{ open: (state) => state.capture((text) => state.builder.taskState(text === 'complete')) },
	],
	// Settings, and the same content once more for those who do not know the extension.
	[
		'ac:task-id ac:task-uuid ac:adf-attribute ac:adf-fallback',
		{ open: () => undefined, isDropped: true },
	],
];

function macro(state: InlineState, attributes: Attributes): Leave {
	const name = attributes.get('ac:name').toLowerCase();
	const label = LABELS.get(name);
	const isInline = INLINE_MACROS.has(name);
	if (label !== undefined) state.builder.label(label);
	else if (!isInline) state.builder.paragraph();
	const place = state.macros.push({ name, language: '' }) - 1;
	return () => {
		state.macros.length = Math.min(state.macros.length, place);
		if (!isInline) state.builder.paragraph();
	};
}

/** Only what a reader of the page would see: titles, a status, the key of an issue. */
function parameter(state: InlineState, attributes: Attributes): Leave {
	const name = attributes.get('ac:name').toLowerCase();
	const around = state.macros.at(-1);
	return state.capture((text) => {
		if (around === undefined) state.verbatim(text);
		else if (name === 'language') around.language = text;
		else if (name === 'title' && around.name === 'status') state.verbatim(text);
		else if (name === 'title') title(state, text);
		else if (name === 'key' && around.name === 'jira') state.verbatim(text);
	});
}

function title({ builder }: InlineState, text: string): void {
	builder.paragraph();
	builder.text(text, { marks: STRONG });
	builder.paragraph();
}

function plainBody(state: InlineState): Leave {
	const around = state.macros.at(-1);
	const restore = state.preserve();
	if (around === undefined || !CODE_MACROS.has(around.name)) return restore;
	state.builder.startCode(around.language);
	return () => {
		restore();
		state.builder.endCode();
	};
}

/** The text of a link, or the title of its page where it has none. */
function link(state: InlineState): Leave {
	state.linkTitles.push('');
	return state.capture((text) => {
		const pageName = state.linkTitles.pop() ?? '';
		state.verbatim(text === '' ? pageName : text);
	});
}

function pageTitle({ linkTitles }: InlineState, attributes: Attributes): void {
	if (linkTitles.length > 0) {
		linkTitles[linkTitles.length - 1] = attributes.get('ri:content-title');
	}
}

function user({ builder }: InlineState, attributes: Attributes): void {
	const names = ['ri:account-id', 'ri:username', 'ri:userkey'];
	builder.mention(names.map((name) => attributes.get(name)).find((id) => id !== '') ?? '');
}

function file(builder: InlineState['builder'], attributes: Attributes): void {
	builder.attachment(attributes.get('ri:filename'));
}

function address({ builder }: InlineState, attributes: Attributes): void {
	const href = linkTarget(attributes.get('ri:value'));
	if (href !== undefined) builder.text(href, { marks: 0, href });
}

function emoticon(state: InlineState, attributes: Attributes): void {
	const names = ['ac:emoji-fallback', 'ac:emoji-shortname', 'ac:name'];
	state.verbatim(names.map((name) => attributes.get(name)).find((text) => text !== '') ?? '');
}
