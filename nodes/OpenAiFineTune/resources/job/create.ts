import type { IExecuteFunctions } from 'n8n-workflow';
import type { FineTuningJob, JobCreateParams } from 'openai/resources/fine-tuning/jobs/jobs';

import { createJobOnce, type CreatedJob, isFindable } from '../../../../lib/openai/createJob';
import { buildJobBody } from '../../../../lib/openai/jobBody';
import { locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';
import type { Connection } from '../../../shared/transport';

import { jobItem } from './output';
import { runIdParameter, trainingParameters } from './parameters';
import { waitOrSleep } from './sleep';

export const create: OperationHandler = async (ctx, itemIndex, connection) => {
	const start = async () => {
		const settings = {
			...trainingParameters(ctx, itemIndex),
			trainingFile: locatorParameter(ctx, 'trainingFile', itemIndex),
			validationFile: locatorParameter(ctx, 'validationFile', itemIndex),
		};
		const body = buildJobBody(settings, connection.dialect);
		return await startJob(ctx, itemIndex, connection, body);
	};
	if (ctx.getNodeParameter('waitUntilFinished', itemIndex, false) as boolean) {
		return await waitOrSleep(ctx, itemIndex, connection, async () => {
			const { job, reused } = await start();
			return { id: job.id, more: mark(reused) };
		});
	}
	const { job, reused } = await start();
	return [jobItem(ctx, itemIndex, connection, job, mark(reused))];
};

/** Shown only when it says something. */
export function mark(reused: boolean): { reused?: true } {
	return reused ? { reused } : {};
}

/** Starts the item's job, or finds the one that an earlier try of this run has started. */
export async function startJob(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ transport, surroundings, dialect }: Connection,
	body: JobCreateParams,
): Promise<CreatedJob> {
	const created = await createJobOnce(transport, surroundings, body, {
		runId: isFindable(dialect) ? runIdParameter(ctx, itemIndex) : undefined,
		onPause: (reason, ms) => ctx.sendMessageToUI(`${reason}, next try in ${ms / 1000} s`),
	});
	if (created.reused) hintReuse(ctx, created.job);
	return created;
}

export function hintReuse(ctx: IExecuteFunctions, { id }: FineTuningJob): void {
	ctx.addExecutionHints({
		message: `The job ${id} had been started by an earlier try. It was reused, so it is paid once.`,
		location: 'outputPane',
	});
}
