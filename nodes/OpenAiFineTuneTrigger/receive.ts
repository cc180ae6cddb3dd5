import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { toMs } from '../../lib/openai/time';
import { readEvent, type WebhookBody } from '../../lib/openai/webhooks';
import { toNodeError } from '../shared/errors';
import { DONE, log, note, refuse, reply } from '../shared/webhook';

import { type PendingEvent, readJobItem } from './jobItem';
import { checkedDelivery } from './request';
import { endEvents, modeOf, watchSettings } from './settings';
import { stateOf } from './state';

/** One delivery: refused, answered, or answered and made an item. */
export async function receive(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const now = Date.now();
	const mode = modeOf(reader(ctx));
	if (mode === 'polling') return refuse(ctx, 404, 'the node polls');
	const delivery = await checkedDelivery(ctx, mode, now);
	if (!('body' in delivery)) return refuse(ctx, delivery.status, delivery.reason);
	const body = readEvent(delivery.body);
	if (body.kind === 'malformed') return refuse(ctx, 400, 'its body cannot be read');
	if (body.kind === 'other') return note(ctx, `"${body.type}" is no end of a job`);
	if (!wants(ctx, body)) return note(ctx, `"${body.event}" is not among the events`);
	const { seen, save } = stateOf(ctx, now);
	const keys = [delivery.id, ...(body.eventId ? [`event:${body.eventId}`] : [])];
	if (!seen.claim(keys, now)) return note(ctx, 'it has been here before');
	save();
	reply(ctx, 200);
	return await started(ctx, {
		event: body.event,
		event_id: body.eventId,
		occurred_at: new Date(toMs(body.createdAt) ?? now).toISOString(),
		job_id: body.jobId,
		pending: true,
	});
}

/**
 * OpenAI has its answer and will not send the event again, so it must not get lost now: where the job cannot be read,
 * the execution is started all the same and reads it, or shows why not and can be retried.
 */
async function started(
	ctx: IWebhookFunctions,
	pending: PendingEvent,
): Promise<IWebhookResponseData> {
	try {
		const item = await readJobItem(ctx, reader(ctx), pending);
		if (item) return { ...DONE, workflowData: [[item]] };
		log(ctx, 'debug', 'took an event of a job that the filters leave out');
		return DONE;
	} catch (error) {
		const { message } = toNodeError(ctx.getNode(), error);
		log(ctx, 'warn', `could not read the job of an event, the execution will: ${message}`);
		return { ...DONE, workflowData: [[{ json: { ...pending } as unknown as IDataObject }]] };
	}
}

function wants(ctx: IWebhookFunctions, { event }: Extract<WebhookBody, { kind: 'jobEnd' }>) {
	try {
		return endEvents(watchSettings(reader(ctx))).includes(event);
	} catch {
		return false;
	}
}

function reader(ctx: IWebhookFunctions) {
	return (name: string, fallback?: unknown) => ctx.getNodeParameter(name, fallback as never);
}
