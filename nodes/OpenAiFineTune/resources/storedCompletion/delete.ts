import { deleteStored } from '../../../../lib/openai/storedCompletions';
import type { OperationHandler } from '../../../shared/router';

export const deleteOne: OperationHandler = async (ctx, itemIndex, { transport }) => {
	const completionId = String(ctx.getNodeParameter('completionId', itemIndex) ?? '');
	const { id, deleted } = await deleteStored(transport, completionId);
	return [{ json: { deleted, id }, pairedItem: { item: itemIndex } }];
};
