/** The Markdown of the samples as blocks, to be written as ADF or wiki markup. Made for our own texts only. */

export type Inline =
	| { kind: 'text'; text: string; marks: Mark[] }
	| { kind: 'link'; text: string; href: string; marks: Mark[] }
	| { kind: 'break' };

export type Mark = 'strong' | 'em' | 'code';

export type Block =
	| { kind: 'paragraph'; content: Inline[] }
	| { kind: 'heading'; level: number; content: Inline[] }
	| { kind: 'code'; language?: string; text: string }
	| { kind: 'quote'; blocks: Block[] }
	| { kind: 'list'; ordered: boolean; items: Block[][] }
	| { kind: 'table'; rows: Inline[][][] }
	| { kind: 'rule' };

const FENCE = /^```(\S*)/;
const ITEM = /^(\s*)([-*]|\d+[.)])\s+(.*)$/;
const RULE = /^(-{3,}|\*{3,})\s*$/;

export function parseMarkdown(text: string): Block[] {
	return blocksOf(text.replaceAll('\r\n', '\n').split('\n'));
}

function blocksOf(lines: string[]): Block[] {
	const blocks: Block[] = [];
	let at = 0;
	const take = (fits: (line: string) => boolean): string[] => {
		const from = at;
		while (at < lines.length && fits(lines[at])) at++;
		return lines.slice(from, at);
	};
	while (at < lines.length) {
		const line = lines[at];
		const fence = FENCE.exec(line);
		const heading = /^(#{1,6})\s+(.*)$/.exec(line);
		if (line.trim() === '') at++;
		else if (fence) {
			at++;
			const code = take((other) => !other.startsWith('```'));
			at++;
			blocks.push({ kind: 'code', language: fence[1] || undefined, text: code.join('\n') });
		} else if (heading) {
			at++;
			blocks.push({ kind: 'heading', level: heading[1].length, content: inlineOf(heading[2]) });
		} else if (RULE.test(line)) {
			at++;
			blocks.push({ kind: 'rule' });
		} else if (line.startsWith('>')) {
			const quoted = take((other) => other.startsWith('>'));
			blocks.push({ kind: 'quote', blocks: blocksOf(quoted.map((q) => q.replace(/^> ?/, ''))) });
		} else if (line.startsWith('|')) {
			blocks.push(tableOf(take((other) => other.startsWith('|'))));
		} else if (ITEM.test(line)) {
			blocks.push(listOf(take((other) => ITEM.test(other) || /^\s+\S/.test(other))));
		} else {
			const paragraph = take((other) => other.trim() !== '' && !startsBlock(other));
			blocks.push({ kind: 'paragraph', content: inlineOf(paragraph.join('\n')) });
		}
	}
	return blocks;
}

function startsBlock(line: string): boolean {
	return FENCE.test(line) || line.startsWith('>') || line.startsWith('|') || ITEM.test(line);
}

function tableOf(lines: string[]): Block {
	const cells = (line: string) =>
		line
			.trim()
			.replace(/^\||(?<!\\)\|$/g, '')
			.split(/(?<!\\)\|/)
			.map((cell) => inlineOf(cell.trim().replaceAll('\\|', '|')));
	const rows = lines.filter((line) => !/^[|\s:-]+$/.test(line)).map(cells);
	return { kind: 'table', rows };
}

function listOf(lines: string[]): Block {
	const first = ITEM.exec(lines[0])!;
	const indent = first[1].length;
	const items: string[][] = [];
	for (const line of lines) {
		const item = ITEM.exec(line);
		if (item && item[1].length <= indent) items.push([item[3]]);
		else items.at(-1)!.push(line.replace(/^\s{1,4}/, ''));
	}
	return { kind: 'list', ordered: /\d/.test(first[2]), items: items.map(blocksOf) };
}

const INLINE =
	/`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)|(?<![\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?!\w)|(?<!\w)_([^_\s](?:[^_\n]*[^_\s])?)_(?!\w)|\n/g;

function inlineOf(text: string): Inline[] {
	const content: Inline[] = [];
	let from = 0;
	const plain = (to: number) => {
		const between = text.slice(from, to).replace(/\\([*_`|[\]])/g, '$1');
		if (between !== '') content.push({ kind: 'text', text: between, marks: [] });
	};
	for (const match of text.matchAll(INLINE)) {
		const [whole, code, strong, label, href, star, underscore] = match;
		plain(match.index);
		from = match.index + whole.length;
		if (whole === '\n') content.push({ kind: 'break' });
		else if (code !== undefined) content.push({ kind: 'text', text: code, marks: ['code'] });
		else if (strong !== undefined) content.push({ kind: 'text', text: strong, marks: ['strong'] });
		else if (href !== undefined) content.push({ kind: 'link', text: label, href, marks: [] });
		else content.push({ kind: 'text', text: star ?? underscore, marks: ['em'] });
	}
	plain(text.length);
	return content;
}
