import { filterModels, listModels } from '../../../../lib/openai/models';
import { limitParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { modelItem } from './output';

export const getAll: OperationHandler = async (ctx, itemIndex, connection) => {
	const filters = ctx.getNodeParameter('filters', itemIndex, {}) as { retiringWithinDays?: number };
	const filter = {
		tuned: ctx.getNodeParameter('fineTunedOnly', itemIndex) as boolean,
		retiringWithinDays: filters.retiringWithinDays,
	};
	const { transport, provider, surroundings } = connection;
	const models = filterModels(await listModels(transport), filter, provider, surroundings.now());
	return models
		.slice(0, limitParameter(ctx, itemIndex))
		.map((model) => modelItem(ctx, itemIndex, connection, model));
};
