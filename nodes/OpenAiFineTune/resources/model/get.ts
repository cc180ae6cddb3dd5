import { getModel } from '../../../../lib/openai/models';
import { locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { modelItem } from './output';

export const get: OperationHandler = async (ctx, itemIndex, connection) => {
	const model = await getModel(connection.transport, locatorParameter(ctx, 'modelId', itemIndex));
	return [modelItem(ctx, itemIndex, connection, model)];
};
