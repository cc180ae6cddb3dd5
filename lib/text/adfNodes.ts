import { CODE, EMPHASIS, STRIKE, STRONG, type Style } from './markdown/blocks';
import type { MarkdownBuilder } from './markdown/builder';
import { linkTarget, markdownLink } from './markdown/links';
import { raised } from './raised';

/** One node as it came: nothing about it is certain. */
export interface AdfNode {
	type?: unknown;
	text?: unknown;
	attrs?: unknown;
	marks?: unknown;
	content?: unknown;
}

type Leave = () => void;
type Open = (builder: MarkdownBuilder, node: AdfNode, parent?: AdfNode) => Leave | void;

/** Writes what a node begins with. What it ends with is in the function that comes back. */
export function openNode(
	node: AdfNode,
	parent: AdfNode | undefined,
	builder: MarkdownBuilder,
): Leave | undefined {
	const open = typeof node.type === 'string' ? NODES.get(node.type) : undefined;
	return (open ?? unknownNode)(builder, node, parent) ?? undefined;
}

/** Each node type of @atlaskit/adf-schema's full schema; those that only hold others are in `GROUPS`. */
const NODES = new Map<string, Open>(
	Object.entries({
		text: (builder, node) => builder.text(raised(asText(node.text), isRaised(node)), styleOf(node)),
		hardBreak: (builder) => builder.lineBreak(),
		heading: (builder, node) => {
			builder.startHeading(asNumber(attribute(node, 'level')));
			return () => builder.endHeading();
		},
		bulletList: list,
		orderedList: (builder, node) => {
			builder.openList(startOf(attribute(node, 'order')));
			return () => builder.close();
		},
		listItem: item,
		taskList: list,
		taskItem: task,
		blockTaskItem: task,
		decisionList: list,
		decisionItem: (builder) => {
			builder.openItem();
			builder.label('Decision:');
			return () => builder.close();
		},
		blockquote: (builder) => {
			builder.openQuote();
			return () => builder.close();
		},
		codeBlock: (builder, node) => {
			builder.startCode(asText(attribute(node, 'language')));
			return () => builder.endCode();
		},
		panel: (builder, node) => {
			const name = PANELS.get(asText(attribute(node, 'panelType')));
			if (name === undefined) builder.paragraph();
			else builder.label(`${name}:`);
			return () => builder.paragraph();
		},
		rule: (builder) => builder.rule(),
		table: (builder) => {
			builder.openTable();
			return () => builder.close();
		},
		tableRow: (builder) => {
			builder.openRow();
			return () => builder.close();
		},
		tableHeader: (builder, node) => cell(builder, node, true),
		tableCell: (builder, node) => cell(builder, node, false),
		media,
		mediaInline: media,
		inlineCard: card,
		blockCard: blockCard,
		embedCard: blockCard,
		mention: (builder, node) => {
			builder.mention(asText(attribute(node, 'text')) || asText(attribute(node, 'id')));
		},
		emoji: (builder, node) => {
			builder.text(asText(attribute(node, 'text')) || asText(attribute(node, 'shortName')));
		},
		date: (builder, node) => builder.text(day(attribute(node, 'timestamp'))),
		status: attributeText,
		placeholder: attributeText,
		inlineExtension: attributeText,
		extension: blockAttributeText,
		expand: titled,
		nestedExpand: titled,
	} satisfies Record<string, Open>),
);

const GROUPS = new Set([
	'doc',
	'paragraph',
	'mediaSingle',
	'mediaGroup',
	'caption',
	'layoutSection',
	'layoutColumn',
	'bodiedExtension',
	'multiBodiedExtension',
	'extensionFrame',
	'syncBlock',
	'bodiedSyncBlock',
]);

for (const type of GROUPS) {
	NODES.set(type, (builder) => {
		builder.paragraph();
		return () => builder.paragraph();
	});
}

const PANELS = new Map([
	['info', 'Info'],
	['note', 'Note'],
	['tip', 'Tip'],
	['warning', 'Warning'],
	['error', 'Error'],
	['success', 'Success'],
]);

