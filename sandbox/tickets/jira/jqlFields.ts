/** What JQL can ask of an issue. */

export interface Row {
	id: number;
	number: number;
	key: string;
	project: { id: string; key: string; name: string };
	status: string;
	statusCategory: string;
	resolution?: string;
	resolutionId?: string;
	issuetype: string;
	priority: string;
	labels: string[];
	created: number;
	updated: number;
	resolved?: number;
	/** Summary, description and comments. */
	text: string;
	summary: string;
}

const ALIASES: Record<string, string> = {
	type: 'issuetype',
	issuekey: 'key',
	issue: 'key',
	id: 'key',
	resolutiondate: 'resolved',
	createddate: 'created',
	updateddate: 'updated',
};
export const DATES = ['created', 'updated', 'resolved'];

const FIELDS = [
	'project',
	'key',
	'status',
	'statuscategory',
	'resolution',
	'issuetype',
	'priority',
	'labels',
	'created',
	'updated',
	'resolved',
	'text',
	'summary',
];

/** The name under which a row has a field; undefined for a field that nobody knows. */
export function fieldNamed(text: string): string | undefined {
	const name = text.toLowerCase();
	const field = ALIASES[name] ?? name;
	if (!FIELDS.includes(field)) return undefined;
	return field === 'statuscategory' ? 'statusCategory' : field;
}

export function isEmpty(row: Row, field: string): boolean {
	const value = row[field as keyof Row];
	return value === undefined || (Array.isArray(value) && value.length === 0);
}

export function holds(own: number, sign: string, other: number): boolean {
	if (sign === '>') return own > other;
	if (sign === '>=') return own >= other;
	return sign === '<' ? own < other : own <= other;
}

/** Where a row stands in an order; without a date at the end. */
export function place(row: Row, field: string): number | string {
	if (field === 'key') return row.number;
	if (DATES.includes(field)) return row[field as 'created'] ?? Infinity;
	return String(row[field as 'status'] ?? '').toLowerCase();
}
