import { checkedJobId } from '../../../../lib/openai/jobs';
import { locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { waitOrSleep } from './sleep';

export const wait: OperationHandler = async (ctx, itemIndex, connection) =>
	await waitOrSleep(ctx, itemIndex, connection, async () => ({
		id: checkedJobId(locatorParameter(ctx, 'jobId', itemIndex)),
		more: {},
	}));
