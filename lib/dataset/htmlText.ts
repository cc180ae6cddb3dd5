/**
 * HTML's character references, decoded once: `&amp;lt;` becomes `&lt;`, not `<`. Names are those of HTML 4 that turn
 * up in exported help-desk texts; an unknown name stays as it is. https://html.spec.whatwg.org/#character-references
 */
const NAMED = new Map(
	Object.entries({
		amp: '&',
		lt: '<',
		gt: '>',
		quot: '"',
		apos: "'",
		nbsp: '\u00a0',
		shy: '\u00ad',
		copy: '©',
		reg: '®',
		trade: '™',
		hellip: '…',
		ndash: '–',
		mdash: '—',
		lsquo: '‘',
		rsquo: '’',
		sbquo: '‚',
		ldquo: '“',
		rdquo: '”',
		bdquo: '„',
		laquo: '«',
		raquo: '»',
		lsaquo: '‹',
		rsaquo: '›',
		bull: '•',
		middot: '·',
		deg: '°',
		plusmn: '±',
		times: '×',
		divide: '÷',
		frac12: '½',
		frac14: '¼',
		frac34: '¾',
		micro: 'µ',
		para: '¶',
		sect: '§',
		euro: '€',
		pound: '£',
		yen: '¥',
		cent: '¢',
		larr: '←',
		uarr: '↑',
		rarr: '→',
		darr: '↓',
		iexcl: '¡',
		iquest: '¿',
		ordf: 'ª',
		ordm: 'º',
		sup1: '¹',
		sup2: '²',
		sup3: '³',
		szlig: 'ß',
		ensp: '\u2002',
		emsp: '\u2003',
		thinsp: '\u2009',
		zwnj: '\u200c',
		zwj: '\u200d',
		lrm: '\u200e',
		rlm: '\u200f',
		infin: '∞',
		ne: '≠',
		le: '≤',
		ge: '≥',
		minus: '−',
		dagger: '†',
		permil: '‰',
		tilde: '˜',
		circ: 'ˆ',
		oelig: 'œ',
		OElig: 'Œ',
		aelig: 'æ',
		AElig: 'Æ',
		oslash: 'ø',
		Oslash: 'Ø',
		aring: 'å',
		Aring: 'Å',
		eth: 'ð',
		ETH: 'Ð',
		thorn: 'þ',
		THORN: 'Þ',
		scaron: 'š',
		Scaron: 'Š',
	}),
);

/** Letters with an accent are a base letter and a mark: `eacute` is e + U+0301 in composed form. */
const MARKS: { [name: string]: string } = {
	grave: '\u0300',
	acute: '\u0301',
	circ: '\u0302',
	tilde: '\u0303',
	uml: '\u0308',
	cedil: '\u0327',
};

const REFERENCE = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,7}));/g;

export function decodeHtmlText(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(REFERENCE, (reference, decimal?: string, hex?: string, name?: string) => {
		if (name !== undefined) return NAMED.get(name) ?? accented(name) ?? reference;
		return (
			codePoint(decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16)) ??
			reference
		);
	});
}

function accented(name: string): string | undefined {
	const mark = MARKS[name.slice(1)];
	if (mark === undefined) return undefined;
	const letter = (name[0] + mark).normalize('NFC');
	return letter.length === 1 ? letter : undefined;
}

function codePoint(code: number): string | undefined {
	const isSurrogate = code >= 0xd800 && code < 0xe000;
	return code === 0 || code > 0x10ffff || isSurrogate ? undefined : String.fromCodePoint(code);
}
