/** From an issue of Jira to a Ticket. */
import type { Ticket } from '../types';
import { isoOf, listOf, textOf, unique } from '../values';
import { conversationOf, type CommentRules } from './comments';
import { type CustomFields, languageOf, ratingOf, requestTypeOf } from './customFields';
import { namesOf, userId } from './people';
import { jiraText } from './text';
import type { JiraComment, JiraFields, JiraIssue } from './types';

export interface TicketRules extends CommentRules {
	/** Where people open issues: `https://acme.atlassian.net`. */
	siteUrl: string;
	customFields: CustomFields;
	includeRaw: boolean;
}

/** What every search asks for; without it Cloud sends ids only. */
export const ISSUE_FIELDS = [
	'summary',
	'description',
	'comment',
	'status',
	'resolution',
	'resolutiondate',
	'created',
	'updated',
	'reporter',
	'creator',
	'assignee',
	'issuetype',
	'labels',
	'components',
	'priority',
	'project',
	'attachment',
];

/** @param comments - all that Jira has of the issue; those in the issue itself may be cut. */
export function ticketOf(issue: JiraIssue, comments: JiraComment[], rules: TicketRules): Ticket {
	const fields: JiraFields = issue.fields ?? {};
	const reporter = fields.reporter ?? fields.creator;
	const question = jiraText(fields.description, rules.stripQuotes);
	const { messages, leftOut, people } = conversationOf(comments, userId(reporter), rules);
	const key = textOf(issue.key) ?? String(issue.id ?? '');
	return {
		source: 'jira',
		id: String(issue.id ?? key),
		key,
		url: `${rules.siteUrl}/browse/${encodeURIComponent(key)}`,
		title: textOf(fields.summary) ?? '',
		question: question.text,
		messages,
		...stateOf(fields),
		...classOf(fields, rules.customFields),
		createdAt: isoOf(fields.created),
		updatedAt: isoOf(fields.updated),
		resolvedAt: isoOf(fields.resolutiondate),
		people: unique([
			...[fields.reporter, fields.creator, fields.assignee].flatMap(namesOf),
			...people,
			...question.mentions,
		]),
		...attachmentsOf(fields, question.attachments),
		...(Object.keys(leftOut).length > 0 ? { leftOut } : {}),
		...(rules.includeRaw ? { raw: rawOf(issue, comments) } : {}),
	};
}

/** Done in whatever words the workflow has for it, and with a resolution: see `jiraQuery`. */
function stateOf({ status, resolution }: JiraFields) {
	const outcome = textOf(resolution?.name);
	return {
		status: textOf(status?.name) ?? '',
		resolved: status?.statusCategory?.key === 'done' && outcome !== undefined,
		resolution: outcome,
	};
}

function classOf(fields: JiraFields, custom: CustomFields) {
	return {
		kind: textOf(fields.issuetype?.name),
		category: requestTypeOf(fields, custom) ?? textOf(listOf(fields.components)[0]?.name),
		priority: textOf(fields.priority?.name),
		tags: listOf(fields.labels).map(String),
		language: languageOf(fields, custom),
		rating: ratingOf(fields, custom),
	};
}

function attachmentsOf({ attachment }: JiraFields, named: string[]): { attachments?: string[] } {
	const files = listOf(attachment).map(({ filename }) => textOf(filename) ?? '');
	const attachments = unique([...files, ...named]);
	return attachments.length > 0 ? { attachments } : {};
}

/** As Jira sent it, with all comments. */
function rawOf(issue: JiraIssue, comments: JiraComment[]): unknown {
	const comment = { ...issue.fields?.comment, comments, total: comments.length };
	return { ...issue, fields: { ...issue.fields, comment } };
}
