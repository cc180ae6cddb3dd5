import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { StoredFilter } from '../../../../lib/openai/storedCompletions';

import { timeSetting } from '../job/parameters';

export function readFilters(ctx: IExecuteFunctions, itemIndex: number): StoredFilter {
	const { model, metadata, createdAfter, createdBefore } = ctx.getNodeParameter(
		'filters',
		itemIndex,
		{},
	) as IDataObject;
	const rows = (metadata as { values?: Array<{ name?: string; value?: string }> })?.values ?? [];
	const pairs = rows
		.filter(({ name }) => name?.trim())
		.map(({ name, value }) => [name, value ?? '']);
	return {
		model: typeof model === 'string' ? model : undefined,
		metadata: Object.fromEntries(pairs) as Record<string, string>,
		createdAfter: timeSetting(ctx, createdAfter, 'Created After'),
		createdBefore: timeSetting(ctx, createdBefore, 'Created Before'),
	};
}
