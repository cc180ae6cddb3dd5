import { CUE, type Cues } from '../cues';
import { type NumberRun, patternOf } from '../numberRun';
import { hasDate } from '../recognisers/phone';
import type { Report } from '../types';
import { AMERICAS } from './americas';
import { ASIA_PACIFIC } from './asiaPacific';
import { EUROPE } from './europe';
import type { NumberRule } from './types';

interface Entry extends NumberRule {
	patterns: Set<number>;
}

const BY_LENGTH = byLength([...AMERICAS, ...EUROPE, ...ASIA_PACIFIC]);
const LONGEST_ACCOUNT = 17;
const LONGEST_ID = 15;

/** Numbers that states and banks give to people. */
export function reportNumberId(text: string, run: NumberRun, cues: Cues, report: Report): void {
	const { digits, start, end, groups, pattern, isAttached, goesOn } = run;
	const before = cues.kindBefore(start);
	// Several rules ask for the same kind of word.
	let asked = 0;
	let near = 0;
	const isNear = (kind: number): boolean => {
		if ((asked & kind) === 0 && cues.near(kind, start, end)) near |= kind;
		asked |= kind;
		return (near & kind) !== 0;
	};
	const isPhone = (before & CUE.phone) !== 0 && (before & CUE.nationalId) === 0;
	for (const rule of BY_LENGTH[digits.length] ?? []) {
		const isInForm = groups > 1 && rule.patterns.has(pattern);
		const needsCue = rule.cue?.when === 'always' || (rule.cue !== undefined && !isInForm);
		const isLoose = groups > 1 && !needsCue && (!isInForm || goesOn);
		if (isLoose || (!needsCue && isAttached)) continue;
		if (needsCue && groups > 1 && !isInForm && !run.isWhole) continue;
		if (needsCue && (isPhone || !isNear(rule.cue!.kind))) continue;
		if (rule.isValid(digits)) {
			const isCertain = rule.checked && (isInForm || needsCue || groups === 1);
			report(start, end, rule.type, isInForm || needsCue ? 0.85 : 0.6, isCertain);
		}
	}
	if (isNamedId(text, run, cues)) report(start, end, 'nationalId', 0.5);
	const isAccount = groups <= 2 && digits.length <= LONGEST_ACCOUNT && !isAttached;
	if (isAccount && isCuedAs(cues, CUE.bank, start)) report(start, end, 'bankAccount', 0.5);
	if (isAccount && isCuedAs(cues, CUE.document, start)) report(start, end, 'identityDocument', 0.5);
}

/** A number right behind a word such as "tax number", whatever its check digits: mistyped, or of another country. */
function isNamedId(text: string, run: NumberRun, cues: Cues): boolean {
	const { digits, start, groups, isAttached, isWhole } = run;
	if (isAttached || !isWhole || digits.length > LONGEST_ID) return false;
	if ((cues.kindBefore(start, 24) & CUE.nationalId) === 0) return false;
	const isCompactDate = groups === 1 && digits.length === 8 && /^(?:19|20)\d\d[01]/.test(digits);
	return !isCompactDate && !hasDate(text, run);
}

/** Whether the nearest word before speaks of it. */
function isCuedAs(cues: Cues, kind: number, start: number): boolean {
	return (cues.kindBefore(start, 40) & kind) !== 0;
}

function byLength(rules: readonly NumberRule[]): Entry[][] {
	const table: Entry[][] = [];
	for (const rule of rules) {
		const entry = { ...rule, patterns: new Set((rule.forms ?? []).map(patternOf)) };
		for (const length of rule.lengths) (table[length] ??= []).push(entry);
	}
	return table;
}
