import type { FastifyInstance } from 'fastify';

import { checkBody } from '../check';
import { notFound } from '../errors';
import { newId } from '../ids';
import { listBody, queryLimit, queryOrder, queryText, type Query } from '../lists';
import { findModel } from '../models';
import type { PermissionRecord } from '../records';
import type { Sandbox } from '../sandbox';

interface OfCheckpoint {
	Params: { checkpoint: string; permission: string };
	Querystring: Query;
}

const BASE = '/v1/fine_tuning/checkpoints/:checkpoint/permissions';

/** Which projects may use a tuned model; asks for an admin key. */
export function permissionRoutes(app: FastifyInstance, { store, clock }: Sandbox): void {
	const requireCheckpoint = (id: string) => {
		if (findModel(store, id)?.tuned) return;
		throw notFound(
			`Checkpoint '${id}' does not exist`,
			'fine_tuned_model_checkpoint',
			'model_not_found',
		);
	};

	app.post<OfCheckpoint>(BASE, ({ params, body: json }) => {
		requireCheckpoint(params.checkpoint);
		const body = checkBody(json, {
			project_ids: { type: 'array', required: true, minLength: 1, items: { type: 'string' } },
		});
		const granted = [...store.each('permission', params.checkpoint)];
		const data = (body.project_ids as string[]).map((project_id) => {
			const existing = granted.find((permission) => permission.project_id === project_id);
			const permission = existing ?? { id: newId('cp_'), created_at: clock.seconds(), project_id };
			store.put('permission', permission, params.checkpoint);
			return present(permission);
		});
		const ends = { first_id: data[0].id, last_id: data[data.length - 1].id };
		return { object: 'list', data, ...ends, has_more: false };
	});

	app.get<OfCheckpoint>(BASE, ({ params, query }) => {
		requireCheckpoint(params.checkpoint);
		const project = queryText(query, 'project_id');
		const page = {
			parent: params.checkpoint,
			after: queryText(query, 'after'),
			limit: queryLimit(query, 10, 100),
			order: queryOrder(query, 'ascending', 'descending'),
			where: (permission: PermissionRecord) =>
				project === undefined || permission.project_id === project,
		};
		return listBody(store, 'permission', page, present);
	});

	app.delete<OfCheckpoint>(`${BASE}/:permission`, ({ params }) => {
		const permissions = [...store.each('permission', params.checkpoint)];
		if (!permissions.some(({ id }) => id === params.permission)) {
			throw notFound(`No such permission: ${params.permission}`, 'permission_id');
		}
		store.remove('permission', params.permission);
		return { id: params.permission, object: 'checkpoint.permission', deleted: true };
	});
}

function present(permission: PermissionRecord) {
	return { object: 'checkpoint.permission', ...permission };
}
