import { type Fields, fieldsOf, text, unixOf } from './answers';
import { at } from './fireworksNames';
import type { Dialect } from './types';

/** https://docs.fireworks.ai/api-reference/get-model, https://docs.fireworks.ai/api-reference/delete-model */
export function fireworksModelCalls(account: () => string): NonNullable<Dialect['calls']> {
	return {
		'models.delete': async ({ id, request }, send) => {
			const answer = await send({ ...request, ...at(account(), 'models', id) });
			return { ...answer, data: { id, object: 'model', deleted: true } };
		},
		'models.get': async ({ id, request }, send) => {
			const answer = await send({ ...request, ...at(ownerOf(id) ?? account(), 'models', id) });
			return { ...answer, data: modelOf(fieldsOf(answer.data)) };
		},
	};
}

/** The account in the name of a model; undefined for a bare id. */
function ownerOf(name: string): string | undefined {
	return /^accounts\/([\w-]{1,100})\/models\//.exec(name)?.[1];
}

function modelOf(raw: Fields): Fields {
	const id = text(raw.name) ?? '';
	return {
		...raw,
		id,
		object: 'model',
		created: unixOf(raw.createTime),
		owned_by: ownerOf(id) ?? null,
	};
}
