/** The samples in Jira's own JSON: version 3 of the API (Cloud, ADF) and version 2 (Data Center, wiki markup). */
import { PEOPLE, type SampleMessage, type SampleTicket } from '../samples';

import { adfOf } from './adf';
import type { Row } from './jql';
import { wikiOf } from './wiki';

export type Flavour = 'cloud' | 'dataCenter';

export const PROJECTS = [
	{ id: '10000', key: 'IT', name: 'IT Service Desk', projectTypeKey: 'service_desk' },
	{ id: '10001', key: 'WEB', name: 'Website', projectTypeKey: 'software' },
];
export const ISSUE_TYPES = [
	{ id: '10010', name: 'Service Request' },
	{ id: '10011', name: 'Incident' },
];
export const REQUEST_TYPE = 'customfield_10010';
export const FEEDBACK = 'customfield_10030';
export const LANGUAGE = 'customfield_10031';

const [IT] = PROJECTS;
const STATUSES = {
	open: { id: '1', name: 'Waiting for support', key: 'new', category: 'To Do', categoryId: 2 },
	pending: {
		id: '2',
		name: 'Waiting for customer',
		key: 'indeterminate',
		category: 'In Progress',
		categoryId: 4,
	},
	solved: { id: '3', name: 'Resolved', key: 'done', category: 'Done', categoryId: 3 },
	closed: { id: '4', name: 'Closed', key: 'done', category: 'Done', categoryId: 3 },
};
export const RESOLUTIONS = {
	fixed: { id: '10001', name: 'Fixed' },
	answered: { id: '10000', name: 'Done' },
	duplicate: { id: '10002', name: 'Duplicate' },
	wontFix: { id: '10003', name: "Won't Do" },
	cannotReproduce: { id: '10004', name: 'Cannot Reproduce' },
};
const PRIORITIES = { low: 'Low', normal: 'Medium', high: 'High', urgent: 'Highest' };
const ACCOUNT_TYPES = { agent: 'atlassian', requester: 'customer', app: 'app' };
const INCIDENTS = ['network', 'software', 'hardware'];

/** Names as mention ids. */
const MENTIONS = new Map(
	Object.entries(PEOPLE).map(([handle, { name }]) => [name, accountId(handle)]),
);

export function rowOf(ticket: SampleTicket): Row {
	const status = STATUSES[ticket.status];
	const texts = [ticket.subject, ...ticket.messages.map(({ body }) => body)];
	return {
		id: idOf(ticket),
		number: ticket.number,
		key: keyOf(ticket),
		project: IT,
		status: status.name,
		statusCategory: status.category,
		resolution: ticket.resolution && RESOLUTIONS[ticket.resolution].name,
		resolutionId: ticket.resolution && RESOLUTIONS[ticket.resolution].id,
		issuetype: issueTypeOf(ticket).name,
		priority: PRIORITIES[ticket.priority],
		labels: ticket.tags,
		created: Date.parse(ticket.createdAt),
		updated: Date.parse(updatedAt(ticket)),
		resolved: ticket.resolvedAt === undefined ? undefined : Date.parse(ticket.resolvedAt),
		text: texts.join('\n'),
		summary: ticket.subject,
	};
}

export function keyOf({ number }: SampleTicket): string {
	return `${IT.key}-${number}`;
}

/** An issue with all its fields, comments cut to `inlineComments`. */
export function issueOf(
	ticket: SampleTicket,
	flavour: Flavour,
	base: string,
	inlineComments: number,
) {
	const comments = commentsOf(ticket, flavour, base);
	const version = flavour === 'cloud' ? 3 : 2;
	const fields = {
		summary: ticket.subject,
		description: textOf(ticket.messages[0], flavour),
		comment: {
			comments: comments.slice(0, inlineComments),
			self: `${base}/rest/api/${version}/issue/${idOf(ticket)}/comment`,
			maxResults: Math.min(inlineComments, comments.length),
			total: comments.length,
			startAt: 0,
		},
		...stateOf(ticket, base),
		created: instant(ticket.createdAt),
		updated: instant(updatedAt(ticket)),
		reporter: userOf(ticket.requester, flavour, base),
		creator: userOf(ticket.requester, flavour, base),
		assignee: ticket.agent === undefined ? null : userOf(ticket.agent, flavour, base),
		issuetype: { ...issueTypeOf(ticket), subtask: false },
		labels: ticket.tags,
		components: [{ id: '10050', name: ticket.category }],
		priority: { id: '3', name: PRIORITIES[ticket.priority] },
		project: { ...IT, self: `${base}/rest/api/${version}/project/${IT.id}` },
		attachment: attachmentsOf(ticket),
		...customFieldsOf(ticket),
	};
	return {
		expand: 'renderedFields,names,schema',
		id: String(idOf(ticket)),
		self: `${base}/rest/api/${version}/issue/${idOf(ticket)}`,
		key: keyOf(ticket),
		fields,
	};
}

