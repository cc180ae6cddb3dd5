const PLAIN = /^[A-Za-z_$][\w$]*$/;
const LONGEST_NAME = 40;

/** Path of a member, the way a programmer writes it: `messages[2].content`, `meta["order id"]`. */
export function child(path: string, name: string | number): string {
	if (typeof name === 'number') return `${path}[${name}]`;
	if (!PLAIN.test(name) || name.length > LONGEST_NAME) return `${path}[${quoted(name)}]`;
	return path === '' ? name : `${path}.${name}`;
}

/** A name from the data, short enough for a message. */
export function quoted(name: string): string {
	const short = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
	return JSON.stringify(short);
}
