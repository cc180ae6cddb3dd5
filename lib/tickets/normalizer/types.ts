import type { Ticket } from '../types';

/** A record as some other node gave it. */
export type SourceRecord = Record<string, unknown>;

export type Preset =
	| 'confluence'
	| 'fields'
	| 'freshdesk'
	| 'gitHub'
	| 'hubSpot'
	| 'intercom'
	| 'jira'
	| 'notion'
	| 'salesforce'
	| 'serviceNow'
	| 'zendesk';

export interface NormalizerOptions {
	includeInternalNotes: boolean;
	includeRaw: boolean;
	stripQuotes: boolean;
	/** Path of the list of messages in the record, where it was fetched apart and merged in. */
	messagesField?: string;
	/** For links to tickets, where the record itself holds no address. */
	siteUrl?: string;
	/** Where things lie, for the preset `fields`. */
	fields?: FieldMap;
}

/** Paths into the record, e.g. `customer.name`; those left out are not read. */
export interface FieldMap {
	id?: string;
	key?: string;
	url?: string;
	title?: string;
	question?: string;
	answer?: string;
	status?: string;
	/** Values of `status` that mean resolved; any by default. */
	resolvedValues?: string[];
	tags?: string;
	category?: string;
	createdAt?: string;
	resolvedAt?: string;
	language?: string;
	/** Paths of names and addresses of people, for redaction. */
	people?: string[];
}

export interface Normalized {
	ticket: Ticket;
	/** False for drafts, archived pages and the like. Absent where the source knows no such thing. */
	published?: boolean;
	/** The source sent only the beginning of the text. */
	isCut?: boolean;
}

export type Normalize = (record: SourceRecord, options: NormalizerOptions) => Normalized;
