/** Help desks of which n8n has nodes, but this package has none. */
import type { TicketRole } from '../../types';
import { assemble, type FoundMessage } from '../assemble';
import type { Normalize, NormalizerOptions, SourceRecord } from '../types';
import { at, iso, list, names, records, some, text } from '../values';

/** Freshdesk's `status`: 4 and 5 are Resolved and Closed. https://developers.freshdesk.com/api/#ticket_attributes */
const FRESHDESK_STATUS = new Map([
	['2', 'Open'],
	['3', 'Pending'],
	['4', 'Resolved'],
	['5', 'Closed'],
]);

/** A ticket with `description` and, where they were merged in, its `conversations`. */
export const freshdesk: Normalize = (record, options) => {
	const requesterId = text(at(record, 'requester_id', 'requester.id'));
	const status = text(record.status);
	const found = {
		source: 'freshdesk',
		id: text(record.id),
		key: `#${text(record.id)}`,
		url: options.siteUrl
			? `${options.siteUrl}/a/tickets/${encodeURIComponent(text(record.id))}`
			: undefined,
		title: text(record.subject),
		question: at(record, 'description', 'description_text'),
		messages: messagesOf(record, options, 'conversations').map((message) =>
			freshdeskMessage(message, requesterId),
		),
		status: FRESHDESK_STATUS.get(status) ?? status,
		resolved: /^(4|5|resolved|closed)$/i.test(status),
		category: some(record.type),
		priority: some(record.priority),
		tags: names(record.tags),
		createdAt: iso(record.created_at),
		updatedAt: iso(record.updated_at),
		resolvedAt: iso(at(record, 'stats.resolved_at', 'stats.closed_at')),
		people: people(record, 'requester.name', 'requester.email', 'name', 'email'),
	};
	return { ticket: assemble(found, record, options) };
};

function freshdeskMessage(message: SourceRecord, requesterId: string): FoundMessage {
	const isRequester = message.incoming === true || text(message.user_id) === requesterId;
	return {
		id: message.id,
		role: isRequester ? 'requester' : 'agent',
		public: message.private !== true,
		authorId: message.user_id,
		createdAt: message.created_at,
		body: at(message, 'body', 'body_text'),
		attachments: list(message.attachments).map((file) => text(at(file, 'name'))),
		people: people(message, 'from_email'),
	};
}

/**
 * A conversation with its parts: `comment` is public, `note` is internal.
 * https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation
 */
export const intercom: Normalize = (record, options) => {
	const parts = messagesOf(
		record,
		options,
		'conversation_parts.conversation_parts',
		'conversation_parts',
	);
	const found = {
		source: 'intercom',
		id: text(record.id),
		title: text(at(record, 'title', 'source.subject')).replace(/<[^>]{0,200}>/g, ''),
		question: at(record, 'source.body'),
		messages: parts.filter(isSaid).map(intercomMessage),
		status: text(record.state),
		resolved: record.state === 'closed' || text(at(record, 'ticket_state')) === 'resolved',
		category: some(at(record, 'topics.topics[0].name', 'custom_attributes.Category')),
		tags: names(at(record, 'tags.tags', 'tags')),
		createdAt: iso(record.created_at),
		updatedAt: iso(record.updated_at),
		resolvedAt: iso(at(record, 'statistics.last_close_at')),
		rating: ratingOf(at(record, 'conversation_rating.rating')),
		people: people(record, 'source.author.name', 'source.author.email'),
	};
	return { ticket: assemble(found, record, options) };
};

/** Assignments, closings and the like are parts without words. */
function isSaid(part: SourceRecord): boolean {
	return text(part.body) !== '';
}

function intercomMessage(part: SourceRecord): FoundMessage {
	const type = text(at(part, 'author.type'));
	const role: TicketRole = type === 'admin' ? 'agent' : type === 'bot' ? 'system' : 'requester';
	return {
		id: part.id,
		role,
		public: part.part_type !== 'note',
		authorId: at(part, 'author.id'),
		createdAt: part.created_at,
		body: part.body,
		attachments: list(part.attachments).map((file) => text(at(file, 'name'))),
		people: people(part, 'author.name', 'author.email'),
	};
}

