import type { JsonValue } from '../dataset/types';
import type { Detector } from './detector';
import type { VisitText } from './mapTexts';
import {
	BUILT_IN_LABELS,
	exactPlaceholder,
	labelOf,
	Placeholders,
	tolerantPlaceholder,
	typeOfPlaceholder,
} from './placeholders';
import { Survivors } from './survivors';
import type { Found } from './types';

/** What happens to what is found. */
export type RedactAction = 'mask' | 'remove' | 'pseudonym';

export interface RedactorOptions {
	action: RedactAction;
	/** Whether the same value has the same placeholder in one example or in all of the run; pseudonyms always in the run. */
	numbering?: 'example' | 'run';
	/** Labels of the user's own patterns. */
	ownLabels?: readonly string[];
}

/** Counts of a run; holds no value. */
export interface RedactionReport {
	examples: number;
	/** Examples in which something was found. */
	examplesTouched: number;
	/** Pieces of text that were replaced or removed. */
	replaced: number;
	/** Pieces that only the scan at the end found, by a value from another example. */
	survivors: number;
	types: { [type: string]: { count: number; examples: number } };
}

/** How to walk over the texts of a value: `mapExampleTexts` or `mapItemTexts`. */
export type MapTexts = (value: JsonValue, visit: VisitText) => JsonValue;

export interface Redacted {
	value: JsonValue;
	isChanged: boolean;
	/** Placeholders and values of this example; only with pseudonyms. */
	vault: Map<string, string>;
}

/** Redacts the examples of one run, one after the other. */
export class Redactor {
	/** All pseudonyms of the run with their values. */
	readonly vault = new Map<string, string>();

	private readonly labels: string[];

	private readonly ownPlaceholders: RegExp;

	private placeholders: Placeholders;

	private readonly counts: RedactionReport = {
		examples: 0,
		examplesTouched: 0,
		replaced: 0,
		survivors: 0,
		types: Object.create(null) as RedactionReport['types'],
	};

	constructor(
		private readonly detector: Detector,
		private readonly options: RedactorOptions,
	) {
		this.labels = [...BUILT_IN_LABELS, ...(options.ownLabels ?? []).map(labelOf)];
		this.ownPlaceholders =
			options.action === 'pseudonym'
				? tolerantPlaceholder(this.labels, 'any')
				: exactPlaceholder(this.labels);
		this.placeholders = this.newPlaceholders();
	}

	/**
	 * One example, or item, redacted: what is found in one of its texts is replaced in all of them.
	 *
	 * @param people names that the example itself gives, see `Detector.people`
	 */
	redact(value: JsonValue, map: MapTexts, people: readonly string[] = []): Redacted {
		if (this.options.action !== 'pseudonym' && this.options.numbering !== 'run')
			this.placeholders = this.newPlaceholders();
		const found = this.findIn(value, map, people);
		this.counts.examples++;
		if (found.every((finds) => finds.length === 0))
			return { value, isChanged: false, vault: new Map() };
		const vault = new Map<string, string>();
		let at = 0;
		const redacted = map(value, ({ text }) => this.replace(text, found[at++], vault));
		this.count(found);
		return { value: redacted, isChanged: true, vault };
	}

	/** A text alone, as `redact`. */
	redactText(
		text: string,
		people: readonly string[] = [],
	): { text: string; vault: Map<string, string> } {
		const { value, vault } = this.redact(
			text,
			(root, visit) => visit({ text: String(root) }),
			people,
		);
		return { text: String(value), vault };
	}

	/** Values of the run that still stand in a value, replaced; for the scan after the last example. */
	redactSurvivors(value: JsonValue, map: MapTexts, survivors: Survivors): Redacted {
		const vault = new Map<string, string>();
		let isChanged = false;
		const redacted = map(value, ({ text }) => {
			const finds = survivors.find(text);
			if (finds.length === 0) return text;
			isChanged = true;
			this.counts.survivors += finds.length;
			return this.replace(text, finds, vault);
		});
		return { value: redacted, isChanged, vault };
	}

