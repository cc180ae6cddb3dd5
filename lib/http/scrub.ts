/** Keeps credentials out of everything that is shown, logged or stored. */

const MASK = '***';
/** Shorter values ("none", "x") occur in ordinary text, and hide nothing. */
const MIN_SECRET_LENGTH = 6;
/** Also keys that are not ours: servers repeat what they were sent, some of it masked by themselves. */
const KEY_SHAPE = /\b(sk|whsec)[-_][A-Za-z0-9_*-]{6,}/g;
/** Not "Basic Authentication", which servers write in plain words. */
const HEADER_SHAPE =
	/\b(Bearer|Basic)\s+(?!auth(?:entication|orization)?\b)[A-Za-z0-9._~+/*=-]{6,}/gi;

/** A function that replaces each of `secrets`, in plain or encoded form, and everything that looks like a key. */
export function scrubber(secrets: Array<string | undefined>): (text: string) => string {
	const forms = new Set<string>();
	for (const secret of secrets) {
		const value = secret?.trim();
		if (!value || value.length < MIN_SECRET_LENGTH) continue;
		for (const form of [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]) {
			forms.add(form);
		}
		forms.add(Buffer.from(value).toString('base64'));
	}
	// The longest first, so that no rest remains of a secret that contains another.
	const known = [...forms].sort((a, b) => b.length - a.length);
	return (text) => {
		let clean = text;
		for (const form of known) clean = clean.split(form).join(MASK);
		clean = clean.replace(KEY_SHAPE, `$1-${MASK}`);
		return clean.replace(HEADER_SHAPE, `$1 ${MASK}`);
	};
}
