/** What the extraction of questions and answers takes and gives. */
import type { TicketRole } from '../tickets/types';

/** One message of a ticket, as far as it matters here. */
export interface SourceMessage {
	role: TicketRole;
	public: boolean;
	text: string;
	createdAt?: string;
}

/** A ticket, or a record that was read as one: everything that a pair can be made of. */
export interface PairSource {
	title: string;
	/** What was asked; may be empty where the messages hold it. */
	question: string;
	/** In order of time. */
	messages: SourceMessage[];
	/** The answer that was written down on closing, or the answer field of a record. */
	resolutionText?: string;
	/** How it ended, in the system's own words. */
	status?: string;
	/** Undefined where nobody says so. */
	resolved?: boolean;
	language?: string;
	category?: string;
	/** What goes on to every pair of it. */
	origin: PairOrigin;
}

/** Where a pair comes from, and what later steps need to know of its ticket. */
export interface PairOrigin {
	/** The ticket system. */
	source?: string;
	sourceId?: string;
	sourceKey?: string;
	sourceUrl?: string;
	tags?: string[];
	rating?: string;
	createdAt?: string;
	resolvedAt?: string;
	/** Names and addresses in the ticket, to be masked wherever they stand. */
	people?: string[];
}

/** A question and its answer, as they are found in a ticket. */
export interface QaPair {
	question: string;
	answer: string;
	solved: boolean;
	/** BCP 47, as the model or the ticket says. */
	language?: string;
	category?: string;
	/** From 0 to 1; absent without a model. */
	confidence?: number;
}

/** Why a ticket or a pair is not among the pairs. */
export type LeftOutReason =
	| 'unresolved'
	| 'no_question'
	| 'no_answer'
	| 'no_pairs'
	| 'too_many'
	| 'low_confidence'
	| 'invalid_answer'
	| 'cut_off'
	| 'refused'
	| 'too_long'
	| 'cost_limit'
	| 'not_asked';

/** One thing that was left out: a whole ticket, or a pair of it. */
export interface LeftOut {
	reason: LeftOutReason;
	/** For people: what was wrong, and what to do where something can be done. */
	detail: string;
	pair?: QaPair;
}

/** What became of one ticket. */
export interface TicketOutcome {
	pairs: QaPair[];
	leftOut: LeftOut[];
}
