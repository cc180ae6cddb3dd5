import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import type { Transport } from '../http/types';

import type { Dialect } from './dialects/types';
import { SettingError } from './settingError';

/** What has to be known of a server before it is asked. */
export type DialectLimits = Pick<Dialect, 'supports'> & Partial<Pick<Dialect, 'lacks' | 'name'>>;

export type JobAction = 'cancel' | 'pause' | 'resume';

/** https://platform.openai.com/docs/api-reference/fine-tuning/retrieve */
export async function getJob(transport: Transport, jobId: string): Promise<FineTuningJob> {
	const { data } = await transport<FineTuningJob>({ method: 'GET', path: jobPath(jobId) });
	return data;
}

/**
 * Cancels, pauses or resumes a job and gives back its new state.
 *
 * @throws SettingError when the dialect's server cannot pause: some gateways would read any action as "cancel".
 */
export async function actOnJob(
	transport: Transport,
	dialect: DialectLimits,
	jobId: string,
	action: JobAction,
): Promise<FineTuningJob> {
	if (action !== 'cancel' && !dialect.supports.pause) {
		const instead =
			dialect.lacks?.[`jobs.${action}`] ?? 'Cancel the job, or let it run to its end.';
		throw unsupported('pause and resume jobs', instead, dialect.name);
	}
	const { data } = await transport<FineTuningJob>({
		method: 'POST',
		path: `${jobPath(jobId)}/${action}`,
		// Each of them asks for a state, so asking twice does what asking once does.
		retry: 'safe',
	});
	return data;
}

/** Path of a job; its id is escaped, so that no id reaches another endpoint. */
export function jobPath(jobId: string): string {
	return `/fine_tuning/jobs/${encodeURIComponent(checkedJobId(jobId))}`;
}

/** @throws SettingError when no job was given. */
export function checkedJobId(jobId: string): string {
	const id = jobId.trim();
	if (id !== '' && id !== '.' && id !== '..') return id;
	throw new SettingError(
		"'Job' is empty",
		'Pick a job from the list, or enter its ID (ftjob-…), e.g. from a Create operation.',
		'Job',
	);
}

/** What to say where a server lacks an operation. */
export function unsupported(
	what: string,
	description: string,
	provider = 'The provider of this credential',
): SettingError {
	return new SettingError(`${provider} has no way to ${what}`, description);
}
