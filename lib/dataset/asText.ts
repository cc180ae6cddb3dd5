/**
 * Any value of an item as text: as people would write it, not as a program would. Undefined when there is
 * nothing; `isJson` says that the text is JSON, as there was a list or an object. Never throws.
 */
export function asText(value: unknown): { text: string; isJson: boolean } | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value !== 'object' && typeof value !== 'function')
		return { text: String(value), isJson: false };
	const json = stringify(value);
	if (json === undefined) return undefined;
	// Dates of any library become ISO text.
	return json.startsWith('"')
		? { text: JSON.parse(json) as string, isJson: false }
		: { text: json, isJson: true };
}

/** Undefined for what JSON cannot hold: functions, cycles, nesting beyond the stack. */
function stringify(value: object): string | undefined {
	try {
		return JSON.stringify(value);
	} catch {
		return undefined;
	}
}
