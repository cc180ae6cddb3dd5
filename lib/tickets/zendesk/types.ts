/** Zendesk Support's own JSON, as far as it is read: https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/ */

export interface ZendeskVia {
	channel?: string | number;
}

export interface ZendeskTicket {
	id: number;
	url?: string;
	created_at?: string;
	updated_at?: string;
	subject?: string | null;
	raw_subject?: string | null;
	description?: string | null;
	/** Of a ticket with a custom status: the category that it belongs to. */
	status?: string;
	type?: string | null;
	priority?: string | null;
	via?: ZendeskVia;
	requester_id?: number | null;
	submitter_id?: number | null;
	assignee_id?: number | null;
	group_id?: number | null;
	brand_id?: number | null;
	ticket_form_id?: number | null;
	tags?: string[];
	satisfaction_rating?: { score?: string | null } | null;
	/** What the search calls its records by. */
	result_type?: string;
}

export interface ZendeskAttachment {
	file_name?: string;
}

/** https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/ */
export interface ZendeskComment {
	id: number | string;
	type?: string;
	author_id?: number | null;
	body?: string | null;
	html_body?: string | null;
	plain_body?: string | null;
	public?: boolean;
	created_at?: string;
	attachments?: ZendeskAttachment[];
	via?: ZendeskVia;
	/** Of a `VoiceComment`. */
	data?: { transcription_text?: string | null } | null;
}

export interface ZendeskUser {
	id: number | null;
	name?: string | null;
	email?: string | null;
	role?: string;
}

export interface ZendeskMetricSet {
	ticket_id?: number;
	solved_at?: string | null;
	reopens?: number | null;
}

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/#export-search-results */
export interface SearchExportAnswer {
	results?: ZendeskTicket[];
	meta?: { has_more?: boolean; after_cursor?: string | null };
	links?: { next?: string | null };
}

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/ */
export interface IncrementalTicketsAnswer {
	tickets?: ZendeskTicket[];
	users?: ZendeskUser[];
	metric_sets?: ZendeskMetricSet[];
	after_cursor?: string | null;
	after_url?: string | null;
	end_of_stream?: boolean;
}

/** https://developer.zendesk.com/api-reference/ticketing/business-rules/views/#list-tickets-from-a-view */
export interface ViewTicketsAnswer {
	tickets?: ZendeskTicket[];
	meta?: { has_more?: boolean; after_cursor?: string | null };
	links?: { next?: string | null };
}

export interface CommentsAnswer {
	comments?: ZendeskComment[];
	users?: ZendeskUser[];
	meta?: { has_more?: boolean; after_cursor?: string | null };
	links?: { next?: string | null };
}

/** An audit of a ticket; with `include=comment_events` the comments stand among its `child_events`. */
export interface ZendeskTicketEvent {
	id?: number;
	ticket_id?: number;
	timestamp?: number;
	child_events?: Array<ZendeskComment & { event_type?: string }>;
}

export interface TicketEventsAnswer {
	ticket_events?: ZendeskTicketEvent[];
	next_page?: string | null;
	end_time?: number | null;
	end_of_stream?: boolean;
	count?: number;
}

/** A ticket's record with all that was said about it. */
export interface Conversation {
	ticket: ZendeskTicket;
	comments: ZendeskComment[];
	/** By id; those who wrote or asked. */
	users: ReadonlyMap<number, ZendeskUser>;
	metrics?: ZendeskMetricSet;
}
