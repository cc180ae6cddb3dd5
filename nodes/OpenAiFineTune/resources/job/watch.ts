import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { explainEnd, explainTimeout, minutes } from '../../../../lib/openai/jobEnd';
import { waitForJob, type WaitOptions, type WaitResult } from '../../../../lib/openai/waitForJob';
import { hint } from '../../../shared/hint';
import type { Connection } from '../../../shared/transport';

import { jobItem } from './output';
import { timeSetting } from './parameters';

/** A year in minutes: keeps every date within what a date can hold. */
const LARGEST = 525_600;

export interface WaitSettings extends WaitOptions {
	startedAt: number;
	onFailure: string;
	onTimeout: string;
}

export function waitParameters(
	ctx: IExecuteFunctions,
	itemIndex: number,
	now: number,
): WaitSettings {
	const options = ctx.getNodeParameter('waitOptions', itemIndex, {}) as IDataObject;
	const firstIntervalMs = seconds(options.firstInterval, 5);
	return {
		timeoutMs: atLeast(0, ctx.getNodeParameter('maxWaitMinutes', itemIndex, 60)) * 60_000,
		startedAt: timeSetting(ctx, options.countFrom, 'Count From') ?? now,
		firstIntervalMs,
		maxIntervalMs: Math.max(firstIntervalMs, seconds(options.maxInterval, 60)),
		onFailure: String(options.onFailure ?? 'stop'),
		onTimeout: String(options.onTimeout ?? 'stop'),
		// Shown in the browser's console while a workflow is tried out by hand.
		onStatus: (status, { id }) => ctx.sendMessageToUI(`${id}: ${status}`),
	};
}

/** Looks at a job within the execution until it has ended or the time is up. */
export async function watch(
	{ transport, surroundings, dialect }: Connection,
	jobId: string,
	settings: WaitSettings,
): Promise<WaitResult> {
	return await waitForJob(transport, surroundings, dialect, jobId, settings);
}

/** The item that a wait ends with; throws where the settings ask for that. */
export function waitedItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	connection: Connection,
	result: WaitResult,
	settings: Pick<WaitSettings, 'onFailure' | 'onTimeout'>,
	more: IDataObject,
): INodeExecutionData {
	const { job, status, finished } = result;
	if (!finished && settings.onTimeout !== 'output') throw explainTimeout(result);
	if (settings.onFailure !== 'output' && (status === 'failed' || status === 'cancelled')) {
		throw explainEnd(job, status);
	}
	// One hint is read, a hundred are not.
	if (ctx.getInputData().length === 1) {
		const course = result.history.map((step) => step.status).join(' → ');
		const message = `Waited ${minutes(result.waitedMs)} for ${job.id}: ${course}.`;
		hint(ctx, message);
	}
	return jobItem(ctx, itemIndex, connection, job, {
		...(finished ? {} : { timed_out: true }),
		...more,
	});
}

function seconds(entered: unknown, byDefault: number): number {
	return atLeast(1, entered ?? byDefault) * 1000;
}

function atLeast(least: number, entered: unknown): number {
	const value = Number(entered);
	return Number.isFinite(value) ? Math.min(Math.max(least, value), LARGEST) : least;
}
