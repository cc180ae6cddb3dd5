import type { Dialect } from '../dialects/types';
import { SettingError } from '../settingError';
import { isPlainObject, readJsonSetting, type PlainObject } from './json';

/** Which of a job's models to ask: the finished one, the newest checkpoint, or the first of these that there is. */
export type JobModelChoice = 'final' | 'latestCheckpoint' | 'finalOrCheckpoint';

/** What was found: a model, or the job whose state or checkpoints have to be asked for first. */
export type JobModel = { model: string } | { jobId: string; needs: 'job' | 'checkpoints' };

const SETTING = 'Model';
const CHECKPOINT_FIELDS = ['fine_tuned_model_checkpoint', 'fineTunedModelCheckpoint'] as const;
const STILL_GOING = ['validating_files', 'queued', 'running', 'paused'];

/** How the server at hand names states and models, and whether it answers with checkpoints. */
export type JobReading = Pick<Dialect, 'jobStatus' | 'tunedModel'> & Partial<Pick<Dialect, 'chat'>>;

/**
 * Finds the model of a fine-tuning job.
 *
 * @param source a job, a checkpoint or a model as the API or the OpenAI Fine-Tune node gives it (also as JSON text), or a job ID
 * @param choice which of the job's models is wanted
 * @param dialect the server's own words for states and models; OpenAI's when left out
 * @returns the model, or what has to be fetched before the answer is known
 * @throws SettingError if the job has not ended, has failed or was cancelled, or nothing in `source` tells
 */
export function modelOfJob(
	source: unknown,
	choice: JobModelChoice = 'final',
	dialect?: JobReading,
): JobModel {
	const found = typeof source === 'string' ? readText(source) : source;
	if (typeof found === 'string') return fromId(found, choice);
	if (!isPlainObject(found)) throw notAJob();
	const named = textAt(found, ...CHECKPOINT_FIELDS) ?? modelItem(found);
	if (named) return { model: named };
	const model = choice === 'latestCheckpoint' ? undefined : finalModel(found, dialect);
	if (model) return { model };
	const jobId = textAt(found, 'id', 'jobId');
	if (choice === 'final' || !jobId) throw noModel(found, jobId, dialect);
	const checkpoint = newestCheckpoint(found.checkpoints);
	return checkpoint ? { model: checkpoint } : { jobId, needs: 'checkpoints' };
}

/**
 * The newest of a job's checkpoints, by its step.
 *
 * @param checkpoints the `data` of `GET /fine_tuning/jobs/{id}/checkpoints`
 */
export function newestCheckpoint(checkpoints: unknown): string | undefined {
	if (!Array.isArray(checkpoints)) return undefined;
	const step = (one: PlainObject) => (typeof one.step_number === 'number' ? one.step_number : 0);
	const newest = checkpoints
		.filter(isPlainObject)
		.filter((one) => textAt(one, ...CHECKPOINT_FIELDS))
		.sort((a, b) => step(b) - step(a))[0];
	return newest && textAt(newest, ...CHECKPOINT_FIELDS);
}

/** What to say when a job that was asked for has no checkpoints. */
export function noCheckpoints(jobId: string): SettingError {
	return new SettingError(
		`The fine-tuning job '${jobId.slice(0, 80)}' has no checkpoints`,
		'A job makes its first checkpoint at the end of its first epoch, and not every server keeps them. Wait for the job to end and use its final model.',
		SETTING,
	);
}

function readText(text: string): unknown {
	const trimmed = text.trim();
	if (trimmed === '') throw notAJob();
	return trimmed.startsWith('{') ? readJsonSetting(trimmed, SETTING) : trimmed;
}

function fromId(id: string, choice: JobModelChoice): JobModel {
	if (id.startsWith('ft:')) return { model: id };
	return { jobId: id, needs: choice === 'latestCheckpoint' ? 'checkpoints' : 'job' };
}

/** An item of the models list, not of the jobs list. */
function modelItem(item: PlainObject): string | undefined {
	const id = textAt(item, 'id');
	return item.object === 'model' || id?.startsWith('ft:') ? id : undefined;
}

function finalModel(job: PlainObject, dialect?: JobReading): string | undefined {
	const named = textAt(job, 'fine_tuned_model', 'fineTunedModel');
	if (named) return named;
	return statusOf(job, dialect) === 'succeeded' ? dialect?.tunedModel(job) : undefined;
}

function statusOf(job: PlainObject, dialect?: JobReading): string | undefined {
	const raw = textAt(job, 'status');
	return raw && dialect ? dialect.jobStatus(raw) : raw;
}

function textAt(source: PlainObject, ...names: string[]): string | undefined {
	return names
		.map((name) => source[name])
		.find((value): value is string => typeof value === 'string' && value !== '');
}

function notAJob(): SettingError {
	return new SettingError(
		"'Model' is not a fine-tuning job",
		'Give a job ID such as ftjob-…, or an item of the OpenAI Fine-Tune node, for example with the expression {{ $json }}.',
		SETTING,
	);
}

function noModel(job: PlainObject, jobId?: string, dialect?: JobReading): SettingError {
	const status = statusOf(job, dialect);
	if (!status) return notAJob();
	const name = `The fine-tuning job${jobId ? ` '${jobId.slice(0, 80)}'` : ''}`;
	const orCheckpoint =
		dialect?.chat?.checkpoints === false
			? ''
			: " The option 'Model of Job' can use its latest checkpoint instead.";
	if (STILL_GOING.includes(status)) {
		return new SettingError(
			`${name} has no model yet: its status is '${status}'`,
			`Wait for it with the operation 'Wait' of the OpenAI Fine-Tune node.${orCheckpoint}`,
			SETTING,
		);
	}
	if (status === 'succeeded') {
		return new SettingError(
			`${name} has succeeded but names no model`,
			"Some servers need the model to be deployed first. Give the model with the mode 'By ID'.",
			SETTING,
		);
	}
	const reason = textAt(job, 'error') ?? (isPlainObject(job.error) && textAt(job.error, 'message'));
	return new SettingError(
		`${name} has no model: its status is '${status.slice(0, 40)}'${reason ? ` (${reason.slice(0, 300)})` : ''}`,
		`Look at the job's events for the reason, and run it again.${orCheckpoint}`,
		SETTING,
	);
}
