/** The nouns of the privacy part: what is looked for, and where it was found. */

/** What a piece of a text is; the names are option values of nodes and keys of reports. */
export const PRIVATE_TYPES = [
	'address',
	'apiSecret',
	'bankAccount',
	'birthDate',
	'card',
	'crypto',
	'email',
	'iban',
	'identityDocument',
	'ip',
	'mac',
	'name',
	'nationalId',
	'phone',
	'url',
	'urlSecret',
] as const;

export type BuiltInType = (typeof PRIVATE_TYPES)[number];

/** A built-in type, `word` for an entry of the user's list, or the name of a pattern of the user's own. */
export type PrivateType = BuiltInType | 'word' | (string & {});

/** A piece of a text that is private. Never leaves the library together with the text. */
export interface Found {
	/** UTF-16 offset of the first unit, and of the one after the last. */
	start: number;
	end: number;
	type: PrivateType;
	/** 0 to 1: how sure the form and the words around it make it. */
	score: number;
	/** Whether a checksum, or a list of the user's, confirms it: then it wins over everything that is only a form. */
	checked: boolean;
}

/** Looks through one text and reports what it finds, in any order, overlaps included. */
export type Report = (
	start: number,
	end: number,
	type: PrivateType,
	score: number,
	checked?: boolean,
) => void;
