/** What a happening looks like in a workflow. */
import type { Dialect } from '../dialects/types';
import { simplifyCheckpoint, simplifyJob } from '../simplify';
import { toIso } from '../time';

import type { Happening, WatchEvent } from './types';

export interface HappeningOutput {
	event: WatchEvent;
	/** ISO 8601. */
	occurred_at: string | null;
	/** Those of a simplified job or of a model in the inventory; else `job` as the server has it. */
	[field: string]: unknown;
}

/** @param now - milliseconds since the epoch */
export function happeningOutput(
	happening: Happening,
	simplify: boolean,
	dialect: Pick<Dialect, 'jobStatus' | 'tunedModel'>,
	now: number,
): HappeningOutput {
	const { event, occurredAt } = happening;
	const head = { event, occurred_at: toIso(occurredAt / 1000) };
	if (happening.event === 'modelRetiring') return { ...head, ...happening.model };
	const { job } = happening;
	const body = simplify ? simplifyJob(job, dialect, now) : { job };
	if (happening.event === 'progress') {
		const { metrics, progress } = happening;
		return { ...head, ...body, ...(simplify ? {} : { metrics_event: metrics }), progress };
	}
	if (happening.event === 'checkpointCreated') {
		const { checkpoint } = happening;
		return { ...head, ...body, checkpoint: simplify ? simplifyCheckpoint(checkpoint) : checkpoint };
	}
	return { ...head, ...body };
}
