import { deleteFile } from '../../../../lib/openai/files';
import { locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

export const deleteOne: OperationHandler = async (ctx, itemIndex, { transport }) => {
	const { id, deleted } = await deleteFile(transport, locatorParameter(ctx, 'fileId', itemIndex));
	return [{ json: { deleted, id }, pairedItem: { item: itemIndex } }];
};
