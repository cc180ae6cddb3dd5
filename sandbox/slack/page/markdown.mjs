// Markdown of a model, and Slack's own mrkdwn, as elements. Nothing of the text is ever read as HTML.
import { element } from './dom.mjs';

const MAX_DEPTH = 6;
const LIST_ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;

/** @returns {Node[]} what a standard Markdown text looks like */
export function markdown(text, names) {
	return blocks(text.split('\n'), names, 0);
}

/** @returns {Node[]} what a text in Slack's mrkdwn looks like */
export function mrkdwn(text, names) {
	return text.split('```').flatMap((part, index) => {
		if (index % 2 === 1) return [codeBlock(decoded(part.replace(/^\n|\n$/g, '')))];
		if (part.trim() === '') return [];
		const lines = part.replace(/^\n+|\n+$/g, '').split('\n');
		return [element('p', {}, ...withBreaks(lines, (line) => inline(line, names, 0, true)))];
	});
}

function blocks(lines, names, depth) {
	const made = [];
	let at = 0;
	while (at < lines.length) {
		const line = lines[at];
		const fence = /^\s*(```+|~~~+)/.exec(line)?.[1];
		if (line.trim() === '') {
			at += 1;
		} else if (fence) {
			const end = findEnd(lines, at + 1, (one) => one.trim().startsWith(fence));
			made.push(codeBlock(lines.slice(at + 1, end).join('\n')));
			at = end + 1;
		} else if (/^#{1,6}\s/.test(line)) {
			const level = Math.min(6, line.indexOf(' ') + 2);
			made.push(element(`h${level}`, {}, ...inline(line.replace(/^#+\s+/, ''), names)));
			at += 1;
		} else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
			made.push(element('hr'));
			at += 1;
		} else if (/^\s*>/.test(line) && depth < MAX_DEPTH) {
			const end = findEnd(lines, at, (one) => !/^\s*>/.test(one));
			const inner = lines.slice(at, end).map((one) => one.replace(/^\s*>\s?/, ''));
			made.push(element('blockquote', {}, ...blocks(inner, names, depth + 1)));
			at = end;
		} else if (isTable(lines, at)) {
			const end = findEnd(lines, at, (one) => !one.includes('|'));
			made.push(table(lines.slice(at, end), names));
			at = end;
		} else if (LIST_ITEM.test(line)) {
			const end = findEnd(lines, at, (one) => !LIST_ITEM.test(one) && !/^\s+\S/.test(one));
			made.push(list(lines.slice(at, end), names));
			at = end;
		} else {
			const end = findEnd(lines, at + 1, (one) => one.trim() === '' || startsBlock(one));
			const shown = withBreaks(lines.slice(at, end), (one) => inline(one, names));
			made.push(element('p', {}, ...shown));
			at = end;
		}
	}
	return made;
}

const startsBlock = (line) => /^\s*(```|~~~|>|#{1,6}\s)/.test(line) || LIST_ITEM.test(line);

function findEnd(lines, from, isEnd) {
	let at = from;
	while (at < lines.length && !isEnd(lines[at])) at += 1;
	return at;
}

const codeBlock = (text) => element('pre', { tabindex: 0 }, element('code', {}, text));

function isTable(lines, at) {
	return (
		lines[at].includes('|') &&
		/^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[at + 1] ?? '')
	);
}

function table([head, , ...rows], names) {
	const cells = (line) =>
		line
			.trim()
			.replace(/^\||\|$/g, '')
			.split('|');
	const row = (line, tag) =>
		element(
			'tr',
			{},
			...cells(line).map((cell) => element(tag, {}, ...inline(cell.trim(), names))),
		);
	const body = element('tbody', {}, ...rows.map((line) => row(line, 'td')));
	const made = element('table', {}, element('thead', {}, row(head, 'th')), body);
	return element(
		'div',
		{ class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Table' },
		made,
	);
}

function list(lines, names) {
	const roots = [];
	const open = [];
	for (const line of lines) {
		const [, indent, mark, text] = LIST_ITEM.exec(line) ?? [];
		if (mark === undefined) {
			open.at(-1)?.item.append(element('br'), ...inline(line.trim(), names));
			continue;
		}
		while (open.length > 1 && open.at(-1).indent > indent.length) open.pop();
		const item = element('li', {}, ...inline(text, names));
		const current = open.at(-1);
		if (current && current.indent >= indent.length) {
			current.list.append(item);
			current.item = item;
			continue;
		}
		const ordered = /\d/.test(mark);
		const made = element(ordered ? 'ol' : 'ul', ordered ? { start: parseInt(mark, 10) } : {}, item);
		if (current && open.length < MAX_DEPTH) current.item.append(made);
		else roots.push(made);
		open.push({ indent: indent.length, list: made, item });
	}
	return roots.length === 1 ? roots[0] : element('div', {}, ...roots);
}

function withBreaks(lines, read) {
	return lines.flatMap((line, index) => (index > 0 ? [element('br'), ...read(line)] : read(line)));
}

/** Marks that stand around a text, with the element they stand for. */
const AROUND = [
	['**', 'strong'],
	['__', 'strong'],
	['~~', 's'],
	['*', 'em'],
	['_', 'em'],
];
const AROUND_MRKDWN = [
	['*', 'strong'],
	['_', 'em'],
	['~', 's'],
];

function inline(text, names, depth = 0, isMrkdwn = false) {
	const made = [];
	let plain = '';
	let at = 0;
	const flush = () => {
		if (plain) made.push(isMrkdwn ? decoded(plain) : plain);
		plain = '';
	};
	while (at < text.length) {
		const found = depth < MAX_DEPTH ? token(text, at, names, depth, isMrkdwn) : undefined;
		if (!found) {
			const isEscape =
				!isMrkdwn && text[at] === '\\' && /[\\`*_{}[\]()#+\-.!~|<>]/.test(text[at + 1]);
			plain += isEscape ? text[at + 1] : text[at];
			at += isEscape ? 2 : 1;
			continue;
		}
		flush();
		made.push(found.node);
		at = found.end;
	}
	flush();
	return made;
}

function token(text, at, names, depth, isMrkdwn) {
	const rest = text.slice(at);
	if (rest[0] === '`') {
		const end = text.indexOf('`', at + 1);
		if (end > at + 1) {
			const code = text.slice(at + 1, end);
			return { node: element('code', {}, isMrkdwn ? decoded(code) : code), end: end + 1 };
		}
	}
	if (rest[0] === '<') {
		const found = /^<([^<>\n]{1,2000})>/.exec(rest);
		const node = found && angled(found[1], names, isMrkdwn);
		if (node) return { node, end: at + found[0].length };
	}
	if (rest[0] === '[' && !isMrkdwn) {
		const found = /^\[([^[\]\n]{1,1000})\]\(\s*<?([^()\s<>]{1,2000})>?(?:\s+"[^"\n]*")?\s*\)/.exec(
			rest,
		);
		if (found)
			return {
				node: link(found[2], inline(found[1], names, depth + 1)),
				end: at + found[0].length,
			};
	}
	if (/^https?:\/\//.test(rest)) {
		const [url] = /^https?:\/\/[^\s<>|]*[^\s<>|.,;:!?"')\]]/.exec(rest) ?? [];
		if (url) return { node: link(url, [isMrkdwn ? decoded(url) : url]), end: at + url.length };
	}
	return around(text, at, names, depth, isMrkdwn);
}

function around(text, at, names, depth, isMrkdwn) {
	for (const [mark, tag] of isMrkdwn ? AROUND_MRKDWN : AROUND) {
		if (!text.startsWith(mark, at)) continue;
		const isInWord = /\w/.test(text[at - 1] ?? '') && mark !== '**';
		const end = text.indexOf(mark, at + mark.length + 1);
		const inner = end > 0 ? text.slice(at + mark.length, end) : '';
		if (isInWord || inner === '' || /^\s|\s$/.test(inner)) continue;
		const node = element(tag, {}, ...inline(inner, names, depth + 1, isMrkdwn));
		return { node, end: end + mark.length };
	}
	return undefined;
}

/** `<@U…>`, `<#C…|name>`, `<!here>`, `<https://…|label>` */
function angled(content, names, isMrkdwn) {
	const [target, label] = content.split('|');
	if (target[0] === '@' || target[0] === '#')
		return element('span', { class: 'mention' }, `${target[0]}${label ?? names(target.slice(1))}`);
	if (target[0] === '!') return element('span', { class: 'mention loud' }, `@${target.slice(1)}`);
	if (!/^(https?|mailto):/.test(target)) return undefined;
	const shown = label ?? target.replace(/^mailto:/, '');
	return link(target, [isMrkdwn ? decoded(shown) : shown]);
}

/** A link to a web address; to anything else there is none. */
function link(address, children) {
	let url;
	try {
		url = new URL(address);
	} catch {
		return element('span', {}, ...children);
	}
	if (!['http:', 'https:', 'mailto:'].includes(url.protocol))
		return element('span', {}, ...children);
	return element(
		'a',
		{ href: url.href, target: '_blank', rel: 'noreferrer noopener' },
		...children,
	);
}

function decoded(text) {
	return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
