import { deleteModel } from '../../../../lib/openai/models';
import { locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

export const deleteOne: OperationHandler = async (ctx, itemIndex, { transport }) => {
	const modelId = locatorParameter(ctx, 'modelId', itemIndex);
	const { id, deleted } = await deleteModel(transport, modelId);
	return [{ json: { deleted, id }, pairedItem: { item: itemIndex } }];
};
