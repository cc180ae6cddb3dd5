/** The objects that the stand-in has, as describe lists them. */

export interface FieldSchema {
	type: 'id' | 'string' | 'textarea' | 'boolean' | 'datetime' | 'picklist' | 'reference' | 'email';
	label?: string;
	/** Object that a reference leads to, under the name without `Id`. */
	to?: string;
	values?: string[];
	htmlFormatted?: boolean;
	/** Cannot stand in WHERE. */
	unfilterable?: boolean;
}

export interface ObjectSchema {
	fields: Record<string, FieldSchema>;
	/** Relationship name to the object and its field that leads here. */
	children: Record<string, { object: string; field: string }>;
}

const id: FieldSchema = { type: 'id' };
const string: FieldSchema = { type: 'string' };
const datetime: FieldSchema = { type: 'datetime' };
const boolean: FieldSchema = { type: 'boolean' };
const longText: FieldSchema = { type: 'textarea', unfilterable: true };
const reference = (to: string): FieldSchema => ({ type: 'reference', to });
const picklist = (...values: string[]): FieldSchema => ({ type: 'picklist', values });

const created = { CreatedById: reference('User'), CreatedDate: datetime };

export const SCHEMA: Record<string, ObjectSchema> = {
	Case: {
		fields: {
			Id: id,
			CaseNumber: string,
			Subject: string,
			Description: longText,
			Status: picklist('New', 'Waiting on Customer', 'Solved', 'Closed'),
			IsClosed: boolean,
			ClosedDate: datetime,
			Origin: picklist('Phone', 'Email', 'Web'),
			Reason: picklist(
				'Access',
				'Email',
				'Facilities',
				'Hardware',
				'Network',
				'Payroll',
				'Policies',
				'Software',
			),
			Priority: picklist('High', 'Medium', 'Low'),
			Type: picklist('Problem', 'Question', 'Feature Request'),
			Language: picklist('en_US', 'de', 'ar', 'ja', 'fr', 'es'),
			ContactId: reference('Contact'),
			SuppliedName: string,
			SuppliedEmail: { type: 'email' },
			OwnerId: reference('User'),
			RecordTypeId: reference('RecordType'),
			...created,
			LastModifiedDate: datetime,
			Product__c: { ...string, label: 'Product' },
			Resolution__c: { ...longText, label: 'Resolution', htmlFormatted: true },
		},
		children: {
			CaseComments: { object: 'CaseComment', field: 'ParentId' },
			EmailMessages: { object: 'EmailMessage', field: 'ParentId' },
			Feeds: { object: 'FeedItem', field: 'ParentId' },
			Attachments: { object: 'Attachment', field: 'ParentId' },
			ContentDocumentLinks: { object: 'ContentDocumentLink', field: 'LinkedEntityId' },
		},
	},
	CaseComment: {
		fields: {
			Id: id,
			ParentId: reference('Case'),
			CommentBody: longText,
			IsPublished: boolean,
			...created,
		},
		children: {},
	},
	EmailMessage: {
		fields: {
			Id: id,
			ParentId: reference('Case'),
			Incoming: boolean,
			FromAddress: { type: 'email' },
			FromName: string,
			ToAddress: string,
			Subject: string,
			TextBody: longText,
			HtmlBody: longText,
			MessageDate: datetime,
			Status: picklist('0', '1', '2', '3', '4', '5'),
			IsExternallyVisible: boolean,
			...created,
		},
		children: {
			Attachments: { object: 'Attachment', field: 'ParentId' },
			ContentDocumentLinks: { object: 'ContentDocumentLink', field: 'LinkedEntityId' },
		},
	},
	FeedItem: {
		fields: {
			Id: id,
			ParentId: reference('Case'),
			Body: longText,
			Type: picklist('TextPost', 'CaseCommentPost', 'ContentPost', 'LinkPost', 'QuestionPost'),
			IsRichText: boolean,
			Visibility: picklist('AllUsers', 'InternalUsers'),
			...created,
		},
		children: { FeedComments: { object: 'FeedComment', field: 'FeedItemId' } },
	},
	FeedComment: {
		fields: {
			Id: id,
			FeedItemId: reference('FeedItem'),
			CommentBody: longText,
			IsRichText: boolean,
			...created,
		},
		children: {},
	},
	Attachment: { fields: { Id: id, ParentId: reference('Case'), Name: string }, children: {} },
	ContentDocumentLink: {
		fields: {
			Id: id,
			LinkedEntityId: reference('Case'),
			ContentDocumentId: reference('ContentDocument'),
		},
		children: {},
	},
	ContentDocument: { fields: { Id: id, Title: string, FileExtension: string }, children: {} },
	Contact: { fields: { Id: id, Name: string, Email: { type: 'email' } }, children: {} },
	RecordType: { fields: { Id: id, Name: string, DeveloperName: string }, children: {} },
	User: {
		fields: {
			Id: id,
			Name: string,
			Email: { type: 'email' },
			UserType: picklist('Standard', 'CspLitePortal', 'AutomatedProcess'),
		},
		children: {},
	},
};

export const RECORD_TYPES = [
	{ Name: 'IT Support', DeveloperName: 'IT_Support' },
	{ Name: 'HR Request', DeveloperName: 'HR_Request' },
];

export function describeObject(name: string): object {
	const { fields, children } = SCHEMA[name];
	return {
		name,
		fields: Object.entries(fields).map(([field, { type, label, to, values, htmlFormatted }]) => ({
			name: field,
			label: label ?? field,
			type,
			relationshipName: to ? field.replace(/Id$/, '') : null,
			referenceTo: to ? [to] : [],
			htmlFormatted: htmlFormatted ?? false,
			picklistValues: (values ?? []).map((value) => ({ value, label: value, active: true })),
		})),
		childRelationships: Object.entries(children).map(([relationshipName, { object, field }]) => ({
			relationshipName,
			childSObject: object,
			field,
		})),
		recordTypeInfos:
			name === 'Case'
				? [
						{
							name: 'Master',
							developerName: 'Master',
							available: true,
							active: true,
							master: true,
						},
						...RECORD_TYPES.map(({ Name, DeveloperName }) => ({
							name: Name,
							developerName: DeveloperName,
							available: true,
							active: true,
							master: false,
						})),
					]
				: [],
	};
}
