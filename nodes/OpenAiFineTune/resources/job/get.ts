import type { IDataObject } from 'n8n-workflow';

import { getJob } from '../../../../lib/openai/jobs';
import { readProgress } from '../../../../lib/openai/progress';
import { locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { jobItem } from './output';

export const get: OperationHandler = async (ctx, itemIndex, connection) => {
	const { transport, dialect, surroundings } = connection;
	const job = await getJob(transport, locatorParameter(ctx, 'jobId', itemIndex));
	if (!ctx.getNodeParameter('includeProgress', itemIndex, false)) {
		return [jobItem(ctx, itemIndex, connection, job)];
	}
	const progress = await readProgress(transport, dialect, job, surroundings.now());
	return [
		jobItem(ctx, itemIndex, connection, job, { progress: progress as unknown as IDataObject }),
	];
};
