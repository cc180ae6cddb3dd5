import type { FastifyInstance } from 'fastify';

import { notFound, Refusal } from '../errors';
import { findModel, listModels, presentModel } from '../models';
import type { Sandbox } from '../sandbox';

interface ById {
	Params: { model: string };
}

/** https://developers.openai.com/api/reference/resources/models */
export function modelRoutes(app: FastifyInstance, { store }: Sandbox): void {
	app.get('/v1/models', () => ({ object: 'list', data: listModels(store) }));

	app.get<ById>('/v1/models/:model', ({ params }) => {
		const model = findModel(store, params.model);
		if (!model || model.retired) throw noSuchModel(params.model);
		return presentModel({ ...model, id: params.model });
	});

	app.delete<ById>('/v1/models/:model', ({ params }) => {
		const model = findModel(store, params.model);
		if (!model || model.retired) throw noSuchModel(params.model);
		if (!model.tuned) {
			throw new Refusal(403, `You have insufficient permissions for this operation.`, {
				type: 'invalid_request_error',
			});
		}
		store.remove('model', params.model);
		return { id: params.model, object: 'model', deleted: true };
	});
}

function noSuchModel(id: string) {
	return notFound(`The model '${id}' does not exist`, 'model', 'model_not_found');
}
