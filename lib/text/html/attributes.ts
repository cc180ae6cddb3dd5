import { decodeHtmlText } from '../../dataset/htmlText';

const ATTRIBUTE =
	/([^\s"'<>/=]+)(?:[ \t\r\n\f]{0,20}=[ \t\r\n\f]{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** A tag's attributes by name in lower case, their character references decoded; of two with one name the first. */
export class Attributes {
	private values: Map<string, string> | undefined;

	constructor(private readonly source: string) {}

	get(name: string): string {
		if (this.source === '') return '';
		this.values ??= this.parsed();
		return this.values.get(name) ?? '';
	}

	/** Whether the attribute holds one of the words, which may be part of a longer word only after `x_`. */
	hasWord(name: string, words: ReadonlySet<string>): boolean {
		if (this.source === '') return false;
		// Outlook writes `x_` before the names of what it forwards.
		return this.get(name)
			.split(/\s+/)
			.some((word) => words.has(word.replace(/^(?:x_){1,9}/, '')));
	}

	private parsed(): Map<string, string> {
		const values = new Map<string, string>();
		for (const [, name, double, single, bare] of this.source.matchAll(ATTRIBUTE)) {
			const key = name.toLowerCase();
			if (!values.has(key)) values.set(key, decodeHtmlText(double ?? single ?? bare ?? ''));
		}
		return values;
	}
}
