import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { JobStatus } from '../../../../lib/openai/dialects/types';
import { listJobs, type JobFilter } from '../../../../lib/openai/jobLists';
import { limitParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { jobItem } from './output';
import { pairs, timeSetting } from './parameters';

export const getAll: OperationHandler = async (ctx, itemIndex, connection) => {
	const { transport, dialect } = connection;
	const limit = limitParameter(ctx, itemIndex);
	const jobs = await listJobs(transport, dialect, filterParameters(ctx, itemIndex), limit);
	return jobs.map((job) => jobItem(ctx, itemIndex, connection, job));
};

function filterParameters(ctx: IExecuteFunctions, itemIndex: number): JobFilter {
	const filters = ctx.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const metadata = pairs(filters.metadata).map(
		({ name, value }) => [String(name).trim(), String(value)] as const,
	);
	return {
		metadata: Object.fromEntries(metadata.filter(([name]) => name !== '')),
		statuses: (filters.status ?? []) as JobStatus[],
		baseModel: String(filters.baseModel ?? '').trim(),
		createdAfter: timeSetting(ctx, filters.createdAfter, 'Created After'),
	};
}