/** All comments; the internal flag of Data Center comes with `withProperties` only. */
export function commentsOf(
	ticket: SampleTicket,
	flavour: Flavour,
	base: string,
	withProperties = false,
) {
	const version = flavour === 'cloud' ? 3 : 2;
	return ticket.messages.slice(1).map((message, index) => {
		const id = String(idOf(ticket) * 100 + index);
		return {
			self: `${base}/rest/api/${version}/issue/${idOf(ticket)}/comment/${id}`,
			id,
			author: userOf(message.from, flavour, base),
			body: textOf(message, flavour),
			updateAuthor: userOf(message.from, flavour, base),
			created: instant(message.at),
			updated: instant(message.at),
			...(flavour === 'cloud' ? { jsdPublic: message.public } : {}),
			...(withProperties && !message.public
				? { properties: [{ key: 'sd.public.comment', value: { internal: true } }] }
				: {}),
		};
	});
}

export function userOf(handle: string, flavour: Flavour, base: string) {
	const person = PEOPLE[handle];
	const { name, email } = person ?? { name: 'Automation for Jira', email: '' };
	if (flavour === 'dataCenter') {
		return {
			self: `${base}/rest/api/2/user?username=${handle}`,
			name: handle,
			key: `JIRAUSER${handle}`,
			emailAddress: email,
			displayName: name,
			active: true,
			timeZone: 'Europe/Berlin',
		};
	}
	const id = accountId(handle);
	const accountType = ACCOUNT_TYPES[person?.kind ?? 'app'];
	return {
		self: `${base}/rest/api/3/user?accountId=${encodeURIComponent(id)}`,
		accountId: id,
		// Most people keep their address to themselves.
		...(accountType === 'atlassian' ? { emailAddress: email } : {}),
		displayName: name,
		active: true,
		timeZone: 'Europe/Berlin',
		accountType,
	};
}

function accountId(handle: string): string {
	return `712020:${handle}-0000-4000-8000-000000000000`;
}

function idOf({ number }: SampleTicket): number {
	return 10_000 + number;
}

function issueTypeOf({ category }: SampleTicket) {
	return ISSUE_TYPES[INCIDENTS.includes(category) ? 1 : 0];
}

function stateOf({ status, resolution, resolvedAt }: SampleTicket, base: string) {
	const { id, name, key, category, categoryId } = STATUSES[status];
	return {
		status: {
			id,
			name,
			self: `${base}/rest/api/3/status/${id}`,
			statusCategory: { id: categoryId, key, name: category, colorName: 'green' },
		},
		resolution: resolution === undefined ? null : RESOLUTIONS[resolution],
		resolutiondate: resolvedAt === undefined ? null : instant(resolvedAt),
	};
}

function attachmentsOf(ticket: SampleTicket) {
	const names = ticket.messages.flatMap(({ attachments }) => attachments ?? []);
	return names.map((filename, index) => ({ id: `${idOf(ticket)}${index}`, filename }));
}

function customFieldsOf({ category, rating, language }: SampleTicket) {
	return {
		[REQUEST_TYPE]: { requestType: { id: '1', name: `Get help with ${category}` } },
		[FEEDBACK]: rating === undefined ? null : { rating: rating === 'good' ? 5 : 1 },
		[LANGUAGE]: { languageCode: language, displayName: language },
	};
}

function textOf({ body, attachments }: SampleMessage, flavour: Flavour): unknown {
	return flavour === 'cloud' ? adfOf(body, attachments, MENTIONS) : wikiOf(body, attachments);
}

function updatedAt({ messages, resolvedAt, createdAt }: SampleTicket): string {
	return [createdAt, resolvedAt ?? '', ...messages.map(({ at }) => at)].sort().at(-1)!;
}

/** `2026-01-05T10:31:20.000+0000` */
function instant(at: string): string {
	return new Date(at).toISOString().replace('Z', '+0000');
}
