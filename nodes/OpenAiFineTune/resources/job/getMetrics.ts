import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import { getJob } from '../../../../lib/openai/jobs';
import { metricsSvg } from '../../../../lib/openai/metrics/chart';
import { pointsCsv } from '../../../../lib/openai/metrics/points';
import { type JobMetrics, readMetrics } from '../../../../lib/openai/metrics/read';
import { metricsHtml } from '../../../../lib/openai/metrics/report';
import { summarize } from '../../../../lib/openai/metrics/summary';
import { simplifyJob } from '../../../../lib/openai/simplify';
import { limitParameter, locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';
import type { Connection } from '../../../shared/transport';

import { toItem } from './output';

/** Job > Get Metrics: the course of a training, as files to look at or one item a step. */
export const getMetrics: OperationHandler = async (ctx, itemIndex, connection) => {
	const { transport, dialect } = connection;
	const job = await getJob(transport, locatorParameter(ctx, 'jobId', itemIndex));
	const metrics = await readMetrics(transport, dialect, job);
	if (ctx.getNodeParameter('metricsOutput', itemIndex) === 'steps') {
		const points = metrics.points.slice(0, limitParameter(ctx, itemIndex));
		return points.map((point) => toItem({ job_id: job.id, ...point }, itemIndex));
	}
	return [await reportItem(ctx, itemIndex, connection, job, metrics)];
};

async function reportItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ dialect, surroundings }: Connection,
	job: FineTuningJob,
	metrics: JobMetrics,
): Promise<INodeExecutionData> {
	const { points, checkpoints, source } = metrics;
	const simple = simplifyJob(job, dialect, surroundings.now());
	const summary = summarize(points, checkpoints);
	const page = metricsHtml(simple, metrics, summary, new Date(surroundings.now()).toISOString());
	const file = async (content: string, extension: string, mimeType: string) =>
		await ctx.helpers.prepareBinaryData(
			Buffer.from(content),
			`${job.id}-metrics.${extension}`,
			mimeType,
		);
	const { id, status, model, fine_tuned_model, trained_tokens } = simple;
	const json = { id, status, model, fine_tuned_model, trained_tokens, source, ...summary };
	return {
		...toItem({ ...json, checkpoints } as unknown as IDataObject, itemIndex),
		binary: {
			report: await file(page, 'html', 'text/html'),
			chart: await file(metricsSvg(points, checkpoints, job.id), 'svg', 'image/svg+xml'),
			data: await file(pointsCsv(points), 'csv', 'text/csv'),
		},
	};
}
