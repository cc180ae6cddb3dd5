import type { BuiltInType } from '../types';

/** One kind of number that a state, or a bank, gives to a person. */
export interface NumberRule {
	/** ISO 3166 country and name, for people who read the table. */
	name: string;
	type: BuiltInType;
	/** Numbers of digits it can have. */
	lengths: readonly number[];
	/** Forms in groups by which it is known, e.g. `3-2-4`. In other groups it counts as bare digits. */
	forms?: readonly string[];
	/** Kind of word that has to stand near it; `bare`: only where it is not in one of its forms. */
	cue?: { kind: number; when: 'always' | 'bare' };
	/** Structure and check digits. */
	isValid(digits: string): boolean;
	/** Whether `isValid` looks at a check digit; a form alone gives way to what is checked. */
	checked: boolean;
}

/** One kind of identifier with letters in it. */
export interface CodeRule {
	name: string;
	type: BuiltInType;
	/** Matches the whole run of letters and digits. */
	form: RegExp;
	cue?: number;
	isValid?(code: string): boolean;
}
