/** ServiceNow's Table API, https://www.servicenow.com/docs/bundle/zurich-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html */

export type RecordKind = 'incident' | 'case' | 'requestItem' | 'knowledgeArticle';

/**
 * One record. With `sysparm_display_value=all` every column is `{display_value, value}`, else a text; columns that
 * do not exist are missing. Dot-walked columns stand beside the others: `caller_id.user_name`.
 */
export type Row = Record<string, unknown>;

/** One comment or work note, from the journal or from the display text of a record. */
export interface JournalEntry {
	id: string;
	/** `sys_id` of the record it belongs to. */
	recordId: string;
	/** Comments are seen by requesters, work notes are not. */
	element: 'comments' | 'work_notes';
	/** User name in the journal, display name in a display text. */
	author: string;
	/** ISO 8601, UTC; absent where a display text has dates in a form of its own. */
	createdAt?: string;
	text: string;
}

/** Filters in the instance's own terms; dates in milliseconds since the epoch. */
export interface ServiceNowFilters {
	encodedQuery?: string;
	/** Names or values of states; empty for those that mean resolved, `*` for all. */
	states?: string[];
	/** Values of the category column, names of the category for articles. */
	categories?: string[];
	/** Names or sys_ids. */
	assignmentGroups?: string[];
	/** Names of labels; a record needs one of them. */
	tags?: string[];
	createdAfter?: number;
	createdBefore?: number;
	updatedAfter?: number;
}

/** What becomes of the texts, and what is read besides the records. */
export interface ServiceNowOptions {
	includeInternalNotes: boolean;
	includeRaw: boolean;
	stripQuotes: boolean;
	/** One more request for 100 records each. */
	includeTags: boolean;
	includeAttachments: boolean;
	/** Read into `raw`. */
	extraColumns: string[];
	/** Requests at a time: 1 or 2. */
	concurrency: number;
}
