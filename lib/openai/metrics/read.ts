import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { lackOf } from '../dialects/speak';
import type { Dialect } from '../dialects/types';
import { csvRecords, decodedResult, type FileRecord } from '../fileContent';
import { openFileContent } from '../files';
import { listCheckpoints, listEvents } from '../jobLists';

import { collectPoints, type MetricPoint } from './points';

export interface JobMetrics {
	/** Where the numbers are from; `none` when the server has not measured anything yet, or does not say. */
	source: 'result_file' | 'events' | 'checkpoints' | 'none';
	points: MetricPoint[];
	checkpoints: CheckpointMark[];
}

/** A model that was saved during training. */
export interface CheckpointMark {
	step: number;
	model: string;
}

/** Metrics events read at most: the newest hundred thousand steps. */
const MOST_EVENTS = 100_000;

/**
 * The measurements of a job: from its result file, which a finished job of OpenAI and Azure has; otherwise from its
 * metrics events, which a running job has; otherwise from its checkpoints.
 * https://platform.openai.com/docs/guides/supervised-fine-tuning#analyze-your-fine-tuned-model
 *
 * @throws ApiError when the server refuses; a result file that has been deleted is passed over
 */
export async function readMetrics(
	transport: Transport,
	dialect: Pick<Dialect, 'lacks' | 'supports'>,
	job: FineTuningJob,
): Promise<JobMetrics> {
	const saved = dialect.supports.checkpoints
		? await listCheckpoints(transport, dialect, job.id)
		: [];
	const checkpoints = saved
		.map(({ step_number: step, fine_tuned_model_checkpoint: model }) => ({ step, model }))
		.filter(({ step, model }) => typeof step === 'number' && typeof model === 'string')
		.sort((a, b) => a.step - b.step);
	const sources: Array<[JobMetrics['source'], () => Promise<FileRecord[]>]> = [
		['result_file', async () => await fromResultFiles(transport, dialect, job)],
		['events', async () => await fromEvents(transport, dialect, job.id)],
		['checkpoints', async () => saved.map((one) => ({ step: one.step_number, ...one.metrics }))],
	];
	for (const [source, read] of sources) {
		const points = collectPoints(await read());
		if (points.length > 0) return { source, points, checkpoints };
	}
	return { source: 'none', points: [], checkpoints };
}

async function fromResultFiles(
	transport: Transport,
	dialect: Pick<Dialect, 'lacks' | 'supports'>,
	job: FineTuningJob,
): Promise<FileRecord[]> {
	if (lackOf(dialect, 'files.content') !== undefined) return [];
	const records: FileRecord[] = [];
	for (const fileId of Array.isArray(job.result_files) ? job.result_files : []) {
		const content = await openFileContent(transport, fileId).catch(passOverMissing);
		if (!content) continue;
		for await (const record of csvRecords(decodedResult(content))) records.push(record);
	}
	return records;
}

async function passOverMissing(error: unknown): Promise<undefined> {
	const missing = error instanceof ApiError && error.details.status === 404;
	return await (missing ? undefined : Promise.reject(error as Error));
}

async function fromEvents(
	transport: Transport,
	dialect: Pick<Dialect, 'supports'>,
	jobId: string,
): Promise<FileRecord[]> {
	if (!dialect.supports.events) return [];
	const events = await listEvents(transport, dialect, jobId, { type: 'metrics' }, MOST_EVENTS);
	// Newest first as they come; the later number of a step is to win.
	return events.reverse().map(({ data }) => (data ?? {}) as FileRecord);
}
