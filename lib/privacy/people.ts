const MAX_PEOPLE = 500;
const MAX_LENGTH = 200;

/**
 * Names in whatever shape a record gives them: a list of names or addresses, of objects with texts in them
 * (`{name, email}`), or one text with commas, semicolons or line feeds between the names.
 */
export function peopleIn(value: unknown): string[] {
	if (typeof value === 'string') return cleaned(value.split(/[,;\n]/));
	if (Array.isArray(value))
		return cleaned(value.slice(0, MAX_PEOPLE).flatMap((person: unknown) => textsOf(person)));
	return cleaned(textsOf(value));
}

function textsOf(person: unknown): string[] {
	if (typeof person === 'string') return [person];
	if (typeof person !== 'object' || person === null) return [];
	return Object.values(person).filter((text): text is string => typeof text === 'string');
}

function cleaned(names: readonly string[]): string[] {
	return names
		.map((name) => name.trim())
		.filter((name) => name.length > 1 && name.length <= MAX_LENGTH && !/^https?:/i.test(name))
		.slice(0, MAX_PEOPLE);
}