	/** Finder for all values of the run, to be used once every example has been redacted. */
	survivors(): Survivors {
		const survivors = new Survivors('run', this.vault.size);
		for (const [placeholder, value] of this.vault)
			survivors.add(value, typeOfPlaceholder(placeholder));
		return survivors;
	}

	report(): RedactionReport {
		return this.counts;
	}

	private findIn(value: JsonValue, map: MapTexts, names: readonly string[]): Found[][] {
		const people = this.detector.people(names);
		const texts: string[] = [];
		const found: Found[][] = [];
		map(value, ({ text, field }) => {
			texts.push(text);
			const finds = text.length === 0 ? [] : this.detector.find(text, { people, field });
			found.push(this.withPlaceholders(text, finds));
			return text;
		});
		return this.withSurvivors(texts, found);
	}

	/** What looks like a placeholder in the source must not be taken for one of ours later on. */
	private withPlaceholders(text: string, finds: Found[]): Found[] {
		if (!text.includes('_') && this.options.action !== 'pseudonym') return finds;
		const literals: Found[] = [];
		this.ownPlaceholders.lastIndex = 0;
		for (
			let match = this.ownPlaceholders.exec(text);
			match;
			match = this.ownPlaceholders.exec(text)
		) {
			this.placeholders.reserve(match[0]);
			const start = match.index;
			const end = start + match[0].length;
			literals.push({ start, end, type: 'literal', score: 1, checked: true });
		}
		if (this.options.action !== 'pseudonym' || literals.length === 0) return finds;
		// A find that reaches into a literal grows over it: half a placeholder would be left otherwise.
		return merged([...finds, ...literals]);
	}

	/** What was found by the words around it also stands elsewhere without them. */
	private withSurvivors(texts: string[], found: Found[][]): Found[][] {
		if (texts.length === 0 || found.every((finds) => finds.length === 0)) return found;
		const survivors = new Survivors(
			'example',
			found.reduce((sum, finds) => sum + finds.length, 0),
		);
		found.forEach((finds, at) =>
			finds.forEach(({ start, end, type }) => {
				if (type !== 'literal') survivors.add(texts[at].slice(start, end), type);
			}),
		);
		return found.map((finds, at) => merged([...finds, ...survivors.find(texts[at])]));
	}

	private replace(text: string, finds: readonly Found[], vault: Map<string, string>): string {
		let replaced = '';
		let from = 0;
		for (const { start, end, type } of finds) {
			replaced += text.slice(from, start);
			from = end;
			if (this.options.action === 'remove') {
				if (text[start - 1] === ' ' && text[end] === ' ') from++;
				continue;
			}
			const value = text.slice(start, end);
			const { placeholder } = this.placeholders.of(type, value);
			replaced += placeholder;
			if (this.options.action !== 'pseudonym') continue;
			vault.set(placeholder, value);
			this.vault.set(placeholder, value);
		}
		return replaced + text.slice(from);
	}

	private count(found: readonly Found[][]): void {
		const { counts } = this;
		counts.examplesTouched++;
		const seen = new Set<string>();
		for (const finds of found) {
			for (const { type } of finds) {
				if (type === 'literal') continue;
				counts.replaced++;
				const entry = (counts.types[type] ??= { count: 0, examples: 0 });
				entry.count++;
				if (!seen.has(type)) entry.examples++;
				seen.add(type);
			}
		}
	}

	private newPlaceholders(): Placeholders {
		return new Placeholders(this.options.action !== 'pseudonym');
	}
}

/** Finds in order; those that overlap become one, of the type of the longest. */
function merged(finds: Found[]): Found[] {
	if (finds.length < 2) return finds;
	const sorted = [...finds].sort((a, b) => a.start - b.start || b.end - a.end);
	const result: Found[] = [];
	let longest = 0;
	for (const find of sorted) {
		const last = result[result.length - 1];
		if (!last || find.start >= last.end) {
			result.push({ ...find });
			longest = find.end - find.start;
			continue;
		}
		last.end = Math.max(last.end, find.end);
		if (find.end - find.start > longest) {
			longest = find.end - find.start;
			last.type = find.type;
		}
	}
	return result;
}
