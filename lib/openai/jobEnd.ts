import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import { jobError } from './simplify';
import type { WaitResult } from './waitForJob';

/** A wait that did not lead to a model: what happened, and what to do. */
export class JobNotSucceededError extends Error {
	override readonly name = 'JobNotSucceededError';

	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

/** Codes of `job.error`, seen in the wild, and the way out of each. */
const ADVICE: Record<string, string> = {
	invalid_n_examples: 'Add examples: at least 10 are needed, and 50 to 100 usually show an effect.',
	invalid_training_file:
		"Check the training file with the JSONL Builder's Validate operation, which names each line and its fix.",
	invalid_validation_file:
		"Check the validation file with the JSONL Builder's Validate operation, which names each line and its fix.",
	exceeded_quota: 'Raise the budget or add credit at the provider, then start a new job.',
	server_error: 'The provider could not finish the job. Start it again later.',
};

/** For a job that ended without a model. */
export function explainEnd(
	job: FineTuningJob,
	status: 'failed' | 'cancelled',
): JobNotSucceededError {
	if (status === 'cancelled') {
		return new JobNotSucceededError(
			`The fine-tuning job ${job.id} was cancelled`,
			'Somebody cancelled it, here or at the provider. Create a new job to train again.',
		);
	}
	const code = job.error?.code ? ` (${job.error.code})` : '';
	const reason = jobError(job) ?? 'The provider gave no reason.';
	return new JobNotSucceededError(
		`The fine-tuning job ${job.id} failed${code}`,
		`${sentence(reason)} ${advice(job)}`,
	);
}

/** For a job that has not ended when the time is up. */
export function explainTimeout({
	job,
	status,
	waitedMs,
	history,
}: WaitResult): JobNotSucceededError {
	const course = history.map((step) => step.status).join(' → ');
	const next =
		status === 'paused'
			? 'It is paused: continue it with the Resume operation, then wait again.'
			: "The job goes on at the provider. Wait for it again by its ID, or raise 'Max Wait (Minutes)'.";
	return new JobNotSucceededError(
		`The fine-tuning job ${job.id} is still ${words(status)} after ${minutes(waitedMs)}`,
		`Seen last: ${course}. ${next}`,
	);
}

/** Milliseconds as people say them. */
export function minutes(ms: number): string {
	if (ms < 60_000) return `${Math.round(ms / 1000)} seconds`;
	const count = Math.round(ms / 6_000) / 10;
	return `${count} ${count === 1 ? 'minute' : 'minutes'}`;
}

function advice(job: FineTuningJob): string {
	const { code, message } = job.error ?? {};
	if (/moderation|usage policies/i.test(message ?? '')) {
		return 'Remove the examples that break the usage policies, then upload the file again.';
	}
	if (code && Object.hasOwn(ADVICE, code)) return ADVICE[code];
	return 'The Get Events operation lists what happened before.';
}

function words(status: string): string {
	return status === 'validating_files' ? 'validating its files' : status;
}

function sentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}
