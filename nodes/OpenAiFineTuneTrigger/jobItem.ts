/** From the event of a webhook, which only names the job, to the item with all of it. */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import { getJob } from '../../lib/openai/jobs';
import { happeningOutput, matchesJob } from '../../lib/openai/watch';
import type { JobEndEvent } from '../../lib/openai/webhooks';
import type { HttpContext } from '../shared/http';
import { createTransport } from '../shared/transport';

import { type ReadParameter, watchSettings } from './settings';

/** An event whose job has not been read yet. */
export interface PendingEvent {
	event: JobEndEvent;
	event_id: string | null;
	/** ISO 8601. */
	occurred_at: string;
	job_id: string;
	pending: true;
}

/** @returns undefined where the filters leave the job out */
export async function readJobItem(
	ctx: IWebhookFunctions | IExecuteFunctions,
	read: ReadParameter,
	{ event, event_id, occurred_at, job_id }: PendingEvent,
): Promise<INodeExecutionData | undefined> {
	const { filter } = watchSettings(read);
	const { transport, dialect, surroundings } = await createTransport(ctx as HttpContext);
	const job = await getJob(transport, job_id);
	if (!matchesJob(filter, job)) return undefined;
	const simplify = read('simplify', true) as boolean;
	const happening = { event, job, occurredAt: Date.parse(occurred_at) };
	const output = happeningOutput(happening, simplify, dialect, surroundings.now());
	return { json: { ...output, event_id } as unknown as IDataObject };
}

export function isPending(json: IDataObject): json is IDataObject & PendingEvent {
	return json.pending === true && typeof json.job_id === 'string';
}
