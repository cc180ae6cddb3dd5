import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { errorItem, toNodeError } from '../../../shared/errors';
import type { Connection } from '../../../shared/transport';

import { isSimplified } from './output';
import { sleepWorkflow, type SleepingJob } from './sleepWorkflow';
import { waitedItem, waitParameters, watch, type WaitSettings } from './watch';

/**
 * Waits for the jobs of all items at once, since n8n can put only a whole node to sleep, and since jobs that are
 * started together train together. First awake for two minutes, which serves short jobs; then asleep, which holds no
 * worker and survives a restart.
 */

const AWAKE_MS = 120_000;

/** A job to wait for, and what goes into the output beside it. */
export interface StartedJob {
	id: string;
	more: IDataObject;
}

interface Waiting {
	itemIndex: number;
	job: StartedJob;
	settings: WaitSettings;
}

/** The jobs of each run of a node, from item to item. */
const nodeRuns = new WeakMap<IExecuteFunctions, Waiting[]>();

/**
 * Starts (or names) one item's job. The call for the last item waits for all of them, as the parameters of each say,
 * and gives their items back.
 */
export async function waitOrSleep(
	ctx: IExecuteFunctions,
	itemIndex: number,
	connection: Connection,
	start: () => Promise<StartedJob>,
): Promise<INodeExecutionData[]> {
	const jobs = nodeRuns.get(ctx) ?? [];
	nodeRuns.set(ctx, jobs);
	const begin = async () => {
		const job = await start();
		const settings = waitParameters(ctx, itemIndex, connection.surroundings.now());
		jobs.push({ itemIndex, job, settings });
		return [];
	};
	const isLast = itemIndex === ctx.getInputData().length - 1;
	if (!isLast) return await begin();
	const failed = jobs.length > 0 ? await orErrorItem(ctx, itemIndex, begin) : await begin();
	return [...failed, ...(await waitForAll(ctx, connection, jobs))];
}

async function waitForAll(
	ctx: IExecuteFunctions,
	connection: Connection,
	jobs: Waiting[],
): Promise<INodeExecutionData[]> {
	const awakeUntil = maySleep(ctx) ? connection.surroundings.now() + AWAKE_MS : Infinity;
	const items: INodeExecutionData[] = [];
	const unfinished: Waiting[] = [];
	for (const waiting of jobs) {
		const ended = await waitFor(ctx, connection, waiting, awakeUntil);
		if (ended) items.push(ended);
		else unfinished.push(waiting);
	}
	if (unfinished.length === 0) return items;

	// What the sub-execution returns becomes this node's whole output: it has to know the job of each item.
	const hasAllJobs = jobs.length === ctx.getInputData().length;
	const slept = hasAllJobs ? await sleep(ctx, jobs) : undefined;
	if (slept) return slept;
	for (const waiting of unfinished) {
		items.push((await waitFor(ctx, connection, waiting, Infinity))!);
	}
	return items;
}

/** The item that a wait ends with; nothing when neither the job nor its time has ended by then. */
async function waitFor(
	ctx: IExecuteFunctions,
	connection: Connection,
	{ itemIndex, job, settings }: Waiting,
	until: number,
): Promise<INodeExecutionData | undefined> {
	const limit = settings.startedAt + settings.timeoutMs;
	const [item] = await orErrorItem(ctx, itemIndex, async () => {
		const timeoutMs = Math.min(limit, until) - settings.startedAt;
		const result = await watch(connection, job.id, { ...settings, timeoutMs });
		if (!result.finished && connection.surroundings.now() < limit) return [];
		return [waitedItem(ctx, itemIndex, connection, result, settings, job.more)];
	});
	return item;
}

/**
 * Runs the sub-execution. If it goes to sleep, so does this one, and what is returned here is of no account; if all
 * jobs happen to have ended, their items come back. Nothing comes back where n8n cannot run it.
 */
async function sleep(
	ctx: IExecuteFunctions,
	jobs: Waiting[],
): Promise<INodeExecutionData[] | undefined> {
	const code = sleepWorkflow(ctx.getNode(), ctx.continueOnFail());
	const items = jobs.map((job) => ({ json: sleepingJob(ctx, job) as unknown as IDataObject }));
	try {
		const { data, waitTill } = await ctx.executeWorkflow(
			{ code: code as never },
			items,
			undefined,
			{
				parentExecution: {
					executionId: ctx.getExecutionId(),
					workflowId: ctx.getWorkflow().id ?? '',
					shouldResume: true,
				},
				executionMode: ctx.getMode(),
			},
		);
		if (waitTill) return [];
		return (data[0] ?? []).map((item, index) => ({ ...item, pairedItem: { item: index } }));
	} catch (cause) {
		// Then the wait goes on awake, where a fault of the job itself shows again.
		ctx.logger.warn(`Could not sleep while waiting for fine-tuning: ${String(cause)}`);
		return undefined;
	}
}

function sleepingJob(ctx: IExecuteFunctions, { itemIndex, job, settings }: Waiting): SleepingJob {
	const { startedAt, timeoutMs, onFailure, onTimeout } = settings;
	return {
		id: job.id,
		countFrom: new Date(startedAt).toISOString(),
		until: new Date(startedAt + timeoutMs).toISOString(),
		maxWaitMinutes: timeoutMs / 60_000,
		onFailure,
		onTimeout,
		simplify: isSimplified(ctx, itemIndex),
		more: job.more,
	};
}

/** An agent waits for its tool, and the command line for the end: neither can be left asleep. */
function maySleep(ctx: IExecuteFunctions): boolean {
	if (ctx.isToolExecution() || ctx.getMode() === 'cli') return false;
	return ctx.getNodeParameter('sleepDuringLongWaits', 0, true) as boolean;
}

async function orErrorItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	items: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	try {
		return await items();
	} catch (cause) {
		const error = toNodeError(ctx.getNode(), cause, itemIndex);
		const cancelled = ctx.getExecutionCancelSignal()?.aborted;
		if (ctx.continueOnFail() && !cancelled) return [errorItem(error, itemIndex)];
		throw toNodeError(ctx.getNode(), error, itemIndex);
	}
}
