/** The sample tickets as Salesforce keeps cases. */
import { PEOPLE, type SampleMessage, type SamplePerson, type SampleTicket } from '../samples';

import type { Row, Tables } from './evaluate';
import { recordId } from './ids';
import { RECORD_TYPES, SCHEMA } from './schema';

const DESCRIPTION_CHARS = 32_000;
const COMMENT_BYTES = 4_000;
const STATUS = { open: 'New', pending: 'Waiting on Customer', solved: 'Solved', closed: 'Closed' };
const PRIORITY = { low: 'Low', normal: 'Medium', high: 'High', urgent: 'High' };
const LANGUAGES: Record<string, string> = { en: 'en_US' };
const SUPPORT = 'support@alderbrook.example';

/** Tables by object; every second ticket, and every one with markup or long texts, came by mail. */
export function tablesOf(tickets: readonly SampleTicket[]): Tables {
	const writer = new Writer();
	for (const ticket of tickets) writer.addTicket(ticket);
	return writer.tables;
}

class Writer {
	readonly tables: Tables = new Map(Object.keys(SCHEMA).map((name) => [name, []]));

	private readonly users = new Map<string, string>();

	private readonly contacts = new Map<string, string>();

	constructor() {
		for (const [key, person] of Object.entries(PEOPLE)) this.addPerson(key, person);
		this.users.set(
			'system',
			this.add('User', '005', {
				Name: 'Automated Process',
				Email: null,
				UserType: 'AutomatedProcess',
			}),
		);
		for (const { Name, DeveloperName } of RECORD_TYPES)
			this.add('RecordType', '012', { Name, DeveloperName });
	}

	addTicket(ticket: SampleTicket): void {
		const byMail = isByMail(ticket);
		const id = this.add('Case', '500', this.caseOf(ticket, byMail));
		const [{ attachments = [] }] = ticket.messages;
		for (const name of byMail ? [] : attachments) {
			this.add('Attachment', '00P', { ParentId: id, Name: name });
		}
		ticket.messages.forEach((message, index) => {
			if (byMail && message.public) this.addMail(id, ticket, message);
			else if (index > 0) this.addComment(id, message);
		});
		if (byMail) this.addDraft(id, ticket);
		else this.addPosts(id, ticket);
	}

	private caseOf(ticket: SampleTicket, byMail: boolean): Row {
		const { category, resolution, status } = ticket;
		const isClosed = status === 'solved' || status === 'closed';
		const isForHr = category === 'payroll' || category === 'policies';
		return {
			CaseNumber: String(1000 + ticket.number).padStart(8, '0'),
			Subject: ticket.subject,
			Description: ticket.messages[0].body.slice(0, DESCRIPTION_CHARS),
			Status: STATUS[status],
			IsClosed: isClosed,
			ClosedDate: isClosed ? moment(ticket.resolvedAt ?? ticket.createdAt) : null,
			Origin: byMail ? 'Email' : 'Web',
			Reason: capitalised(category),
			Priority: PRIORITY[ticket.priority],
			Type: 'Problem',
			Language: LANGUAGES[ticket.language] ?? ticket.language,
			ContactId: this.contacts.get(ticket.requester) ?? null,
			SuppliedName: null,
			SuppliedEmail: PEOPLE[ticket.requester]?.email ?? null,
			OwnerId: this.user(ticket.agent ?? 'system'),
			RecordTypeId: recordId('012', isForHr ? 2 : 1),
			CreatedById: this.user(byMail ? 'system' : ticket.requester),
			CreatedDate: moment(ticket.createdAt),
			LastModifiedDate: moment(ticket.resolvedAt ?? ticket.messages.at(-1)!.at),
			Product__c: ticket.tags[0] ?? null,
			Resolution__c: isClosed && resolution ? `<p>Ended as <b>${resolution}</b></p>` : null,
		};
	}

	private addMail(caseId: string, ticket: SampleTicket, message: SampleMessage): void {
		const person = PEOPLE[message.from];
		const incoming = person?.kind !== 'agent';
		const id = this.add('EmailMessage', '02s', {
			ParentId: caseId,
			Incoming: incoming,
			FromAddress: incoming ? (person?.email ?? SUPPORT) : SUPPORT,
			FromName: person?.name ?? 'Automated Process',
			ToAddress: incoming ? SUPPORT : (PEOPLE[ticket.requester]?.email ?? null),
			Subject: ticket.subject,
			// A mail without a plain part.
			TextBody: message.html === undefined ? message.body : null,
			HtmlBody: message.html ?? null,
			MessageDate: moment(message.at),
			Status: incoming ? '1' : '3',
			IsExternallyVisible: true,
			CreatedById: this.user(incoming ? 'system' : message.from),
			CreatedDate: moment(message.at),
		});
		for (const name of message.attachments ?? []) this.addFile(id, name);
	}

