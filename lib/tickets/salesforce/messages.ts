/** Comments, mails and posts as messages of a ticket. */
import type { TicketMessage, TicketRole } from '../types';
import { isoOf } from '../values';

import { optional, plain, rich, type TextOptions, textOf } from './text';
import type {
	AttachmentRecord,
	CaseCommentRecord,
	CaseConversation,
	CaseRecord,
	EmailMessageRecord,
	FeedCommentRecord,
	FeedItemRecord,
	FileLinkRecord,
	Subquery,
	UserReference,
} from './types';

/**
 * In order of time.
 *
 * @param people - gets the names and addresses that are found
 */
export function allMessages(
	record: CaseRecord,
	{ comments, emails, feedItems }: CaseConversation,
	options: TextOptions,
	people: Set<string>,
): TicketMessage[] {
	addPeople(people, record.Contact?.Name, record.Contact?.Email);
	addPeople(people, record.SuppliedName, record.SuppliedEmail);
	addPeople(people, record.Owner?.Name, nameOf(record.CreatedBy));
	const drafts: Draft[] = [
		...comments.map((comment) => fromComment(comment, options)),
		...emails.map((email) => fromEmail(email, options)),
		...feedItems.flatMap((item) => fromFeed(item, options)),
	];
	for (const { CreatedBy } of [...comments, ...feedItems]) addPeople(people, nameOf(CreatedBy));
	for (const { FromName, FromAddress } of emails) addPeople(people, FromName, FromAddress);
	return drafts
		.filter(({ text, attachments }) => text !== '' || attachments)
		.sort((a, b) => a.at - b.at)
		.map(({ at: _at, ...message }) => message);
}

interface Draft extends TicketMessage {
	/** Milliseconds since the epoch. */
	at: number;
}

function fromComment(comment: CaseCommentRecord, options: TextOptions): Draft {
	return {
		id: comment.Id,
		role: roleOf(comment.CreatedBy),
		public: comment.IsPublished === true,
		...authorAndTime(comment.CreatedById, comment.CreatedDate),
		text: plain(comment.CommentBody, options),
	};
}

/** The plain part of a mail says the same as the other one, without its markup. */
function fromEmail(email: EmailMessageRecord, options: TextOptions): Draft {
	const text = textOf(email.TextBody).trim();
	const links = recordsOf(email.ContentDocumentLinks);
	const attachments = fileNames(recordsOf(email.Attachments), links);
	return {
		id: email.Id,
		role: email.Incoming === true ? 'requester' : 'agent',
		public: email.IsExternallyVisible !== false,
		...authorAndTime(
			email.FromAddress ?? email.CreatedById,
			email.MessageDate ?? email.CreatedDate,
		),
		text: text ? plain(text, options) : rich(email.HtmlBody, options),
		...(attachments.length > 0 ? { attachments } : {}),
	};
}

/** A post and its comments, which are as visible as the post is. Without customers in the feed all of it is internal. */
function fromFeed(item: FeedItemRecord, options: TextOptions): Draft[] {
	const isPublic = item.Visibility === 'AllUsers';
	const message = (
		post: FeedItemRecord | FeedCommentRecord,
		body: string | null | undefined,
	): Draft => ({
		id: post.Id,
		role: roleOf(post.CreatedBy),
		public: isPublic,
		...authorAndTime(post.CreatedById, post.CreatedDate),
		text: post.IsRichText === true ? rich(body, options) : plain(body, options),
	});
	const comments = recordsOf(item.FeedComments);
	return [
		message(item, item.Body),
		...comments.map((comment) => message(comment, comment.CommentBody)),
	];
}

/** Automated Process and its like are nobody. */
function nameOf(user: UserReference | null | undefined): string | null | undefined {
	return user && roleOf(user) === 'system' ? undefined : user?.Name;
}

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_user.htm */
function roleOf(user: UserReference | null | undefined): TicketRole {
	const type = user?.UserType;
	if (!type || type === 'Standard') return 'agent';
	return CUSTOMERS.has(type) ? 'requester' : 'system';
}

const CUSTOMERS = new Set([
	'CspLitePortal',
	'CustomerSuccess',
	'PowerCustomerSuccess',
	'PowerPartner',
	'Guest',
	'SelfService',
	'CsnOnly',
]);

/** Names of attachments and files. */
export function fileNames(
	attachments: readonly AttachmentRecord[],
	links: readonly FileLinkRecord[],
): string[] {
	const files = links.map(({ ContentDocument: file }) => {
		const title = textOf(file?.Title);
		const ending = textOf(file?.FileExtension) && `.${textOf(file?.FileExtension)}`;
		return title.toLowerCase().endsWith(ending.toLowerCase()) ? title : `${title}${ending}`;
	});
	const names = [...attachments.map(({ Name }) => textOf(Name)), ...files];
	return [...new Set(names.filter((name) => name !== ''))];
}

/** The records that came within a subquery; further pages have been read into it. */
export function recordsOf<T>(result: Subquery<T> | undefined): T[] {
	const records = Array.isArray(result?.records) ? result.records : [];
	return records.filter((record) => typeof record === 'object' && record !== null);
}

function authorAndTime(author: string | null | undefined, time: string | null | undefined) {
	const createdAt = isoOf(time);
	return {
		...optional('authorId', author),
		...optional('createdAt', createdAt),
		at: createdAt ? Date.parse(createdAt) : 0,
	};
}

function addPeople(people: Set<string>, ...names: unknown[]): void {
	for (const name of names) {
		if (typeof name === 'string' && name.trim() !== '') people.add(name.trim());
	}
}
