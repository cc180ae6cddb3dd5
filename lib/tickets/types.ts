/** What every ticket system is brought to, and what a reader of one has to offer. */

export type TicketRole = 'requester' | 'agent' | 'system';

export interface TicketMessage {
	id: string;
	role: TicketRole;
	/** False for internal notes and comments that only some may see. */
	public: boolean;
	authorId?: string;
	/** ISO 8601, UTC. */
	createdAt?: string;
	/** Markdown, without quoted mail and signatures. */
	text: string;
	/** File names. */
	attachments?: string[];
}

/** One request for help with everything said about it, or one page of a knowledge base. */
export interface Ticket {
	/** `jira`, `zendesk`, `serviceNow`, `salesforce`, or the preset of the normalizer. */
	source: string;
	/** The system's own id; never changes. */
	id: string;
	/** What people call it: `IT-42`, `INC0010023`. */
	key: string;
	/** Where a person can open it. */
	url?: string;
	title: string;
	/** What was asked, as Markdown: the description, or the requester's first message. */
	question: string;
	/** In order of time, without the question where the system keeps it apart. */
	messages: TicketMessage[];
	/** In the system's own words. */
	status: string;
	resolved: boolean;
	/** How it ended, in the system's own words: `Fixed`, `Solved (Permanently)`. */
	resolution?: string;
	/** The answer that an agent wrote down on closing, as Markdown (ServiceNow's close notes, the body of a page). */
	resolutionText?: string;
	/** Type of record: `incident`, `case`, `article`. */
	kind?: string;
	category?: string;
	priority?: string;
	tags: string[];
	/** ISO 8601, UTC. */
	createdAt?: string;
	updatedAt?: string;
	resolvedAt?: string;
	/** BCP 47, where the system knows it. */
	language?: string;
	/** Good or bad, where the requester said so. */
	rating?: 'good' | 'bad';
	/** Names and addresses that the ticket itself gives for people, so that they can be masked wherever they stand. */
	people: string[];
	attachments?: string[];
	/** Parts of the ticket that were left out, by reason, e.g. `{internal_note: 2}`. */
	leftOut?: Record<string, number>;
	/** The system's own record, on request. */
	raw?: unknown;
}

/** Where a page begins, in whatever terms the system has for it. Plain JSON. */
export type Position = Record<string, unknown>;

export interface TicketPage {
	tickets: Ticket[];
	/** Where the next page begins; absent on the last one. A page may be empty and yet have a next one. */
	next?: Position;
	/** On the last page: where a later run goes on for what is new or changed. Without it that page is read again. */
	end?: Position;
	/** Tickets that the system sent and the reader did not hand on, by reason, e.g. `{deleted: 3}`. */
	leftOut?: Record<string, number>;
	/** Sentences for the user, e.g. that internal notes could not be read. */
	warnings?: string[];
}

/** One query to one system. */
export interface TicketReader {
	/**
	 * What the query is, so that a cursor of another one can be refused: the system, the site and all filters.
	 * Plain JSON without secrets.
	 */
	query: Record<string, unknown>;
	/** The page at a position, the first one without. Reading a position again gives the same page or a later state of it. */
	readPage(position: Position | undefined): Promise<TicketPage>;
	/**
	 * Where tickets come in the order in which they change: the moment by which a ticket is ordered. When it has moved
	 * on, the ticket is handed on again; without it each ticket comes once.
	 */
	momentOf?(ticket: Ticket): string | undefined;
}

/** How many tickets a query has; `exact` is false where the system only estimates. */
export interface TicketCount {
	count: number;
	exact: boolean;
}
