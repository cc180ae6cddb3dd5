import { assemble } from '../assemble';
import { messagesOf } from './desks';
import type { FieldMap, Normalize, SourceRecord } from '../types';
import { at, iso, names, some, text } from '../values';

/** Any record whose fields the user names: rows of a sheet or CSV file, answers of an API. */
export const fields: Normalize = (record, options) => {
	const map = options.fields ?? {};
	const value = (path: string | undefined) => (path ? at(record, path) : undefined);
	const status = text(value(map.status));
	const found = {
		source: 'fields',
		id: text(value(map.id)),
		key: some(value(map.key)),
		url: some(value(map.url)),
		title: text(value(map.title)),
		question: value(map.question),
		answer: value(map.answer),
		messages: options.messagesField ? messagesOf(record, options).map(messageOf) : [],
		status,
		resolved: isResolved(status, map),
		category: some(value(map.category)),
		tags: names(value(map.tags)),
		createdAt: iso(value(map.createdAt)),
		resolvedAt: iso(value(map.resolvedAt)),
		language: some(value(map.language)),
		people: (map.people ?? []).flatMap((path) => names(at(record, path))),
	};
	return { ticket: assemble(found, record, options) };
};

function isResolved(status: string, { status: path, resolvedValues = [] }: FieldMap): boolean {
	if (!path || resolvedValues.length === 0) return true;
	const wanted = resolvedValues.map((value) => value.trim().toLowerCase());
	return wanted.includes(status.toLowerCase());
}

/** Messages in the names of our own Ticket, and in those that most APIs use. */
function messageOf(message: SourceRecord) {
	const role = text(at(message, 'role', 'author.role', 'author_role')).toLowerCase();
	const isAgent = /^(agent|assistant|admin|support|staff)$/.test(role);
	const isSystem = /^(system|bot|app)$/.test(role);
	return {
		id: message.id,
		role: isAgent ? ('agent' as const) : isSystem ? ('system' as const) : ('requester' as const),
		public: message.public !== false && message.internal !== true && message.private !== true,
		authorId: at(message, 'authorId', 'author_id', 'author.id'),
		createdAt: at(message, 'createdAt', 'created_at', 'created', 'date'),
		body: at(message, 'text', 'body', 'content', 'message'),
		people: [some(at(message, 'author.name', 'author_name'))],
	};
}
