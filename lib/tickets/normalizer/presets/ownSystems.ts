/** Records of the systems that have a node of their own here, as n8n's built-in nodes give them. */
import { parseJournal } from '../../../text/journal';
import { ticketOf } from '../../jira/normalize';
import type { JiraComment, JiraIssue } from '../../jira/types';
import { toTicket as caseTicket } from '../../salesforce/normalize';
import type { CaseRecord } from '../../salesforce/types';
import { articleTicket, taskTicket } from '../../serviceNow/normalize';
import { TABLES } from '../../serviceNow/tables';
import type { JournalEntry, RecordKind } from '../../serviceNow/types';
import { toTicket as zendeskTicket } from '../../zendesk/normalize';
import type { ZendeskComment, ZendeskTicket, ZendeskUser } from '../../zendesk/types';
import type { Normalize, NormalizerOptions, SourceRecord } from '../types';
import { at, isRecord, iso, records, text } from '../values';
import { messagesOf } from './desks';

/** An issue of the Jira node (REST v2, wiki markup) or of REST v3 (ADF), with the comments it holds. */
export const jira: Normalize = (record, options) => {
	const siteUrl = options.siteUrl ?? originOf(record.self) ?? '';
	const comments = messagesOf(record, options, 'fields.comment.comments', 'comments');
	const reporter = at(record, 'fields.reporter', 'fields.creator');
	const isCloud = at(reporter, 'accountId') !== undefined || /\.atlassian\.net/.test(siteUrl);
	const ticket = ticketOf(record as JiraIssue, comments as JiraComment[], {
		...options,
		siteUrl,
		deployment: isCloud ? 'cloud' : 'dataCenter',
		customFields: {},
	});
	return { ticket: withUrl(ticket, siteUrl) };
};

/**
 * A ticket of the Zendesk node, which brings no comments: they come from Get Many of this package's own node, or
 * merged in from `/tickets/{id}/comments.json?include=users`. Without them the description is the question.
 */
export const zendesk: Normalize = (record, options) => {
	const ticket = record as unknown as ZendeskTicket;
	const site = options.siteUrl ?? originOf(record.url) ?? '';
	const found = messagesOf(record, options, 'comments');
	const comments = found.length > 0 ? found : [descriptionComment(record)];
	const users = records(at(record, 'users')).map((user) => [Number(user.id), user] as const);
	const conversation = {
		ticket,
		comments: comments as unknown as ZendeskComment[],
		users: new Map(users) as unknown as ReadonlyMap<number, ZendeskUser>,
	};
	return { ticket: withUrl(zendeskTicket(conversation, { ...options, site }), site) };
};

function descriptionComment(record: SourceRecord): SourceRecord {
	return {
		id: 0,
		author_id: record.requester_id,
		body: record.description,
		plain_body: record.description,
		public: true,
		created_at: record.created_at,
	};
}

/** A record of the ServiceNow node; comments from the display text of `comments` and `work_notes`. */
export const serviceNow: Normalize = (record, options) => {
	const kind = serviceNowKind(record);
	const site = options.siteUrl ?? '';
	if (kind === 'knowledgeArticle') {
		const ticket = articleTicket(site, TABLES[kind], { row: record }, options);
		return {
			ticket: withUrl(ticket, site),
			published: text(at(record, 'workflow_state')) === 'published',
		};
	}
	const entries = (['comments', 'work_notes'] as const).flatMap((element) =>
		journalOf(record, element),
	);
	return {
		ticket: withUrl(taskTicket(site, TABLES[kind], { row: record, entries }, options), site),
	};
};

function serviceNowKind(record: SourceRecord): RecordKind {
	const number = text(at(record, 'number.value', 'number'));
	if (/^KB/i.test(number) || record.kb_knowledge_base !== undefined) return 'knowledgeArticle';
	if (/^RITM/i.test(number)) return 'requestItem';
	return /^CS/i.test(number) ? 'case' : 'incident';
}

function journalOf(record: SourceRecord, element: JournalEntry['element']): JournalEntry[] {
	const blob = text(at(record, `${element}.display_value`, element));
	return parseJournal(blob).map((entry, index) => ({
		id: `${element}-${index + 1}`,
		recordId: text(at(record, 'sys_id.value', 'sys_id')),
		element,
		author: entry.author,
		createdAt: iso(entry.createdAt),
		text: entry.text,
	}));
}

/** A Case of the Salesforce node or of a SOQL query, with the comments and mails that a subquery or a merge brought. */
export const salesforce: Normalize = (record, options) => {
	const baseUrl = options.siteUrl ?? '';
	const conversation = {
		comments: commentsOf(record, options),
		emails: subquery(record, 'EmailMessages'),
		feedItems: [],
		attachments: [],
	};
	const ticket = caseTicket(record as unknown as CaseRecord, conversation as never, {
		...options,
		baseUrl,
	});
	return { ticket: withUrl(ticket, baseUrl) };
};

function commentsOf(record: SourceRecord, options: NormalizerOptions): SourceRecord[] {
	return options.messagesField ? messagesOf(record, options) : subquery(record, 'CaseComments');
}

function subquery(record: SourceRecord, name: string): SourceRecord[] {
	const value = record[name];
	return records(isRecord(value) ? value.records : value);
}

/** A path without a site is no address. */
function withUrl<T extends { url?: string }>(ticket: T, siteUrl: string): T {
	return siteUrl === '' ? { ...ticket, url: undefined } : ticket;
}

function originOf(address: unknown): string | undefined {
	const value = text(address);
	return URL.canParse(value) ? new URL(value).origin : undefined;
}
