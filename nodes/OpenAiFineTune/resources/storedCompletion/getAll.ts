import type { IDataObject } from 'n8n-workflow';

import { simplifyStored, storedCompletions } from '../../../../lib/openai/storedCompletions';
import { limitParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { readFilters } from './filters';

export const getAll: OperationHandler = async (ctx, itemIndex, { transport }) => {
	const limit = limitParameter(ctx, itemIndex);
	const simplify = ctx.getNodeParameter('simplify', itemIndex) as boolean;
	const found: IDataObject[] = [];
	for await (const stored of storedCompletions(transport, readFilters(ctx, itemIndex))) {
		if (found.length >= limit) break;
		found.push((simplify ? simplifyStored(stored) : stored) as IDataObject);
	}
	return found.map((json) => ({ json, pairedItem: { item: itemIndex } }));
};
