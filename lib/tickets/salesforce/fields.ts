/** Which fields to ask for: those that the organization has and the user may see. */
import { suggest } from '../../dataset/suggest';
import { SettingError } from '../../openai/settingError';
import type { DescribedField, DescribeResult } from './types';

/** What of an object can be read, from its description. */
export interface ObjectFields {
	fields: Map<string, DescribedField>;
	/** Names of references, e.g. `Contact`. */
	references: Set<string>;
	/** Names of child relationships, e.g. `CaseComments`. */
	children: Set<string>;
}

const CASE = [
	'Id',
	'CaseNumber',
	'Subject',
	'Description',
	'Status',
	'IsClosed',
	'ClosedDate',
	'Origin',
	'Reason',
	'Priority',
	'Type',
	'Language',
	'ContactId',
	'SuppliedName',
	'SuppliedEmail',
	'OwnerId',
	'Owner.Name',
	'CreatedById',
	'CreatedBy.Name',
	'CreatedBy.UserType',
	'CreatedDate',
	'LastModifiedDate',
	'RecordType.Name',
];

const CONTACT = ['Name', 'Email'];

const EMAIL = [
	'Id',
	'ParentId',
	'Incoming',
	'FromAddress',
	'FromName',
	'ToAddress',
	'CreatedById',
	'Subject',
	'TextBody',
	'HtmlBody',
	'MessageDate',
	'CreatedDate',
	'IsExternallyVisible',
];

const FEED = [
	'Id',
	'ParentId',
	'Body',
	'Type',
	'IsRichText',
	'Visibility',
	'CreatedById',
	'CreatedBy.Name',
	'CreatedBy.UserType',
	'CreatedDate',
];

const AUTHOR = 'CreatedById, CreatedBy.Name, CreatedBy.UserType, CreatedDate';
const COMMENTS = `(SELECT Id, CommentBody, IsPublished, ${AUTHOR} FROM CaseComments ORDER BY CreatedDate)`;
const FEED_COMMENTS = `(SELECT Id, CommentBody, IsRichText, ${AUTHOR} FROM FeedComments ORDER BY CreatedDate)`;
const FILES: Array<[relationship: string, subquery: string]> = [
	['Attachments', '(SELECT Name FROM Attachments)'],
	[
		'ContentDocumentLinks',
		'(SELECT ContentDocument.Title, ContentDocument.FileExtension FROM ContentDocumentLinks)',
	],
];

export function objectFields(description: DescribeResult): ObjectFields {
	const list = Array.isArray(description.fields) ? description.fields : [];
	const children = Array.isArray(description.childRelationships)
		? description.childRelationships
		: [];
	return {
		fields: new Map(list.map((field) => [field.name, field])),
		references: new Set(named(list)),
		children: new Set(named(children)),
	};
}

function named(list: Array<{ relationshipName?: string | null }>): string[] {
	return list.flatMap(({ relationshipName }) => (relationshipName ? [relationshipName] : []));
}

/**
 * Between SELECT and FROM of a query of cases.
 *
 * @param contact - fields of contacts; absent where the user sees none
 * @param extra - names of further fields
 * @param files - adds the names of attachments
 */
export function caseSelect(
	object: ObjectFields,
	contact: ObjectFields | undefined,
	extra: readonly string[],
	files: boolean,
): string[] {
	const ofContact = contact && object.references.has('Contact') ? visible(contact, CONTACT) : [];
	return [
		...new Set([...visible(object, CASE), ...ofContact.map((name) => `Contact.${name}`), ...extra]),
		...(object.children.has('CaseComments') ? [COMMENTS] : []),
		...(files ? fileSubqueries(object) : []),
	];
}

export function emailSelect(object: ObjectFields, files: boolean): string[] {
	return [...visible(object, EMAIL), ...(files ? fileSubqueries(object) : [])];
}

export function feedSelect(object: ObjectFields): string[] {
	const comments = object.children.has('FeedComments') ? [FEED_COMMENTS] : [];
	return [...visible(object, FEED), ...comments];
}

export function hasFiles(object: ObjectFields): boolean {
	return fileSubqueries(object).length > 0;
}

/**
 * The fields that a user has named, as Salesforce writes them.
 *
 * @param label - display name of the parameter
 * @throws SettingError for a name that cases do not have, with the most similar one that they have
 */
export function namedFields(
	object: ObjectFields,
	names: readonly string[],
	label: string,
): DescribedField[] {
	const byLowerCase = new Map(
		[...object.fields].map(([name, field]) => [name.toLowerCase(), field]),
	);
	return names.map((name) => {
		const field = byLowerCase.get(name.toLowerCase());
		if (field) return field;
		const similar = suggest(name, object.fields.keys());
		throw new SettingError(
			`'${label}': cases have no field '${name.slice(0, 100)}'${similar ? `; did you mean '${similar}'?` : ''}`,
			"Enter the field's API name, which for fields of your own ends in __c (Setup > Object Manager > Case > Fields & Relationships), and let the user of the credential see it.",
		);
	});
}

/** Names from a text with commas or line breaks, or from a list. */
export function fieldNames(value: unknown): string[] {
	const list = Array.isArray(value) ? value : String(value ?? '').split(/[\n,]/);
	const names = list.map((name) => String(name).trim()).filter((name) => name !== '');
	return [...new Set(names)];
}

function visible(object: ObjectFields, wanted: readonly string[]): string[] {
	return wanted.filter((name) => {
		const [reference, field] = name.split('.');
		return field === undefined ? object.fields.has(name) : object.references.has(reference);
	});
}

function fileSubqueries(object: ObjectFields): string[] {
	return FILES.filter(([name]) => object.children.has(name)).map(([, subquery]) => subquery);
}
