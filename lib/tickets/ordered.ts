import type { Ticket } from './types';

/** What people look for first stands first: a table shows fields in the order in which an object has them. */
const FIRST: Array<keyof Ticket> = [
	'source',
	'id',
	'key',
	'url',
	'title',
	'question',
	'messages',
	'status',
	'resolved',
	'resolution',
	'resolutionText',
	'kind',
	'category',
	'priority',
	'tags',
	'createdAt',
	'updatedAt',
	'resolvedAt',
	'language',
	'rating',
	'people',
	'attachments',
	'leftOut',
];

/** The ticket with its fields in the order of `Ticket`, those of one system alone behind them, `raw` last. */
export function ordered(ticket: Ticket): Ticket {
	const { raw, ...rest } = ticket;
	const first = FIRST.filter((name) => rest[name as keyof typeof rest] !== undefined);
	const sorted = Object.fromEntries(first.map((name) => [name, ticket[name]]));
	return { ...sorted, ...rest, ...(raw === undefined ? {} : { raw }) } as Ticket;
}
