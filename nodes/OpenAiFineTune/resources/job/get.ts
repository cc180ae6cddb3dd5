import { getJob } from '../../../../lib/openai/jobs';
import { locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { jobItem } from './output';

export const get: OperationHandler = async (ctx, itemIndex, connection) => {
	const job = await getJob(connection.transport, locatorParameter(ctx, 'jobId', itemIndex));
	return [jobItem(ctx, itemIndex, connection, job)];
};