	/** What an agent has begun and not sent. */
	private addDraft(caseId: string, ticket: SampleTicket): void {
		const at = moment(ticket.messages.at(-1)!.at);
		this.add('EmailMessage', '02s', {
			ParentId: caseId,
			Incoming: false,
			FromAddress: SUPPORT,
			FromName: null,
			ToAddress: null,
			Subject: ticket.subject,
			TextBody: 'DRAFT-NEVER-SENT',
			HtmlBody: null,
			MessageDate: at,
			Status: '5',
			IsExternallyVisible: false,
			CreatedById: this.user(ticket.agent ?? 'system'),
			CreatedDate: at,
		});
	}

	/** A comment has 4,000 bytes; longer ones become several. Each also stands in the feed. */
	private addComment(caseId: string, message: SampleMessage): void {
		for (const text of inBytes(message.body)) {
			const created = { CreatedById: this.user(message.from), CreatedDate: moment(message.at) };
			this.add('CaseComment', '00a', {
				ParentId: caseId,
				CommentBody: text,
				IsPublished: message.public,
				...created,
			});
			this.add('FeedItem', '0D5', {
				ParentId: caseId,
				Body: text,
				Type: 'CaseCommentPost',
				IsRichText: false,
				Visibility: message.public ? 'AllUsers' : 'InternalUsers',
				...created,
			});
		}
		for (const name of message.attachments ?? []) this.addFile(caseId, name);
	}

	/** What the team says in Chatter about a case that came by the web. */
	private addPosts(caseId: string, ticket: SampleTicket): void {
		if (!ticket.agent) return;
		const created = {
			CreatedById: this.user(ticket.agent),
			CreatedDate: moment(ticket.messages.at(-1)!.at),
		};
		const post = { ParentId: caseId, Type: 'TextPost', IsRichText: true, ...created };
		const id = this.add('FeedItem', '0D5', {
			...post,
			Body: '<p>CHATTER-PUBLIC: see <b>the guide</b> too.</p>',
			Visibility: 'AllUsers',
		});
		this.add('FeedComment', '0D7', {
			FeedItemId: id,
			CommentBody: 'CHATTER-REPLY',
			IsRichText: false,
			...created,
		});
		this.add('FeedItem', '0D5', {
			...post,
			Body: '<p>CHATTER-INTERNAL</p>',
			Visibility: 'InternalUsers',
		});
	}

	private addFile(linkedTo: string, name: string): void {
		const [, title, ending] = /^(.*?)(?:\.([^.]*))?$/s.exec(name)!;
		const file = this.add('ContentDocument', '069', {
			Title: title,
			FileExtension: ending ?? null,
		});
		this.add('ContentDocumentLink', '06A', { LinkedEntityId: linkedTo, ContentDocumentId: file });
	}

	private addPerson(key: string, { name, email, kind }: SamplePerson): void {
		const UserType = kind === 'agent' ? 'Standard' : 'CspLitePortal';
		this.users.set(key, this.add('User', '005', { Name: name, Email: email, UserType }));
		if (kind === 'requester')
			this.contacts.set(key, this.add('Contact', '003', { Name: name, Email: email }));
	}

	private user(key: string): string {
		return this.users.get(key) ?? this.users.get('system')!;
	}

	private add(object: string, prefix: string, row: Row): string {
		const table = this.tables.get(object)!;
		const id = recordId(prefix, table.length + 1);
		table.push({ Id: id, ...row });
		return id;
	}
}

function isByMail({ number, messages }: SampleTicket): boolean {
	return (
		number % 2 === 0 ||
		messages.some(({ html, body }) => html !== undefined || body.length > COMMENT_BYTES)
	);
}

function moment(iso: string): string {
	return new Date(iso).toISOString().replace('Z', '+0000');
}

function capitalised(word: string): string {
	return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function inBytes(text: string): string[] {
	const parts: string[] = [];
	let part = '';
	let bytes = 0;
	for (const character of text) {
		const size = Buffer.byteLength(character);
		if (bytes + size > COMMENT_BYTES) {
			parts.push(part);
			part = '';
			bytes = 0;
		}
		part += character;
		bytes += size;
	}
	return [...parts, part];
}
