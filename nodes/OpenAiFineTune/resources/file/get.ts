import { getFile } from '../../../../lib/openai/files';
import { locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { fileJson } from './output';

export const get: OperationHandler = async (ctx, itemIndex, { transport }) => {
	const file = await getFile(transport, locatorParameter(ctx, 'fileId', itemIndex));
	return [{ json: fileJson(ctx, itemIndex, file), pairedItem: { item: itemIndex } }];
};
