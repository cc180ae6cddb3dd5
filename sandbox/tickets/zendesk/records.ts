/** The samples in Zendesk's own JSON. */
import type { SampleMessage, SampleTicket } from '../samples/types';
import { PEOPLE } from '../samples';
import { wrapped, zendeskHtml } from './html';

const CATEGORIES: Array<SampleTicket['category']> = [
	'access',
	'hardware',
	'software',
	'network',
	'email',
	'payroll',
	'policies',
	'facilities',
];
const PRIORITIES = { low: 'low', normal: 'normal', high: 'high', urgent: 'urgent' } as const;
const SYSTEM_AUTHOR = -1;

/** People, groups, brands, forms and views of the made-up account. */
export const ADMIN = {
	id: 9000,
	name: 'Sandbox Admin',
	email: 'admin@alderbrook.example',
	role: 'admin',
};
export const GROUPS = CATEGORIES.map((category, index) => ({
	id: 7001 + index,
	name: category[0].toUpperCase() + category.slice(1),
	deleted: false,
}));
export const BRANDS = [
	{ id: 8001, name: 'Alderbrook IT', subdomain: 'alderbrook', active: true, default: true },
	{ id: 8002, name: 'Alderbrook People', subdomain: 'alderbrook-hr', active: true, default: false },
];
export const FORMS = [{ id: 6001, name: 'Default Ticket Form', active: true, default: true }];
export const VIEWS = [
	{ id: 5001, title: 'Recently solved tickets', active: true },
	{ id: 5002, title: 'Your unsolved tickets', active: true },
];

const IDS = new Map(Object.keys(PEOPLE).map((key, index) => [key, 9001 + index]));

export function userOf(key: string) {
	const { name, email, kind } = PEOPLE[key];
	return {
		id: idOf(key),
		name,
		email,
		role: kind === 'agent' ? 'agent' : 'end-user',
		active: true,
		locale: 'en-US',
		time_zone: 'Europe/Berlin',
	};
}

export function allUsers() {
	return [ADMIN, ...Object.keys(PEOPLE).map(userOf)];
}

export function ticketRecord(sample: SampleTicket, site: string) {
	const group = GROUPS[CATEGORIES.indexOf(sample.category)];
	const first = sample.messages[0];
	return {
		url: `${site}/api/v2/tickets/${sample.number}.json`,
		id: sample.number,
		external_id: null,
		via: { channel: channelOf(sample), source: { from: {}, to: {}, rel: null } },
		created_at: sample.createdAt,
		updated_at: updatedAt(sample),
		generated_timestamp: seconds(updatedAt(sample)),
		type: 'incident',
		subject: sample.subject,
		raw_subject: sample.subject,
		description: first.body,
		priority: PRIORITIES[sample.priority],
		status: sample.status,
		recipient: null,
		requester_id: idOf(sample.requester),
		submitter_id: idOf(first.from),
		assignee_id: sample.agent === undefined ? null : idOf(sample.agent),
		organization_id: null,
		group_id: group.id,
		collaborator_ids: [],
		follower_ids: [],
		has_incidents: false,
		is_public: first.public,
		due_at: null,
		tags: sample.tags,
		custom_fields: [],
		satisfaction_rating: { score: sample.rating ?? 'unoffered' },
		ticket_form_id: FORMS[0].id,
		brand_id: BRANDS[['payroll', 'policies'].includes(sample.category) ? 1 : 0].id,
		allow_channelback: false,
		from_messaging_channel: channelOf(sample) === 'messaging',
	};
}

export function metricSet(sample: SampleTicket) {
	return {
		id: 40_000 + sample.number,
		ticket_id: sample.number,
		created_at: sample.createdAt,
		updated_at: updatedAt(sample),
		solved_at: sample.resolvedAt ?? null,
		reopens: sample.traits?.includes('reopened') ? 1 : 0,
		replies: sample.messages.filter(({ from }) => isAgent(from)).length,
	};
}

export function commentRecords(sample: SampleTicket, site: string) {
	return sample.messages.map((message, index) => commentRecord(sample, message, index, site));
}

/** Audits as the stream of events gives them: one for each comment, and one for the solution. */
export function ticketEvents(sample: SampleTicket, site: string) {
	const comments = commentRecords(sample, site).map((comment, index) => ({
		...eventOf(sample, index, comment.created_at, comment.author_id),
		child_events: [
			...(index === 0 ? [{ id: comment.id - 1, event_type: 'Create', status: 'new' }] : []),
			{ ...comment, event_type: 'Comment' },
		],
	}));
	if (!sample.resolvedAt) return comments;
	const solved = {
		...eventOf(sample, comments.length, sample.resolvedAt, idOf(sample.agent ?? 'system')),
		child_events: [
			{
				id: sample.number * 1_000_000 + 999,
				event_type: 'Change',
				status: 'solved',
				previous_value: 'open',
			},
		],
	};
	return [...comments, solved];
}

export function authorsOf(sample: SampleTicket) {
	const keys = new Set(sample.messages.map(({ from }) => from));
	return [...keys].filter((key) => key in PEOPLE).map(userOf);
}

export function updatedAt({ createdAt, resolvedAt, messages }: SampleTicket): string {
	return [createdAt, resolvedAt ?? '', ...messages.map(({ at }) => at)].sort().at(-1)!;
}

export function seconds(iso: string): number {
	return Math.floor(Date.parse(iso) / 1_000);
}

function eventOf(sample: SampleTicket, index: number, at: string, updater: number) {
	return {
		id: sample.number * 1_000_000 + index,
		ticket_id: sample.number,
		timestamp: seconds(at),
		created_at: at,
		updater_id: updater,
		via: 'Web form',
		system: {},
		event_type: 'Audit',
	};
}

function commentRecord(sample: SampleTicket, message: SampleMessage, index: number, site: string) {
	const id = sample.number * 1_000 + index * 2 + 1;
	const isTranscript = channelOf(sample) === 'messaging';
	const html = isTranscript
		? wrapped(message.body.split('\n').join('<br>'))
		: message.html === undefined
			? zendeskHtml(message.body)
			: wrapped(message.html);
	return {
		id,
		type: 'Comment',
		author_id: message.from === 'system' ? SYSTEM_AUTHOR : idOf(message.from),
		body: message.body,
		html_body: html,
		plain_body: message.body.replace(/ {2}/g, ' &nbsp;'),
		public: message.public,
		attachments: (message.attachments ?? []).map((name, at) => ({
			id: id * 100 + at,
			file_name: name,
			content_url: `${site}/attachments/token/sandbox/?name=${encodeURIComponent(name)}`,
			content_type: 'application/octet-stream',
			size: 1_024,
		})),
		audit_id: sample.number * 1_000_000 + index,
		via: { channel: channelOf(sample), source: { from: {}, to: {}, rel: null } },
		created_at: message.at,
		metadata: { system: {}, custom: {} },
	};
}

function channelOf({ traits = [] }: SampleTicket): string {
	if (traits.includes('transcript')) return 'messaging';
	return traits.includes('mailQuote') || traits.includes('signature') ? 'email' : 'web';
}

function idOf(key: string): number {
	return IDS.get(key) ?? SYSTEM_AUTHOR;
}

function isAgent(key: string): boolean {
	return PEOPLE[key]?.kind === 'agent';
}
