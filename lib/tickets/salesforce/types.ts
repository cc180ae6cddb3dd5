/** What Salesforce's REST API sends, as far as it is read here. Any field may be missing: users do not see all of them. */

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm */
export interface QueryResult<T> {
	totalSize?: number;
	done?: boolean;
	/** Path with the API version; absent on the last page. */
	nextRecordsUrl?: string;
	records?: T[];
}

/** A relationship read in the same query; null where there is nothing. */
export type Subquery<T> = QueryResult<T> | null;

export interface UserReference {
	Name?: string | null;
	/** `Standard`, `CspLitePortal`, `PowerCustomerSuccess`, `CustomerSuccess`, `Guest`, `AutomatedProcess`, … */
	UserType?: string | null;
}

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_case.htm */
export interface CaseRecord {
	Id: string;
	CaseNumber?: string | null;
	Subject?: string | null;
	Description?: string | null;
	Status?: string | null;
	IsClosed?: boolean | null;
	ClosedDate?: string | null;
	Origin?: string | null;
	Reason?: string | null;
	Priority?: string | null;
	Type?: string | null;
	Language?: string | null;
	ContactId?: string | null;
	Contact?: { Name?: string | null; Email?: string | null } | null;
	SuppliedName?: string | null;
	SuppliedEmail?: string | null;
	OwnerId?: string | null;
	Owner?: { Name?: string | null } | null;
	CreatedById?: string | null;
	CreatedBy?: UserReference | null;
	CreatedDate?: string | null;
	LastModifiedDate?: string | null;
	RecordType?: { Name?: string | null } | null;
	CaseComments?: Subquery<CaseCommentRecord>;
	Attachments?: Subquery<AttachmentRecord>;
	ContentDocumentLinks?: Subquery<FileLinkRecord>;
	[field: string]: unknown;
}

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_casecomment.htm */
export interface CaseCommentRecord {
	Id: string;
	CommentBody?: string | null;
	IsPublished?: boolean | null;
	CreatedById?: string | null;
	CreatedBy?: UserReference | null;
	CreatedDate?: string | null;
}

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_emailmessage.htm */
export interface EmailMessageRecord {
	Id: string;
	ParentId?: string | null;
	Incoming?: boolean | null;
	FromAddress?: string | null;
	FromName?: string | null;
	ToAddress?: string | null;
	CreatedById?: string | null;
	Subject?: string | null;
	TextBody?: string | null;
	HtmlBody?: string | null;
	MessageDate?: string | null;
	CreatedDate?: string | null;
	/** Only in organizations that show the case feed to customers. */
	IsExternallyVisible?: boolean | null;
	Attachments?: Subquery<AttachmentRecord>;
	ContentDocumentLinks?: Subquery<FileLinkRecord>;
}

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_feeditem.htm */
export interface FeedItemRecord {
	Id: string;
	ParentId?: string | null;
	Body?: string | null;
	Type?: string | null;
	IsRichText?: boolean | null;
	/** `AllUsers`, or `InternalUsers`; absent where no customer sees the feed. */
	Visibility?: string | null;
	CreatedById?: string | null;
	CreatedBy?: UserReference | null;
	CreatedDate?: string | null;
	FeedComments?: Subquery<FeedCommentRecord>;
}

export interface FeedCommentRecord {
	Id: string;
	CommentBody?: string | null;
	IsRichText?: boolean | null;
	CreatedById?: string | null;
	CreatedBy?: UserReference | null;
	CreatedDate?: string | null;
}

export interface AttachmentRecord {
	Name?: string | null;
}

export interface FileLinkRecord {
	ContentDocument?: { Title?: string | null; FileExtension?: string | null } | null;
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm */
export interface DescribeResult {
	fields?: DescribedField[];
	childRelationships?: Array<{ relationshipName?: string | null; childSObject?: string }>;
	recordTypeInfos?: Array<{
		name?: string;
		developerName?: string;
		available?: boolean;
		active?: boolean;
		master?: boolean;
	}>;
}

export interface DescribedField {
	name: string;
	label?: string;
	type?: string;
	/** Of a reference: what stands before the dot in `Contact.Name`. */
	relationshipName?: string | null;
	/** True for rich text. */
	htmlFormatted?: boolean;
	picklistValues?: Array<{ value?: string; label?: string | null; active?: boolean }>;
}

/** Everything said about one case. */
export interface CaseConversation {
	comments: CaseCommentRecord[];
	emails: EmailMessageRecord[];
	feedItems: FeedItemRecord[];
	/** File names. */
	attachments: string[];
}
