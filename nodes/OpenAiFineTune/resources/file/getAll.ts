import { listFiles } from '../../../../lib/openai/files';
import { limitParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { fileJson } from './output';

export const getAll: OperationHandler = async (ctx, itemIndex, { transport }) => {
	const { purpose } = ctx.getNodeParameter('filters', itemIndex, {}) as { purpose?: string };
	const files = await listFiles(transport, { purpose, limit: limitParameter(ctx, itemIndex) });
	return files.map((file) => ({
		json: fileJson(ctx, itemIndex, file),
		pairedItem: { item: itemIndex },
	}));
};
