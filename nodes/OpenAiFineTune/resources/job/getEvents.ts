import type { IDataObject } from 'n8n-workflow';

import { listEvents, type EventFilter } from '../../../../lib/openai/jobLists';
import { simplifyEvent } from '../../../../lib/openai/simplify';
import { limitParameter, locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { isSimplified, toItem } from './output';

export const getEvents: OperationHandler = async (ctx, itemIndex, { transport, dialect }) => {
	const jobId = locatorParameter(ctx, 'jobId', itemIndex);
	const { level, type } = ctx.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const filter = { levels: level, type } as EventFilter;
	const limit = limitParameter(ctx, itemIndex);
	const events = await listEvents(transport, dialect, jobId, filter, limit);
	const simplify = isSimplified(ctx, itemIndex);
	return events.map((event) => toItem(simplify ? simplifyEvent(event) : event, itemIndex));
};
