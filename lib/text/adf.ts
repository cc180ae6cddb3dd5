import { type AdfNode, openNode } from './adfNodes';
import { MarkdownBuilder } from './markdown/builder';
import type { ConvertedText } from './types';

interface Level {
	node: AdfNode;
	children: unknown[];
	next: number;
	leave?: () => void;
}

/**
 * Atlassian Document Format (Jira Cloud REST v3, Confluence `atlas_doc_format`) as Markdown. Takes the document, any
 * node of it, an array of nodes or their JSON as a string. Nodes that it does not know give the text within them;
 * what is no document at all gives an empty text, a string that is no JSON itself. Never throws.
 * https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
 */
export function adfToMarkdown(doc: unknown): ConvertedText {
	const builder = new MarkdownBuilder();
	walk(parsed(doc), builder);
	return builder.finish();
}

function parsed(doc: unknown): unknown {
	if (typeof doc !== 'string') return doc;
	try {
		return JSON.parse(doc);
	} catch {
		return { type: 'text', text: doc };
	}
}

/** Without recursion, as a hostile document may be nested deeper than the call stack is. */
function walk(root: unknown, builder: MarkdownBuilder): void {
	const levels: Level[] = [];
	/** An object that holds itself would go on for ever. */
	const above = new Set<unknown>();
	const enter = (value: unknown) => {
		const node = asNode(value);
		if (node === undefined || above.has(value)) return;
		const parent = levels.at(-1)?.node;
		const leave = openNode(node, parent, builder);
		above.add(value);
		levels.push({ node, children: childrenOf(node), next: 0, leave });
	};
	enter(Array.isArray(root) ? { type: 'doc', content: root } : root);
	for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
		if (level.next < level.children.length) enter(level.children[level.next++]);
		else {
			level.leave?.();
			above.delete(level.node);
			levels.pop();
		}
	}
}

function asNode(value: unknown): AdfNode | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as AdfNode)
		: undefined;
}

function childrenOf({ content }: AdfNode): unknown[] {
	return Array.isArray(content) ? content : [];
}
