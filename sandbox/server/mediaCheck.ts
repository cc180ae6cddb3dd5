import { badRequest, notFound } from './errors';
import { MEDIA_MODELS, type MediaUse, usesOf } from './mediaModels';
import { findModel } from './models';
import type { Sandbox } from './sandbox';

/** Refuses a model that is unknown, out of service, or made for something else. */
export function requireMediaModel({ store }: Sandbox, asked: unknown, use: MediaUse): string {
	const id = String(asked);
	const model = findModel(store, id);
	if (!model) throw notFound(`The model '${id}' does not exist.`, 'model', 'model_not_found');
	if (model.retired) {
		const message = `The model \`${id}\` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations`;
		throw notFound(message, null, 'model_not_found');
	}
	if (usesOf(model.id).includes(use)) return model.id;
	const fit = MEDIA_MODELS.filter((other) => !other.retired && usesOf(other.id).includes(use));
	const names = fit.map((other) => `'${other.id}'`).join(', ');
	throw badRequest(
		`Invalid value: '${id}'. Supported values are: ${names}.`,
		'model',
		'invalid_value',
	);
}