function ratingOf(value: unknown): 'good' | 'bad' | undefined {
	const stars = Number(text(value) || NaN);
	if (Number.isNaN(stars)) return undefined;
	return stars >= 4 ? 'good' : stars <= 2 ? 'bad' : undefined;
}

/**
 * A ticket with `properties` (of the API, or of n8n's node with `{value}` around each).
 * https://developers.hubspot.com/docs/api-reference/crm-tickets-v3/guide
 */
export const hubSpot: Normalize = (record, options) => {
	const property = (name: string) =>
		at(record, `properties.${name}.value`, `properties.${name}`, name);
	const status = text(property('hs_pipeline_stage'));
	const found = {
		source: 'hubSpot',
		id: text(at(record, 'id', 'objectId')),
		title: text(property('subject')),
		question: property('content'),
		answer: property('hs_resolution'),
		messages: messagesOf(record, options, 'messages', 'thread').map(hubSpotMessage),
		status,
		// The closed stage has the number 4 in the standard pipeline; a close date says it in all of them.
		resolved: status === '4' || /closed/i.test(status) || text(property('closed_date')) !== '',
		category: some(property('hs_ticket_category')),
		priority: some(property('hs_ticket_priority')),
		createdAt: iso(property('createdate')),
		updatedAt: iso(property('hs_lastmodifieddate')),
		resolvedAt: iso(property('closed_date')),
		language: some(property('hs_ticket_language_ai_tag')),
	};
	return { ticket: assemble(found, record, options) };
};

function hubSpotMessage(message: SourceRecord): FoundMessage {
	const isIncoming = /incoming/i.test(text(message.direction));
	return {
		id: message.id,
		role: isIncoming ? 'requester' : 'agent',
		public: message.type !== 'COMMENT',
		authorId: at(message, 'senders[0].actorId', 'createdBy'),
		createdAt: message.createdAt,
		body: at(message, 'richText', 'text'),
		attachments: list(message.attachments).map((file) => text(at(file, 'name'))),
		people: people(message, 'senders[0].name', 'senders[0].deliveryIdentifier.value'),
	};
}

/** Who may answer in the name of a project. */
const MAINTAINERS = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/** An issue with its comments merged in. https://docs.github.com/en/rest/issues/issues */
export const gitHub: Normalize = (record, options) => {
	const author = text(at(record, 'user.login'));
	const found = {
		source: 'gitHub',
		id: text(at(record, 'id', 'number')),
		key: `#${text(record.number)}`,
		url: some(record.html_url),
		title: text(record.title),
		question: record.body,
		questionFormat: 'markdown' as const,
		messages: messagesOf(record, options, 'comment_list', 'comments').map((comment) =>
			gitHubMessage(comment, author),
		),
		status: text(record.state),
		resolved:
			record.state === 'closed' && !/^(not_planned|duplicate)$/.test(text(record.state_reason)),
		resolution: some(record.state_reason),
		kind: record.pull_request === undefined ? 'issue' : 'pull_request',
		tags: names(record.labels),
		createdAt: iso(record.created_at),
		updatedAt: iso(record.updated_at),
		resolvedAt: iso(record.closed_at),
		people: people(record, 'user.login', 'assignee.login'),
	};
	return { ticket: assemble(found, record, options) };
};

function gitHubMessage(comment: SourceRecord, author: string): FoundMessage {
	const login = text(at(comment, 'user.login'));
	const isBot = at(comment, 'user.type') === 'Bot';
	const isAgent = login !== author && MAINTAINERS.has(text(comment.author_association));
	return {
		id: comment.id,
		role: isBot ? 'system' : isAgent ? 'agent' : 'requester',
		public: true,
		authorId: login,
		createdAt: comment.created_at,
		body: comment.body,
		format: 'markdown',
		people: [login],
	};
}

/** Where the user says that they lie, else where the system's own API has them. */
export function messagesOf(
	record: SourceRecord,
	{ messagesField }: NormalizerOptions,
	...paths: string[]
): SourceRecord[] {
	return records(messagesField ? at(record, messagesField) : at(record, ...paths));
}

function people(record: SourceRecord, ...paths: string[]): string[] {
	return paths.map((path) => text(at(record, path))).filter((name) => name !== '');
}
