import { SettingError } from '../openai/settingError';
import type { Report } from './types';

/** A pattern of the user's own. */
export interface OwnPattern {
	/** Becomes the placeholder: `Customer ID` gives `[CUSTOMER_ID_1]`. */
	name: string;
	/** A JavaScript regular expression without slashes; flags `giu` are set. */
	pattern: string;
}

const MAX_PATTERNS = 50;
const MAX_PATTERN_LENGTH = 500;
/** Longest match, and how much of a text one call of the expression gets to see. */
const MAX_MATCH = 256;
const WINDOW = 1024;
/** Time that an expression may take on one window of hostile text before it is refused; honest ones take a hundredth. */
const TRIAL_MS = 25;
const TRIALS = trials();

/** Compiled patterns of the user, safe to run on texts of any size. */
export class OwnPatterns {
	private readonly expressions: Array<{ type: string; expression: RegExp }>;

	/**
	 * @throws SettingError for what is no expression, matches the empty text, or is so built that some texts would
	 * take it more than a moment (nested repetition, back references, unlimited look-around)
	 */
	constructor(patterns: readonly OwnPattern[]) {
		if (patterns.length > MAX_PATTERNS)
			throw new SettingError(
				`There are ${patterns.length} own patterns`,
				`Use up to ${MAX_PATTERNS}; join those of one name with |.`,
				'Own Patterns',
			);
		this.expressions = patterns.map((pattern) => ({
			type: typeOf(pattern.name),
			expression: compile(pattern),
		}));
	}

	/** Each expression sees 1,024 units at a time, with 256 that overlap: longer matches are not found. */
	report(text: string, report: Report): void {
		for (const { type, expression } of this.expressions) {
			for (let from = 0; from < text.length; from += WINDOW - MAX_MATCH) {
				const window = from === 0 && text.length <= WINDOW ? text : text.slice(from, from + WINDOW);
				expression.lastIndex = 0;
				for (let match = expression.exec(window); match; match = expression.exec(window)) {
					if (match[0] === '') expression.lastIndex++;
					// The window before has seen what stands in front of it, and with it all of the match.
					else if (match.index > 0 || from === 0)
						report(from + match.index, from + match.index + match[0].length, type, 0.9, true);
				}
				if (from + WINDOW >= text.length) break;
			}
		}
	}
}

/** The name as a type, e.g. `customer_id`. */
function typeOf(name: string): string {
	const type = name
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '_')
		.replace(/^_+|_+$/g, '')
		.slice(0, 40);
	return type === '' ? 'own' : type;
}

function compile({ name, pattern }: OwnPattern): RegExp {
	const refuse = (why: string, what: string) =>
		new SettingError(`The pattern '${name || pattern.slice(0, 40)}' ${why}`, what, 'Own Patterns');
	if (pattern.length === 0 || pattern.length > MAX_PATTERN_LENGTH)
		throw refuse(
			pattern.length === 0 ? 'is empty' : `is longer than ${MAX_PATTERN_LENGTH} characters`,
			'Enter a regular expression, e.g. CUST-\\d{6}.',
		);
	const fault = structuralFault(pattern);
	if (fault) throw refuse(fault.why, fault.fix);
	const expression = tryCompile(pattern);
	if (!expression)
		throw refuse(
			'is no regular expression',
			'Correct it, e.g. CUST-\\d{6}. Slashes and flags are not part of it.',
		);
	if (expression.test(''))
		throw refuse(
			'matches the empty text',
			'Ask for at least one character, e.g. with + in place of *.',
		);
	if (!isFast(expression))
		throw refuse(
			'takes too long on some texts',
			'Give every repetition an upper limit, e.g. {1,40}, and begin with something definite.',
		);
	return expression;
}

/** Lets unescaped `-` and the like pass, which the flag `u` refuses. */
function tryCompile(pattern: string): RegExp | undefined {
	for (const flags of ['giu', 'gi']) {
		try {
			return new RegExp(pattern, flags);
		} catch {
			// The next flags, then none.
		}
	}
	return undefined;
}

/** What makes an expression take exponential time, or time that no trial of ours would show. */
function structuralFault(pattern: string): { why: string; fix: string } | undefined {
	const bare = pattern.replace(/\\./gs, '_').replace(/\[(?:[^\]])*\]/g, '_');
	if (/\\(?:[1-9]|k<)/.test(pattern))
		return { why: 'has a back reference', fix: 'Write the pattern without \\1 or \\k<name>.' };
	if (hasNestedRepetition(bare))
		return {
			why: 'repeats something that is itself repeated or has alternatives, as in (a+)+',
			fix: 'Limit the outer repetition to a small number, e.g. (?:-\\d+){1,4}.',
		};
	const repetitions = [...bare.matchAll(/\{(\d+)(?:,(\d*))?\}/g)];
	if (
		repetitions.some(
			([, least, most]) => Number(least) > MAX_MATCH || Number(most ?? 0) > MAX_MATCH,
		)
	)
		return {
			why: `repeats more than ${MAX_MATCH} times`,
			fix: 'Use smaller numbers in the curly brackets.',
		};
	return undefined;
}

/** Whether a group that holds an unlimited repetition, or alternatives, is itself repeated more than five times. */
function hasNestedRepetition(bare: string): boolean {
	const open: boolean[] = [];
	let isVariable = false;
	for (let at = 0; at < bare.length; at++) {
		const character = bare[at];
		if (character === '(') {
			open.push(isVariable);
			isVariable = false;
		} else if (character === ')') {
			if (isVariable && isRepeated(bare.slice(at + 1, at + 12))) return true;
			isVariable = (open.pop() ?? false) || isVariable;
		} else if (character === '*' || character === '+' || character === '|') isVariable = true;
		else if (character === '{' && /^\{\d+,\d*\}/.test(bare.slice(at, at + 14))) isVariable = true;
		else if (character === '?' && at > 0 && bare[at - 1] !== '(') isVariable = true;
	}
	return false;
}

function isRepeated(rest: string): boolean {
	if (rest[0] === '*' || rest[0] === '+') return true;
	const limits = /^\{(\d+)(?:(,)(\d*))?\}/.exec(rest);
	if (!limits) return false;
	const most = limits[2] ? (limits[3] === '' ? Infinity : Number(limits[3])) : Number(limits[1]);
	return most > 5;
}

/** Whether each trial text is done within the limit. A busy machine may disturb one try, hardly three. */
function isFast(expression: RegExp): boolean {
	return TRIALS.every((text) =>
		[1, 2, 3].some(() => {
			const started = performance.now();
			expression.lastIndex = 0;
			for (let match = expression.exec(text); match; match = expression.exec(text))
				if (match[0] === '') expression.lastIndex++;
			return performance.now() - started < TRIAL_MS;
		}),
	);
}

/** Long runs of what people and machines write; short ones first, so that a bad expression stops early. */
function trials(): string[] {
	const units = [
		'a',
		'1',
		' ',
		'a1',
		'a ',
		'1 ',
		'1-',
		'a.',
		'A',
		'_',
		'ab-',
		'\n',
		'é',
		'@a',
		'x=1;',
	];
	return [16, 32, 64, 256, WINDOW].flatMap((length) =>
		units.map((unit) => `${unit.repeat(Math.ceil(length / unit.length)).slice(0, length - 1)}!`),
	);
}
