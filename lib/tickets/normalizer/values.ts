/** Reading records of which nothing is certain, and text in whatever form it comes. */
import { FieldPath } from '../../dataset/fieldPath';
import { adfToMarkdown } from '../../text/adf';
import { cleanText } from '../../text/clean';
import { htmlToMarkdown } from '../../text/html';
import { stripReply } from '../../text/mail';
import type { ConvertedText } from '../../text/types';
import { unique } from '../values';
import type { NormalizerOptions, SourceRecord } from './types';

/** The first of several paths that leads to something. */
export function at(record: unknown, ...paths: string[]): unknown {
	if (typeof record !== 'object' || record === null) return undefined;
	for (const path of paths) {
		const value = new FieldPath(path).read(record);
		if (value !== undefined && value !== null && value !== '') return value;
	}
	return undefined;
}

/** Text of a string, a number or a truth value; empty for everything else. */
export function text(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** As `text`, but undefined in place of an empty one. */
export function some(value: unknown): string | undefined {
	return text(value) || undefined;
}

/** A list as it is, a text as its parts between commas. */
export function list(value: unknown): unknown[] {
	if (Array.isArray(value)) return value as unknown[];
	if (typeof value === 'string') return value.split(',').filter((part) => part.trim() !== '');
	return value === undefined || value === null ? [] : [value];
}

export function records(value: unknown): SourceRecord[] {
	return list(value).filter(isRecord);
}

export function isRecord(value: unknown): value is SourceRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names of tags: texts, or objects with a name. */
export function names(value: unknown): string[] {
	return unique(
		list(value).map((entry) => (isRecord(entry) ? text(at(entry, 'name', 'label')) : text(entry))),
	);
}

/** ISO 8601 in UTC from ISO texts, `2026-01-05 10:31:20` (taken as UTC), seconds or milliseconds since the epoch. */
export function iso(value: unknown): string | undefined {
	const content = text(value);
	if (content === '' || content.length > 40) return undefined;
	const time = /^\d{9,13}(\.\d+)?$/.test(content)
		? epoch(Number(content))
		: Date.parse(withZone(content));
	const date = new Date(time);
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Seconds until the year 2286, milliseconds from there on. */
function epoch(value: number): number {
	return value < 1e10 ? value * 1000 : value;
}

function withZone(value: string): string {
	const zoned = value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
	return /^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?$/.test(zoned) ? `${zoned.replace(' ', 'T')}Z` : zoned;
}

export type TextFormat = 'auto' | 'html' | 'markdown' | 'plain';

/** Atlassian documents by their shape, HTML by its first tag; all other text as it is. */
export function convert(
	value: unknown,
	format: TextFormat,
	{ stripQuotes }: Pick<NormalizerOptions, 'stripQuotes'>,
): ConvertedText {
	if (isRecord(value) || Array.isArray(value)) return cleaned(adfToMarkdown(value), stripQuotes);
	const content = text(value);
	const isHtml =
		format === 'html' || (format === 'auto' && /^\s*<[a-z!][^>]{0,2000}>/i.test(content));
	const converted = isHtml
		? htmlToMarkdown(content, { stripQuotes })
		: { text: content, mentions: [], attachments: [] };
	return cleaned(converted, stripQuotes);
}

function cleaned(converted: ConvertedText, stripQuotes: boolean): ConvertedText {
	const stripped = stripQuotes ? stripReply(converted.text).text : converted.text;
	return { ...converted, text: cleanText(stripped) };
}