const MARKS = new Map([
	['strong', STRONG],
	['em', EMPHASIS],
	['strike', STRIKE],
	['code', CODE],
]);

function unknownNode(builder: MarkdownBuilder, node: AdfNode): void {
	builder.text(asText(node.text) || asText(attribute(node, 'text')), styleOf(node));
}

function list(builder: MarkdownBuilder): Leave {
	builder.openList();
	return () => builder.close();
}

function item(builder: MarkdownBuilder): Leave {
	builder.openItem();
	return () => builder.close();
}

function task(builder: MarkdownBuilder, node: AdfNode): Leave {
	builder.openItem(attribute(node, 'state') === 'DONE');
	return () => builder.close();
}

function cell(builder: MarkdownBuilder, node: AdfNode, isHeader: boolean): Leave {
	builder.openCell(
		isHeader,
		asNumber(attribute(node, 'colspan')),
		asNumber(attribute(node, 'rowspan')),
	);
	return () => builder.close();
}

function titled(builder: MarkdownBuilder, node: AdfNode): Leave {
	const title = asText(attribute(node, 'title')).trim();
	builder.paragraph();
	builder.text(title, { marks: STRONG });
	builder.paragraph();
	return () => builder.paragraph();
}

function attributeText(builder: MarkdownBuilder, node: AdfNode): void {
	builder.text(asText(attribute(node, 'text')));
}

function blockAttributeText(builder: MarkdownBuilder, node: AdfNode): Leave {
	builder.paragraph();
	attributeText(builder, node);
	return () => builder.paragraph();
}

/** A picture from elsewhere is a link, a file of the ticket its name. */
function media(builder: MarkdownBuilder, node: AdfNode): void {
	const alt = asText(attribute(node, 'alt'));
	const url = asText(attribute(node, 'url'));
	const href = attribute(node, 'type') === 'external' ? linkTarget(url) : undefined;
	if (href !== undefined) builder.text(alt || href, { marks: 0, href });
	else builder.attachment(alt || asText(attribute(node, '__fileName')));
}

function card(builder: MarkdownBuilder, node: AdfNode): void {
	const data = attribute(node, 'data');
	const url = asText(attribute(node, 'url')) || asText(member(data, 'url'));
	const name = asText(member(data, 'name')) || url;
	const href = linkTarget(url);
	if (href === undefined) builder.text(name === url ? '' : name);
	else builder.text(markdownLink(name, name, href));
}

function blockCard(builder: MarkdownBuilder, node: AdfNode): Leave {
	builder.paragraph();
	card(builder, node);
	return () => builder.paragraph();
}

function styleOf({ marks }: AdfNode): Style {
	if (!Array.isArray(marks)) return { marks: 0 };
	let bits = 0;
	let href: string | undefined;
	for (const mark of marks) {
		const type = member(mark, 'type');
		bits |= MARKS.get(asText(type)) ?? 0;
		if (type === 'link') href = linkTarget(asText(member(member(mark, 'attrs'), 'href')));
	}
	return { marks: bits, href };
}

function isRaised({ marks }: AdfNode): boolean {
	return (
		Array.isArray(marks) &&
		marks.some(
			(mark) =>
				member(mark, 'type') === 'subsup' && member(member(mark, 'attrs'), 'type') === 'sup',
		)
	);
}

/** ADF counts days in milliseconds of UTC, written as text. */
function day(timestamp: unknown): string {
	const date = new Date(asNumber(timestamp));
	const isDate = asText(timestamp) !== '' && !Number.isNaN(date.getTime());
	return isDate ? date.toISOString().slice(0, 10) : asText(timestamp);
}

function startOf(order: unknown): number {
	const start = asNumber(order);
	return Number.isSafeInteger(start) && start >= 0 ? start : 1;
}

function attribute(node: AdfNode, name: string): unknown {
	return member(node.attrs, name);
}

function member(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (value as Record<string, unknown>)[name]
		: undefined;
}

/** NaN for what is no number. */
function asNumber(value: unknown): number {
	const text = asText(value).trim();
	return text === '' ? Number.NaN : Number(text);
}

function asText(value: unknown): string {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? value : '';
}
