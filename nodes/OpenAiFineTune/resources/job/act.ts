import { actOnJob, type JobAction } from '../../../../lib/openai/jobs';
import { locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { jobItem } from './output';

const act =
	(action: JobAction): OperationHandler =>
	async (ctx, itemIndex, connection) => {
		const jobId = locatorParameter(ctx, 'jobId', itemIndex);
		const { transport, dialect } = connection;
		const job = await actOnJob(transport, dialect, jobId, action);
		return [jobItem(ctx, itemIndex, connection, job)];
	};

export const cancel = act('cancel');
export const pause = act('pause');
export const resume = act('resume');
