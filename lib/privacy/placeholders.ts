import { wordsOf } from './phrases';
import type { PrivateType } from './types';

/** Labels of the built-in types; that of a user's own pattern is its name in capitals. */
const LABELS = new Map<PrivateType, string>([
	['address', 'ADDRESS'],
	['apiSecret', 'SECRET'],
	['bankAccount', 'ACCOUNT'],
	['birthDate', 'BIRTH_DATE'],
	['card', 'CARD'],
	['crypto', 'WALLET'],
	['email', 'EMAIL'],
	['iban', 'IBAN'],
	['identityDocument', 'DOCUMENT'],
	['ip', 'IP'],
	['literal', 'LITERAL'],
	['mac', 'MAC'],
	['name', 'NAME'],
	['nationalId', 'NATIONAL_ID'],
	['phone', 'PHONE'],
	['url', 'URL'],
	['urlSecret', 'URL_SECRET'],
	['word', 'WORD'],
]);

/** What stands in a placeholder of a type: `EMAIL` in `[EMAIL_1]`. */
export function labelOf(type: PrivateType): string {
	const known = LABELS.get(type);
	if (known !== undefined) return known;
	const label = type
		.toUpperCase()
		.replace(/[^A-Z\d]+/g, '_')
		.replace(/^[_\d]+|_+$/g, '');
	return label === '' ? 'OWN' : label;
}

/** The type that a placeholder stands for. */
export function typeOfPlaceholder(placeholder: string): PrivateType {
	const label = labelIn(placeholder);
	for (const [type, known] of LABELS) if (known === label) return type;
	return label.toLowerCase();
}

/** `BIRTH_DATE` of `[BIRTH_DATE_12]`. */
export function labelIn(placeholder: string): string {
	return placeholder.slice(1, placeholder.lastIndexOf('_'));
}

export const BUILT_IN_LABELS: readonly string[] = [...LABELS.values()];

/** Matches a placeholder of these labels as it is written. The groups are label and number. */
export function exactPlaceholder(labels: Iterable<string>): RegExp {
	return new RegExp(`\\[(${alternatives(labels)})_(\\d{1,9})\\]`, 'g');
}

/**
 * Matches what models and editors make of a placeholder: other case, other or escaped brackets, a space or hyphen
 * for the underscore, and, in capitals with an underscore, no brackets at all. Groups 1 and 2, or 3 and 4, are
 * label and number.
 *
 * @param neighbours whether bare ones count only as whole words; in a text that is still to be redacted they always
 * count, as what stands beside them may become a placeholder
 */
export function tolerantPlaceholder(
	labels: Iterable<string>,
	neighbours: 'whole' | 'any' = 'whole',
): RegExp {
	const [before, after] = neighbours === 'whole' ? ['(?<![\\w])', '(?![\\w])'] : ['', ''];
	const any = alternatives(labels);
	const loose = any.replace(/_/g, '(?:\\\\?_|[ -])');
	const insensitive = loose.replace(/[A-Z]/g, (letter) => `[${letter}${letter.toLowerCase()}]`);
	return new RegExp(
		`(?:\\\\?\\[|\\{{1,2}|<{1,2}|[«⟦【])[ ]?(${insensitive})(?:\\\\?_|[ -])(\\d{1,9})[ ]?(?:\\\\?\\]|\\}{1,2}|>{1,2}|[»⟧】])|${before}(${any})_(\\d{1,9})${after}`,
		'g',
	);
}

function alternatives(labels: Iterable<string>): string {
	return [...new Set(labels)].sort((a, b) => b.length - a.length).join('|');
}

/** Deals out numbers: the same value gets the same placeholder for as long as one of these lives. */
export class Placeholders {
	/** Placeholder by label and value. */
	private readonly given = new Map<string, Map<string, string>>();

	private readonly last = new Map<string, number>();

	private readonly reserved = new Set<string>();

	/** @param isLoose spellings that differ in case and separators only count as one value */
	constructor(private readonly isLoose: boolean) {}

	/** Keeps a placeholder from being given out, as the text has it already. */
	reserve(placeholder: string): void {
		this.reserved.add(placeholder);
	}

	/** The placeholder of a value; `isNew` when it was not known before. */
	of(type: PrivateType, value: string): { placeholder: string; isNew: boolean } {
		const label = labelOf(type);
		let values = this.given.get(label);
		if (!values) this.given.set(label, (values = new Map()));
		const name = this.isLoose ? wordsOf(value).join(' ') || value : value;
		const known = values.get(name);
		if (known !== undefined) return { placeholder: known, isNew: false };
		const placeholder = this.next(label);
		values.set(name, placeholder);
		return { placeholder, isNew: true };
	}

	private next(label: string): string {
		let number = this.last.get(label) ?? 0;
		let placeholder: string;
		do placeholder = `[${label}_${++number}]`;
		while (this.reserved.has(placeholder));
		this.last.set(label, number);
		return placeholder;
	}
}
