/** How large the classes should be. */
export type BalanceTarget =
	/** No class has more than this. */
	| { kind: 'cap'; cap: number }
	/** All classes have the same size: that of the smallest, or more where examples may be repeated. */
	| { kind: 'equal'; maxCopies?: number }
	/** The classes stand in these proportions; those that are not named are left out. */
	| { kind: 'share'; shares: ReadonlyArray<ClassNumber>; maxCopies?: number }
	/** Each class has so many times its size: 0.5 halves it, 2 repeats all of it. Those that are not named stay. */
	| { kind: 'weight'; weights: ReadonlyArray<ClassNumber>; maxCopies?: number };

export interface ClassNumber {
	class: string;
	value: number;
}

/** Times that an example may be in the result. */
const MOST_COPIES = 100;

/**
 * The size that each class gets.
 *
 * @param sizes the size that each one has
 */
export function quotaOf(
	target: BalanceTarget,
	classes: readonly string[],
	sizes: readonly number[],
): number[] {
	if (target.kind === 'cap') {
		const cap = Math.max(0, Math.floor(target.cap));
		return sizes.map((size) => Math.min(size, cap));
	}
	const copies = Math.max(1, Math.min(MOST_COPIES, Math.floor(target.maxCopies ?? 1)));
	if (target.kind === 'weight') {
		const weights = byName(target.weights);
		return sizes.map((size, at) => {
			const weight = weights.get(classes[at]) ?? 1;
			return Math.min(size * copies, Math.round(size * weight));
		});
	}
	const shares = target.kind === 'share' ? byName(target.shares) : undefined;
	return proportional(
		classes.map((name) => (shares ? (shares.get(name) ?? 0) : 1)),
		sizes,
		copies,
	);
}

/** As large as the class allows that is the smallest for its share; never larger than the classes are now together. */
function proportional(
	shares: readonly number[],
	sizes: readonly number[],
	copies: number,
): number[] {
	const unit = Math.min(
		...shares.map((share, at) => (share > 0 ? (sizes[at] * copies) / share : Infinity)),
	);
	if (!Number.isFinite(unit)) return sizes.map(() => 0);
	const all = sizes.reduce((sum, size) => sum + size, 0);
	const allShares = shares.reduce((sum, share) => sum + share, 0);
	const scale = copies > 1 ? Math.min(unit, Math.max(all / allShares, unit / copies)) : unit;
	return shares.map((share, at) => Math.min(sizes[at] * copies, Math.round(share * scale)));
}

function byName(numbers: ReadonlyArray<ClassNumber>): Map<string, number> {
	return new Map(
		numbers.map(({ class: name, value }) => [name.trim(), Math.max(0, Number(value) || 0)]),
	);
}
