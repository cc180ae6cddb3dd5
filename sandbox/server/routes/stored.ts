import type { FastifyInstance } from 'fastify';

import { checkBody, checkMetadata } from '../check';
import { notFound } from '../errors';
import { listBody, queryLimit, queryOrder, queryText, type Query } from '../lists';
import type { StoredRecord } from '../records';
import type { Sandbox } from '../sandbox';
import { presentStored } from '../stored';

interface OfOne {
	Params: { id: string };
	Querystring: Query;
}

const BASE = '/v1/chat/completions';

/** Answers that were kept: https://developers.openai.com/api/reference/resources/chat/subresources/completions */
export function storedRoutes(app: FastifyInstance, { store }: Sandbox): void {
	const found = (id: string): StoredRecord => {
		const stored = store.get('stored', id);
		if (stored) return stored;
		throw notFound(`Chat completion with id ${id} not found.`, null);
	};

	app.get<{ Querystring: Query }>(BASE, ({ query }) => {
		const model = queryText(query, 'model');
		const wanted = Object.entries(query).flatMap(([name, value]) => {
			const label = /^metadata\[(.+)\]$/.exec(name)?.[1];
			return label === undefined ? [] : [[label, value] as const];
		});
		const page = {
			after: queryText(query, 'after'),
			limit: queryLimit(query, 20, 100),
			order: queryOrder({ ...query, order: queryText(query, 'order') ?? 'asc' }),
			where: ({ completion, metadata }: StoredRecord) =>
				(model === undefined || completion.model === model) &&
				wanted.every(([label, value]) => metadata[label] === value),
		};
		return listBody(store, 'stored', page, presentStored);
	});

	app.get<OfOne>(`${BASE}/:id`, ({ params }) => presentStored(found(params.id)));

	app.post<OfOne>(`${BASE}/:id`, ({ params, body: json }) => {
		const stored = found(params.id);
		const { metadata } = checkBody(json, { metadata: { type: 'object', required: true } });
		checkMetadata(metadata);
		const changed = { ...stored, metadata: metadata as Record<string, string> };
		store.put('stored', changed);
		return presentStored(changed);
	});

	app.delete<OfOne>(`${BASE}/:id`, ({ params }) => {
		store.remove('stored', found(params.id).id);
		return { object: 'chat.completion.deleted', id: params.id, deleted: true };
	});

	app.get<OfOne>(`${BASE}/:id/messages`, ({ params, query }) => {
		const all = found(params.id).messages as Array<{ id: string }>;
		const order = queryOrder({ ...query, order: queryText(query, 'order') ?? 'asc' });
		const messages = order === 'asc' ? all : [...all].reverse();
		const after = queryText(query, 'after');
		const start = after === undefined ? 0 : messages.findIndex(({ id }) => id === after) + 1;
		const limit = queryLimit(query, 20, 100);
		const data = messages.slice(start, start + limit);
		return {
			object: 'list',
			data,
			first_id: data[0]?.id ?? null,
			last_id: data.at(-1)?.id ?? null,
			has_more: start + limit < messages.length,
		};
	});
}
