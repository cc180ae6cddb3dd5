/** Pages of a knowledge base: the title asks, the page answers. */
import { assemble } from '../assemble';
import type { Normalize, SourceRecord } from '../types';
import { at, isRecord, iso, names, records, some, text } from '../values';

/**
 * A page of n8n's Confluence node or of the REST API (v2, or v1 of Data Center), with its body in any representation.
 * https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/
 */
export const confluence: Normalize = (record, options) => {
	const id = text(record.id);
	const base =
		text(at(record, '_links.base')) || (options.siteUrl ? `${options.siteUrl}/wiki` : '');
	const path = text(at(record, '_links.webui'));
	const [answer, format] = confluenceBody(record.body);
	const found = {
		source: 'confluence',
		id,
		kind: 'article',
		url: base && path ? `${base}${path}` : undefined,
		title: text(record.title),
		answer,
		answerFormat: format,
		status: text(record.status),
		tags: names(at(record, 'labels.results', 'labels', 'metadata.labels.results')),
		createdAt: iso(at(record, 'createdAt', 'history.createdDate')),
		updatedAt: iso(at(record, 'version.createdAt', 'version.when')),
		people: [
			some(at(record, 'history.createdBy.displayName')),
			some(at(record, 'version.by.displayName')),
		].filter((name) => name !== undefined),
	};
	return {
		ticket: assemble(found, record, options),
		published: found.status === '' || found.status === 'current',
	};
};

function confluenceBody(body: unknown): [value: unknown, format: 'auto' | 'html' | 'plain'] {
	const document = at(body, 'atlas_doc_format.value');
	if (document !== undefined)
		return [typeof document === 'string' ? parsed(document) : document, 'auto'];
	const html = at(body, 'storage.value', 'export_view.value', 'view.value', 'styled_view.value');
	if (html !== undefined) return [html, 'html'];
	return [at(body, 'plainText.value') ?? body, 'plain'];
}

/** A document is sent as a string of JSON. */
function parsed(document: string): unknown {
	try {
		return JSON.parse(document);
	} catch {
		return document;
	}
}

/**
 * A page of n8n's Notion node (v3 with Get Markdown merged in, or simplified pages of older ones), or of the API.
 * https://developers.notion.com/reference/page
 */
export const notion: Normalize = (record, options) => {
	const id = text(at(record, 'id', 'page_id'));
	const found = {
		source: 'notion',
		id,
		kind: 'article',
		url: some(at(record, 'url', 'public_url')),
		title: notionTitle(record),
		answer: at(record, 'markdown', 'content', 'text') ?? blockText(record),
		answerFormat: 'markdown' as const,
		status: notionStatus(record),
		category: some(at(record, 'property_category', 'properties.Category.select.name')),
		tags: names(at(record, 'property_tags', 'properties.Tags.multi_select')),
		createdAt: iso(at(record, 'created_time', 'property_created_time')),
		updatedAt: iso(at(record, 'last_edited_time', 'property_last_edited_time')),
	};
	const isGone = at(record, 'in_trash') === true || at(record, 'archived') === true;
	const isDraft = /^(draft|in progress|not started|archived)$/i.test(found.status);
	return {
		ticket: assemble(found, record, options),
		published: !isGone && !isDraft,
		// https://developers.notion.com/reference/retrieve-page-markdown
		isCut: at(record, 'truncated') === true,
	};
};

/** The one property of the type "title", whatever it is called. */
function notionTitle(record: SourceRecord): string {
	const plain = some(at(record, 'name', 'title', 'property_title', 'property_name'));
	if (plain !== undefined) return plain;
	const properties = isRecord(record.properties) ? Object.values(record.properties) : [];
	const title = properties.find((property) => at(property, 'type') === 'title');
	return richText(at(title, 'title'));
}

function notionStatus(record: SourceRecord): string {
	return text(
		at(record, 'property_status', 'properties.Status.status.name', 'properties.Status.select.name'),
	);
}

/** Blocks that were fetched apart, as the API gives them: the text of each, one to a paragraph. */
function blockText(record: SourceRecord): string {
	return records(at(record, 'blocks', 'children'))
		.map((block) => {
			const type = text(block.type);
			return some(at(block, 'content')) ?? richText(at(block, `${type}.rich_text`, `${type}.text`));
		})
		.filter((paragraph) => paragraph !== '')
		.join('\n\n');
}

function richText(value: unknown): string {
	return records(value)
		.map((part) => at(part, 'plain_text', 'text.content'))
		.filter((part) => typeof part === 'string')
		.join('')
		.trim();
}
