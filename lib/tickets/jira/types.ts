/**
 * What Jira sends, as far as it is read. Everything may be missing: permissions, app versions and proxies take parts
 * away. https://developer.atlassian.com/cloud/jira/platform/rest/v3/
 */

export type Deployment = 'cloud' | 'dataCenter';

export interface JiraUser {
	/** Cloud. */
	accountId?: string;
	/** `atlassian`, `app`, `customer` or `unknown`; Cloud. */
	accountType?: string;
	/** Data Center. */
	key?: string;
	name?: string;
	displayName?: string;
	/** Often hidden by the person's own settings. */
	emailAddress?: string;
	active?: boolean;
}

export interface JiraComment {
	id?: string;
	author?: JiraUser;
	/** ADF (version 3) or wiki markup (version 2). */
	body?: unknown;
	created?: string;
	/** Cloud; false for an internal note. */
	jsdPublic?: boolean;
	/** False for a mail from somebody who is no participant of the request. */
	jsdAuthorCanSeeRequest?: boolean;
	/** The group or role that alone may read it. */
	visibility?: { type?: string; value?: string };
	/** Data Center, with `expand=properties`. */
	properties?: Array<{ key?: string; value?: unknown }>;
}

export interface JiraCommentPage {
	comments?: JiraComment[];
	total?: number;
	startAt?: number;
}

interface Named {
	name?: string;
}

export interface JiraFields {
	summary?: string;
	description?: unknown;
	comment?: JiraCommentPage;
	status?: Named & { statusCategory?: { key?: string } };
	resolution?: Named | null;
	resolutiondate?: string | null;
	created?: string;
	updated?: string;
	reporter?: JiraUser | null;
	creator?: JiraUser | null;
	assignee?: JiraUser | null;
	issuetype?: Named;
	labels?: string[];
	components?: Named[];
	priority?: Named | null;
	project?: { key?: string; projectTypeKey?: string };
	attachment?: Array<{ filename?: string }>;
	[customField: string]: unknown;
}

export interface JiraIssue {
	id?: string;
	key?: string;
	fields?: JiraFields;
}

/** One entry of `/field`. */
export interface JiraField {
	id?: string;
	schema?: { custom?: string };
}

/** Answer of `POST /rest/api/3/search/jql`. */
export interface CloudSearchPage {
	issues?: JiraIssue[];
	nextPageToken?: string | null;
	isLast?: boolean;
	/** Experimental: "result set was truncated". */
	warnings?: unknown;
}

/** Answer of `POST /rest/api/2/search`. */
export interface DataCenterSearchPage {
	issues?: JiraIssue[];
	startAt?: number;
	maxResults?: number;
	total?: number;
	warningMessages?: unknown;
}
