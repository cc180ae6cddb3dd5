import type { TicketRole } from '../types';

import { valueOf } from './cells';
import type { TableDefinition } from './tables';
import type { JournalEntry, Row } from './types';

/** Users that stand for the instance itself and for mail from nobody it knows. */
const NOBODY = new Set(['', 'system', 'guest', 'system administrator (system)']);
/** The first line that inbound mail actions write: `reply from: jane@example.com`. */
const MAIL_LINE =
	/^\s*(?:reply|received) from:\s*<?([^\s<>]{1,320}@[^\s<>]{1,255})>?[^\S\n]*(?:\r?\n|$)/i;

/** Tells those who ask from those who answer, in one record. */
export class Roles {
	private readonly requesters: Set<string>;

	/** Names and addresses of everybody the record refers to. */
	readonly people: string[];

	constructor(row: Row, table: TableDefinition) {
		this.requesters = new Set(lower(table.requesters.flatMap((person) => identities(row, person))));
		const agents = new Set(lower(table.agents.flatMap((person) => identities(row, person))));
		const opener = valueOf(row, 'sys_created_by').toLowerCase();
		// Who may not see users cannot see the requester's user name; whoever opened the record is the best guess.
		if (this.requesters.size === 0 && !agents.has(opener)) this.requesters.add(opener);
		this.people = [
			...new Set(
				[...table.requesters, ...table.agents]
					.flatMap((person) => [valueOf(row, `${person}.name`), valueOf(row, `${person}.email`)])
					.filter((text) => text !== ''),
			),
		];
	}

	/** Of an entry, with its text without the line that names the sender of a mail. */
	of({ author, text }: Pick<JournalEntry, 'author' | 'text'>): {
		role: TicketRole;
		text: string;
		address?: string;
	} {
		const mail = MAIL_LINE.exec(text);
		const address = mail?.[1];
		const rest = mail ? text.slice(mail[0].length) : text;
		const names = lower([author, address ?? '']).filter((name) => name !== '');
		if (names.some((name) => this.requesters.has(name))) {
			return { role: 'requester', text: rest, address };
		}
		// A mail from an address that no agent has came from outside; mail of agents carries their user name.
		if (NOBODY.has(author.toLowerCase())) {
			return { role: address ? 'requester' : 'system', text: rest, address };
		}
		return { role: 'agent', text: rest, address };
	}
}

function identities(row: Row, person: string): string[] {
	return ['name', 'email', 'user_name']
		.map((part) => valueOf(row, `${person}.${part}`))
		.filter((text) => text !== '');
}

function lower(texts: string[]): string[] {
	return texts.map((text) => text.toLowerCase());
}
