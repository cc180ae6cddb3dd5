/** Answers that the provider keeps (`store: true`), https://platform.openai.com/docs/api-reference/chat/list. */
import type { ChatCompletionMessage } from 'openai/resources/chat/completions';

import { pages } from '../http/pages';
import type { QueryValue, Transport } from '../http/types';

import { isPlainObject, type PlainObject } from './chat/json';
import { SettingError } from './settingError';
import { toMs } from './time';

export interface StoredCompletion {
	id: string;
	model?: string;
	/** Seconds since the epoch. */
	created?: number;
	metadata?: Record<string, string> | null;
	tools?: PlainObject[] | null;
	usage?: PlainObject;
	choices?: Array<{ message?: Partial<ChatCompletionMessage>; finish_reason?: string }>;
}

/** A message of the request; `content_parts` holds what is no plain text. */
export interface StoredMessage extends PlainObject {
	id: string;
	role: string;
	content?: string | null;
	content_parts?: PlainObject[] | null;
}

export interface StoredFilter {
	/** The model that answered, exactly. */
	model?: string;
	/** Answers that have all of these. */
	metadata?: Readonly<Record<string, string>>;
	/** Milliseconds since the epoch. */
	createdAfter?: number;
	createdBefore?: number;
}

/**
 * Yields stored completions, newest first. Model and metadata are filtered by the server, times here.
 * Reading ends at the first one that is too old.
 */
export async function* storedCompletions(
	transport: Transport,
	{ model, metadata = {}, createdAfter, createdBefore }: StoredFilter = {},
): AsyncGenerator<StoredCompletion> {
	const query: Record<string, QueryValue> = { model: model?.trim() || undefined, order: 'desc' };
	for (const [name, value] of Object.entries(metadata)) query[`metadata[${name}]`] = value;
	const request = { path: '/chat/completions', query };
	for await (const page of pages<StoredCompletion>(transport, request)) {
		for (const completion of page) {
			const created = toMs(completion.created) ?? Infinity;
			if (createdAfter !== undefined && created < createdAfter) return;
			if (createdBefore === undefined || created < createdBefore) yield completion;
		}
	}
}

/** The messages that were sent, in their order. */
export async function storedMessages(transport: Transport, id: string): Promise<StoredMessage[]> {
	const messages: StoredMessage[] = [];
	const request = { path: `${storedPath(id)}/messages`, query: { order: 'asc' } };
	for await (const page of pages<StoredMessage>(transport, request)) messages.push(...page);
	return messages;
}

/** Deletes a stored completion for good. */
export async function deleteStored(
	transport: Transport,
	id: string,
): Promise<{ id: string; deleted: boolean }> {
	const { data } = await transport<{ id?: string; deleted?: boolean }>({
		method: 'DELETE',
		path: storedPath(id),
	});
	return { id: data.id ?? id, deleted: data.deleted ?? true };
}

/** A stored completion in the fields that most workflows need. */
export function simplifyStored(stored: StoredCompletion): Record<string, unknown> {
	const { id, model, created, metadata, usage } = stored;
	const [choice] = stored.choices ?? [];
	const ms = toMs(created);
	return {
		id,
		model: model ?? null,
		created_at: ms === undefined ? null : new Date(ms).toISOString(),
		answer: textOf(choice?.message?.content),
		finish_reason: choice?.finish_reason ?? null,
		metadata: metadata ?? {},
		usage: isPlainObject(usage) ? usage : null,
	};
}

export function textOf(content: unknown): string {
	return typeof content === 'string' ? content : '';
}

function storedPath(id: string): string {
	const trimmed = id.trim();
	if (trimmed !== '' && !/^\.{1,2}$/.test(trimmed)) {
		return `/chat/completions/${encodeURIComponent(trimmed)}`;
	}
	throw new SettingError(
		"'Completion ID' is empty",
		'Enter the ID of a stored completion, e.g. chatcmpl-AbC123.',
		'Completion ID',
	);
}
