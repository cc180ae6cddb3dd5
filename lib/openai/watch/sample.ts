/** Something to build a workflow with: the newest thing that the settings would have told of. */
import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import { pages } from '../../http/pages';
import type { Transport } from '../../http/types';

import { matchesJob } from './filter';
import { newsOfJob } from './jobNews';
import type { LookContext } from './look';
import { endingModels } from './modelNews';
import { newMark } from './state';
import type { Happening, WatchSettings } from './types';

/** Pages searched for a job that fits. */
const MOST_PAGES = 5;
/** Jobs that are looked into, since progress and checkpoints cost a request each. */
const MOST_JOBS = 5;

/** @returns undefined where nothing has happened yet that fits */
export async function newestSample(
	transport: Transport,
	settings: WatchSettings,
	context: Omit<LookContext, 'source'>,
): Promise<Happening | undefined> {
	const jobs = await newestJobs(transport, settings);
	for (const job of jobs) {
		const mark = newMark(job);
		const news = { ...context, settings, before: settings, isFirst: false, job, mark };
		const { happenings } = await newsOfJob(transport, news);
		if (happenings.length > 0) return happenings.at(-1);
	}
	if (!settings.events.includes('modelRetiring')) return undefined;
	const [model] = await endingModels(transport, settings, context);
	return model && { event: 'modelRetiring', model, occurredAt: context.now };
}

async function newestJobs(transport: Transport, settings: WatchSettings): Promise<FineTuningJob[]> {
	const asksForJobs = settings.events.some((event) => event !== 'modelRetiring');
	const found: FineTuningJob[] = [];
	if (!asksForJobs) return found;
	let read = 0;
	for await (const page of pages<FineTuningJob>(transport, { path: '/fine_tuning/jobs' })) {
		found.push(...page.filter((job) => matchesJob(settings.filter, job)));
		if (found.length >= MOST_JOBS || ++read >= MOST_PAGES) break;
	}
	return found.slice(0, MOST_JOBS);
}
