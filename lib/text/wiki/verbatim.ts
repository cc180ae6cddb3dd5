export interface Verbatim {
	text: string;
	language: string;
	title: string;
	/** Part of a sentence: `{noformat}x{noformat}` in the middle of a line. */
	isInline: boolean;
}

const OPENING = /\{(code|noformat)(?::([^{}\n]{0,300}))?\}/g;

/**
 * Takes out what wiki markup leaves as it is and puts U+0000, its number and U+0000 in its place. An opening macro
 * without its end stays in the text.
 */
export function withoutVerbatim(text: string): { markup: string; verbatim: Verbatim[] } {
	const source = text.replace(/\0/g, '').replace(/\r\n?/g, '\n');
	const verbatim: Verbatim[] = [];
	const parts: string[] = [];
	const missing = new Set<string>();
	let from = 0;
	OPENING.lastIndex = 0;
	for (let found = OPENING.exec(source); found !== null; found = OPENING.exec(source)) {
		const [opening, name, options = ''] = found;
		const isEscaped = source[found.index - 1] === '\\';
		const contentFrom = found.index + opening.length;
		const end = missing.has(name) || isEscaped ? -1 : source.indexOf(`{${name}}`, contentFrom);
		if (end < 0) {
			if (!isEscaped) missing.add(name);
			continue;
		}
		const content = source.slice(contentFrom, end);
		const isInline = name === 'noformat' && !content.includes('\n');
		parts.push(source.slice(from, found.index), `\0${verbatim.length}\0`);
		verbatim.push({ text: content, isInline, ...settings(options) });
		from = end + name.length + 2;
		OPENING.lastIndex = from;
	}
	parts.push(source.slice(from));
	return { markup: parts.join(''), verbatim };
}

/** `java`, or `title=Foo.java|language=java|borderStyle=solid`. */
function settings(options: string): { language: string; title: string } {
	let language = '';
	let title = '';
	for (const option of options.split('|')) {
		const equals = option.indexOf('=');
		const name = option.slice(0, Math.max(equals, 0)).trim();
		if (equals < 0 && /^[\w+#.-]+$/.test(option.trim())) language = option.trim();
		else if (name === 'language') language = option.slice(equals + 1).trim();
		else if (name === 'title') title = option.slice(equals + 1).trim();
	}
	return { language, title };
}
