/** A support ticket as no system in particular keeps it; each stand-in writes it in its system's own JSON. */
export interface SampleTicket {
	/** 1-based, in order of creation. */
	number: number;
	subject: string;
	/** Key of `PEOPLE`. */
	requester: string;
	/** Key of `PEOPLE`; absent when nobody took it. */
	agent?: string;
	/** ISO 8601, UTC. */
	createdAt: string;
	resolvedAt?: string;
	status: 'open' | 'pending' | 'solved' | 'closed';
	/** How a solved one ended. */
	resolution?: 'fixed' | 'answered' | 'duplicate' | 'wontFix' | 'cannotReproduce';
	category:
		| 'access'
		| 'hardware'
		| 'software'
		| 'network'
		| 'email'
		| 'payroll'
		| 'policies'
		| 'facilities';
	tags: string[];
	priority: 'low' | 'normal' | 'high' | 'urgent';
	/** The first one is the request itself. */
	messages: SampleMessage[];
	rating?: 'good' | 'bad';
	/** What the ticket is there for, so that a test can find it. */
	traits?: SampleTrait[];
	/** BCP 47. */
	language: string;
}

export type SampleTrait =
	| 'table'
	| 'code'
	| 'log'
	| 'mailQuote'
	| 'signature'
	| 'internalNote'
	| 'secret'
	| 'personalData'
	| 'rightToLeft'
	| 'emoji'
	| 'long'
	| 'exactDuplicate'
	| 'nearDuplicate'
	| 'unresolved'
	| 'noAnswer'
	| 'emptyAnswer'
	| 'severalProblems'
	| 'transcript'
	| 'reopened';

export interface SampleMessage {
	/** Key of `PEOPLE`, or `system`. */
	from: string;
	/** False for an internal note. */
	public: boolean;
	at: string;
	/** Markdown: paragraphs, lists, **strong**, _emphasis_, `code`, fenced code, links, tables, block quotes. */
	body: string;
	/** Mail client's own HTML, quotes and signature included, for the systems that keep HTML. */
	html?: string;
	attachments?: string[];
}

export interface SamplePerson {
	name: string;
	email: string;
	kind: 'requester' | 'agent';
}

export interface SampleArticle {
	number: number;
	title: string;
	/** Markdown. */
	body: string;
	published: boolean;
	category: SampleTicket['category'];
	updatedAt: string;
	author: string;
}
