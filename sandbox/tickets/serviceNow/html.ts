/** The Markdown of the samples as the HTML that an editor would have made of it. */

/** Paragraphs, headings, lists, code, tables, quotes, links, strong, emphasis and code spans. */
export function htmlOf(markdown: string): string {
	const lines = markdown.split('\n');
	const html: string[] = [];
	for (let i = 0; i < lines.length;) {
		const end = blockEnd(lines, i);
		if (lines[i].trim() !== '') html.push(block(lines.slice(i, end)));
		i = end;
	}
	return html.join('\n');
}

function blockEnd(lines: string[], start: number): number {
	const isCode = lines[start].startsWith('```');
	for (let i = start + 1; i < lines.length; i++) {
		if (isCode && lines[i].startsWith('```')) return i + 1;
		if (!isCode && (lines[i].trim() === '' || lines[start].trim() === '')) return i;
	}
	return lines.length;
}

function block(lines: string[]): string {
	const [first] = lines;
	if (first.startsWith('```')) {
		const code = lines.slice(1, lines.at(-1) === '```' ? -1 : undefined).join('\n');
		return `<pre><code>${escaped(code)}</code></pre>`;
	}
	const heading = /^(#{1,6}) (.*)$/.exec(first);
	if (heading && lines.length === 1) {
		return `<h${heading[1].length}>${inline(heading[2])}</h${heading[1].length}>`;
	}
	if (/^\s*[-*] /.test(first)) return list('ul', lines, /^\s*[-*] /);
	if (/^\s*\d+\. /.test(first)) return list('ol', lines, /^\s*\d+\. /);
	if (first.startsWith('> ')) {
		return `<blockquote><p>${inline(lines.map((line) => line.replace(/^> ?/, '')).join(' '))}</p></blockquote>`;
	}
	if (first.startsWith('|') && /^\|[\s|:-]+$/.test(lines[1] ?? '')) return tableOf(lines);
	return `<p>${lines.map(inline).join('<br />')}</p>`;
}

function list(tag: 'ul' | 'ol', lines: string[], mark: RegExp): string {
	const items = lines.map((line) => `<li>${inline(line.replace(mark, '').trim())}</li>`);
	return `<${tag}>${items.join('')}</${tag}>`;
}

function tableOf([head, , ...body]: string[]): string {
	const row = (line: string, tag: string) =>
		`<tr>${cells(line)
			.map((cell) => `<${tag}>${inline(cell)}</${tag}>`)
			.join('')}</tr>`;
	return `<table><thead>${row(head, 'th')}</thead><tbody>${body
		.map((line) => row(line, 'td'))
		.join('')}</tbody></table>`;
}

function cells(line: string): string[] {
	return line
		.replace(/^\|/, '')
		.replace(/\|\s*$/, '')
		.split(/(?<!\\)\|/)
		.map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function inline(text: string): string {
	return text
		.split(/(`[^`]+`)/)
		.map((part) =>
			/^`[^`]+`$/.test(part)
				? `<code>${escaped(part.slice(1, -1))}</code>`
				: escaped(part)
						.replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '<a href="$2">$1</a>')
						.replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
						.replace(/(^|[\s(])[*_]([^*_]+)[*_](?=[\s).,;:!?]|$)/g, '$1<em>$2</em>'),
		)
		.join('');
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
