import {
	BUILT_IN_LABELS,
	exactPlaceholder,
	labelIn,
	tolerantPlaceholder,
	typeOfPlaceholder,
} from './placeholders';
import type { PrivateType } from './types';

export interface UnmaskOptions {
	/** Types to be restored; the placeholders of the others stay. All when left out. */
	types?: readonly PrivateType[];
	/** Whether placeholders that a model or an editor changed a little are restored too. Default true. */
	tolerant?: boolean;
}

/** What became of the placeholders; holds no value. */
export interface UnmaskReport {
	/** Places that were restored. */
	restored: number;
	/** Of these, places where the placeholder was not as Redact had written it. */
	repaired: number;
	/** Placeholders in the text that the vault does not have: invented by a model, or of another vault. */
	unknown: string[];
	/** Placeholders of the vault that are in none of the texts. */
	missing: string[];
	/** Placeholders left as they are, as their type was not asked for. */
	kept: number;
}

const MAX_LISTED = 100;

/**
 * Puts the values of a vault back into texts. Exact placeholders come first; what is left is searched for
 * placeholders in other case, other or escaped brackets, with a space for the underscore, or without brackets.
 */
export class Unmasker {
	private readonly exact: RegExp;

	private readonly tolerant: RegExp | undefined;

	private readonly types: ReadonlySet<string> | undefined;

	private readonly seen = new Set<string>();

	private readonly unknown = new Set<string>();

	/** Whether a placeholder as Redact writes it is not in the vault; what is written otherwise may be chance. */
	private isExactUnknown = false;

	private restored = 0;

	private repaired = 0;

	private kept = 0;

	constructor(
		private readonly vault: ReadonlyMap<string, string>,
		{ types, tolerant = true }: UnmaskOptions = {},
	) {
		const labels = [...BUILT_IN_LABELS, ...[...vault.keys()].map(labelIn)];
		this.exact = exactPlaceholder(labels);
		this.tolerant = tolerant ? tolerantPlaceholder(labels) : undefined;
		this.types = types && new Set<string>(types);
	}

	/**
	 * Whether the texts unmasked so far have placeholders, and not one of them is in the vault, though it holds some:
	 * then it is most likely the vault of other texts.
	 */
	get isOfOtherTexts(): boolean {
		return this.vault.size > 0 && this.seen.size === 0 && this.isExactUnknown;
	}

	/** A text with its values back. */
	unmask(text: string): string {
		let result = '';
		let from = 0;
		this.exact.lastIndex = 0;
		for (let match = this.exact.exec(text); match; match = this.exact.exec(text)) {
			result += this.unmaskLoosely(text.slice(from, match.index));
			if (!this.vault.has(match[0])) this.isExactUnknown = true;
			result += this.valueOf(match[0], match[0]);
			from = match.index + match[0].length;
		}
		return from === 0 ? this.unmaskLoosely(text) : result + this.unmaskLoosely(text.slice(from));
	}

	report(): UnmaskReport {
		const missing: string[] = [];
		for (const placeholder of this.vault.keys())
			if (!this.seen.has(placeholder) && missing.length < MAX_LISTED) missing.push(placeholder);
		const { restored, repaired, kept } = this;
		return { restored, repaired, unknown: [...this.unknown], missing, kept };
	}

	private unmaskLoosely(text: string): string {
		if (!this.tolerant || text.length < 4) return text;
		return text.replace(
			this.tolerant,
			(
				written: string,
				label?: string,
				number?: string,
				bareLabel?: string,
				bareNumber?: string,
			) => {
				const name = (label ?? bareLabel ?? '')
					.toUpperCase()
					.replace(/\\/g, '')
					.replace(/[ -]/g, '_');
				const placeholder = `[${name}_${Number(number ?? bareNumber)}]`;
				const value = this.valueOf(placeholder, written);
				if (value !== written) this.repaired++;
				return value;
			},
		);
	}

	private valueOf(placeholder: string, written: string): string {
		const value = this.vault.get(placeholder);
		if (value === undefined) {
			if (this.unknown.size < MAX_LISTED) this.unknown.add(written);
			return written;
		}
		this.seen.add(placeholder);
		const type = typeOfPlaceholder(placeholder);
		if (this.types && type !== 'literal' && !this.types.has(type)) {
			this.kept++;
			return written;
		}
		this.restored++;
		return value;
	}
}
