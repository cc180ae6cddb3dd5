import { BASE_MODELS, findBaseModel, type BaseModel } from './baseModels';
import type { ModelRecord } from './records';
import type { Store } from './store';

/** A model as the sandbox serves it: one of OpenAI's base models by name, or one tuned here. */
export interface ServedModel extends ModelRecord {
	tuned: boolean;
	tunable: boolean;
	methods: BaseModel['methods'];
	chat: boolean;
}

export function findModel(store: Store, id: string): ServedModel | undefined {
	const base = findBaseModel(id);
	if (base) return servedBase(store, base);
	const record = store.get('model', id);
	const parent = record && findBaseModel(record.base);
	if (!record || !parent) return undefined;
	const checkpoint = id.includes(':ckpt-step-');
	return { ...record, tuned: true, tunable: !checkpoint, methods: parent.methods, chat: true };
}

/** Every model in service: the base models with their aliases, then the tuned ones, oldest first. */
export function listModels(store: Store) {
	const bases = BASE_MODELS.flatMap((base) => {
		const served = servedBase(store, base);
		if (served.retired) return [];
		return base.alias ? [{ ...served, id: base.alias }, served] : [served];
	});
	const tuned = [...store.each('model')].filter(
		({ id, retired }) => !findBaseModel(id) && !retired,
	);
	return [...bases, ...tuned].map(presentModel);
}

export function presentModel({ id, created, shutdown_date, jobs }: ModelRecord) {
	const owned_by = jobs.length > 0 ? 'org-sandbox' : 'system';
	return { id, object: 'model', created, owned_by, shutdown_date };
}

/** A record under a base model's own id holds what the control endpoint changed about it. */
function servedBase(store: Store, base: BaseModel): ServedModel {
	const { id, created, shutdown_date, retired, tunable, methods, chat } = base;
	const change = store.get('model', id);
	const record = { id, created, base: id, jobs: [], shutdown_date, retired, ...change };
	return { ...record, tuned: false, tunable, methods, chat };
}
