/** Everything said about a page of cases, in as few requests as Salesforce allows. */
import type { SalesforceClient } from './client';
import { emailSelect, feedSelect, type ObjectFields } from './fields';
import type { FileNames } from './files';
import { fileNames, recordsOf } from './messages';
import { emailQuery, feedQuery } from './query';
import type {
	CaseConversation,
	CaseRecord,
	EmailMessageRecord,
	FeedItemRecord,
	Subquery,
} from './types';

export interface ConversationOptions {
	files: FileNames;
	/** Chatter posts are read too. */
	includeFeed: boolean;
}

/** Ids in one query: each takes 25 characters of an address that may have 16,384. */
const BATCH = 200;

/**
 * @param warn - told what could not be read
 * @returns by id of the case
 */
export async function readConversations(
	client: SalesforceClient,
	cases: readonly CaseRecord[],
	object: ObjectFields,
	options: ConversationOptions,
	warn: (sentence: string) => void,
): Promise<Map<string, CaseConversation>> {
	const conversations = new Map<string, CaseConversation>();
	for (const record of cases) conversations.set(record.Id, await withCase(client, record));
	const ids = [...conversations.keys()];
	if (object.children.has('EmailMessages')) {
		for (const email of await readEmails(client, ids, options.files)) {
			conversations.get(email.ParentId ?? '')?.emails.push(email);
		}
	}
	if (options.includeFeed) {
		for (const item of await readFeed(client, ids, warn)) {
			conversations.get(item.ParentId ?? '')?.feedItems.push(item);
		}
	}
	return conversations;
}

async function withCase(client: SalesforceClient, record: CaseRecord): Promise<CaseConversation> {
	return {
		comments: await client.subquery(record.CaseComments),
		emails: [],
		feedItems: [],
		attachments: fileNames(
			await client.subquery(record.Attachments),
			await client.subquery(record.ContentDocumentLinks),
		),
	};
}

async function readEmails(
	client: SalesforceClient,
	caseIds: readonly string[],
	fileNames: FileNames,
): Promise<EmailMessageRecord[]> {
	const object = await client.fieldsOf('EmailMessage');
	const emails: EmailMessageRecord[] = [];
	for (const ids of batches(caseIds)) {
		const batch = await fileNames.ask(async (files) => {
			const soql = emailQuery(emailSelect(object, files), ids);
			return await client.queryAll<EmailMessageRecord>(soql);
		});
		for (const email of batch) {
			emails.push({
				...email,
				Attachments: await whole(client, email.Attachments),
				ContentDocumentLinks: await whole(client, email.ContentDocumentLinks),
			});
		}
	}
	return emails;
}

async function readFeed(
	client: SalesforceClient,
	caseIds: readonly string[],
	warn: (sentence: string) => void,
): Promise<FeedItemRecord[]> {
	const object = await client.fieldsIfAny('FeedItem');
	if (!object) {
		warn('Chatter is not switched on or not visible to this user: its posts were not read');
		return [];
	}
	const select = feedSelect(object);
	const items: FeedItemRecord[] = [];
	for (const ids of batches(caseIds)) {
		for (const item of await client.queryAll<FeedItemRecord>(feedQuery(select, ids))) {
			items.push({ ...item, FeedComments: await whole(client, item.FeedComments) });
		}
	}
	return items;
}

async function whole<T>(
	client: SalesforceClient,
	result: Subquery<T> | undefined,
): Promise<Subquery<T>> {
	if (!result) return null;
	const records = result.nextRecordsUrl ? await client.subquery(result) : recordsOf(result);
	return { totalSize: records.length, done: true, records };
}

function batches(ids: readonly string[]): string[][] {
	const count = Math.ceil(ids.length / BATCH);
	return Array.from({ length: count }, (_, index) => ids.slice(index * BATCH, (index + 1) * BATCH));
}
