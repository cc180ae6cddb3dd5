const MAX_DEPTH = 20;

/**
 * Returns `base` with the fields of `extra` laid over it, object by object; arrays and plain values replace.
 * `extra` may come from anywhere: names such as `__proto__` become ordinary own fields, deep nesting is cut off.
 *
 * @throws RangeError when `extra` is nested deeper than 20 levels.
 */
export function mergeFields<T extends object>(
	base: T,
	extra: Readonly<Record<string, unknown>>,
): T {
	return merge(base, extra, 0) as T;
}

function merge(base: object, extra: object, depth: number): object {
	if (depth > MAX_DEPTH) throw new RangeError(`Fields are nested deeper than ${MAX_DEPTH} levels`);
	const merged = new Map<string, unknown>(Object.entries(base));
	for (const [name, value] of Object.entries(extra)) {
		const present = merged.get(name);
		merged.set(
			name,
			isFields(present) && isFields(value) ? merge(present, value, depth + 1) : value,
		);
	}
	// fromEntries defines own properties, so no name reaches a prototype.
	return Object.fromEntries(merged);
}

function isFields(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
