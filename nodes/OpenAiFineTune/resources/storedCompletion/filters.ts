import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { plainText } from '../../../../lib/openai/chat/json';
import type { StoredFilter } from '../../../../lib/openai/storedCompletions';

import { timeSetting } from '../job/parameters';

export function readFilters(ctx: IExecuteFunctions, itemIndex: number): StoredFilter {
	const { model, metadata, createdAfter, createdBefore } = ctx.getNodeParameter(
		'filters',
		itemIndex,
		{},
	) as IDataObject;
	const rows = (metadata as { values?: IDataObject[] })?.values ?? [];
	const pairs = rows
		.map(({ name, value }) => [plainText(name).trim(), plainText(value)] as const)
		.filter(([name]) => name !== '');
	return {
		model: plainText(model),
		metadata: Object.fromEntries(pairs),
		createdAfter: timeSetting(ctx, createdAfter, 'Created After'),
		createdBefore: timeSetting(ctx, createdBefore, 'Created Before'),
	};
}
