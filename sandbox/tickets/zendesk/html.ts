/** Markdown to the HTML that Zendesk keeps of a comment. Only what the samples use. */

/** As in `html_body`: `<div class="zd-comment" dir="auto">…</div>`. */
export function zendeskHtml(markdown: string): string {
	return wrapped(blocks(markdown.split('\n')).join(''));
}

export function wrapped(html: string): string {
	return `<div class="zd-comment" dir="auto">${html}</div>`;
}

function blocks(lines: string[]): string[] {
	const out: string[] = [];
	for (let at = 0; at < lines.length;) {
		const [html, next] = block(lines, at);
		if (html) out.push(html);
		at = next;
	}
	return out;
}

function block(lines: string[], at: number): [html: string, next: number] {
	const line = lines[at];
	if (line.trim() === '') return ['', at + 1];
	if (line.startsWith('```')) return fence(lines, at);
	const heading = /^(#{1,6}) (.*)$/.exec(line);
	if (heading) {
		const level = heading[1].length;
		return [`<h${level} dir="auto">${inline(heading[2])}</h${level}>`, at + 1];
	}
	if (line.startsWith('>')) return quote(lines, at);
	if (isTable(lines, at)) return table(lines, at);
	const item = marker(line);
	if (item) return list(lines, at, item.tag);
	return paragraph(lines, at);
}

function fence(lines: string[], at: number): [string, number] {
	let end = at + 1;
	while (end < lines.length && !lines[end].startsWith('```')) end++;
	const code = lines.slice(at + 1, end).join('\n');
	return [`<pre><code>${escaped(code)}\n</code></pre>`, end + 1];
}

function quote(lines: string[], at: number): [string, number] {
	let end = at;
	while (end < lines.length && lines[end].startsWith('>')) end++;
	const inner = lines.slice(at, end).map((line) => line.replace(/^> ?/, ''));
	return [`<blockquote>${blocks(inner).join('')}</blockquote>`, end];
}

function isTable(lines: string[], at: number): boolean {
	return lines[at].startsWith('|') && /^\|[\s:|-]+\|$/.test(lines[at + 1]?.trim() ?? '');
}

function table(lines: string[], at: number): [string, number] {
	let end = at + 2;
	while (end < lines.length && lines[end].startsWith('|')) end++;
	const head = cells(lines[at]).map((cell) => `<th>${inline(cell)}</th>`);
	const rows = lines.slice(at + 2, end).map(
		(line) =>
			`<tr>${cells(line)
				.map((cell) => `<td>${inline(cell)}</td>`)
				.join('')}</tr>`,
	);
	const body = `<tbody>${rows.join('')}</tbody>`;
	return [`<table><thead><tr>${head.join('')}</tr></thead>${body}</table>`, end];
}

function cells(line: string): string[] {
	const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
	return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, '|'));
}

function marker(line: string): { tag: 'ul' | 'ol'; depth: number; text: string } | undefined {
	const found = /^( *)([-*]|\d+\.) (.*)$/.exec(line);
	if (!found) return undefined;
	return { tag: /\d/.test(found[2]) ? 'ol' : 'ul', depth: found[1].length, text: found[3] };
}

function list(lines: string[], at: number, tag: 'ul' | 'ol'): [string, number] {
	const own = marker(lines[at])?.depth ?? 0;
	const items: string[] = [];
	let next = at;
	while (next < lines.length) {
		const item = marker(lines[next]);
		if (!item || item.depth < own || (item.depth === own && item.tag !== tag)) break;
		if (item.depth > own) {
			const [nested, after] = list(lines, next, item.tag);
			items[items.length - 1] += nested;
			next = after;
		} else {
			items.push(inline(item.text));
			next++;
		}
	}
	const html = items.map((item) => `<li>${item}</li>`).join('');
	return [`<${tag} dir="auto">${html}</${tag}>`, next];
}

function paragraph(lines: string[], at: number): [string, number] {
	let end = at + 1;
	const isOther = (index: number) =>
		lines[index].trim() === '' ||
		/^(```|>|#{1,6} )/.test(lines[index]) ||
		marker(lines[index]) !== undefined ||
		isTable(lines, index);
	while (end < lines.length && !isOther(end)) end++;
	return [`<p dir="auto">${lines.slice(at, end).map(inline).join('<br>')}</p>`, end];
}

function inline(text: string): string {
	return text
		.split(/(`[^`]*`)/)
		.map((part, index) =>
			index % 2 === 1 ? `<code>${escaped(part.slice(1, -1))}</code>` : emphasised(escaped(part)),
		)
		.join('');
}

function emphasised(html: string): string {
	return html
		.replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '<a href="$2" rel="noopener noreferrer">$1</a>')
		.replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
		.replace(/(^|[\s(])\*([^*\s][^*]*)\*/g, '$1<em>$2</em>')
		.replace(/(^|[\s(])_([^_\s][^_]*)_(?=[\s).,;:!?]|$)/g, '$1<em>$2</em>');
}

export function escaped(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
}
