import { ApiError } from '../../http/errors';
import type { ApiRequest, ApiResponse, Transport } from '../../http/types';

import { defined, type Fields, fieldsOf, rowsOf, text, unixOf } from './answers';
import { METADATA, metadataOf } from './localAiBody';
import { encodedPath } from './paths';

type Place = Pick<ApiRequest, 'path' | 'fromOrigin'>;

export const JOBS: Place = { path: '/api/fine-tuning/jobs', fromOrigin: true };

const ENDS = ['completed', 'failed', 'stopped'];
/** Progress is sent for as long as the training goes on; this much of it is enough to learn the state. */
const LISTEN_MS = 5_000;
const RESTARTED = /^Server restarted/;

export function pathOfJob(id: string, verb = ''): Place {
	return { path: `${encodedPath(JOBS.path, id, 'Job')}${verb}`, fromOrigin: true };
}

/**
 * A job. The server learns the state of a running one only while somebody listens to its progress: without that it
 * would say "queued" for ever.
 * https://github.com/mudler/LocalAI/blob/master/core/services/finetune/service.go (StreamProgress)
 */
export async function getLocalAiJob(id: string, send: Transport): Promise<ApiResponse> {
	const first = await send({ method: 'GET', ...pathOfJob(id) });
	if (ENDS.includes(text(fieldsOf(first.data).status) ?? '')) return shown(first);
	await listen(id, send);
	return shown(await send({ method: 'GET', ...pathOfJob(id) }));
}

async function listen(id: string, send: Transport): Promise<void> {
	const progress = pathOfJob(id, '/progress');
	const request = { method: 'GET', ...progress, expect: 'buffer', timeout: LISTEN_MS } as const;
	await send({ ...request, retry: 'never' }).catch(passOver);
}

/** That the time is up is the usual end of it, and what else goes wrong shows when the job is looked at. */
function passOver(cause: unknown): void {
	if (!(cause instanceof ApiError)) throw cause;
}

function shown(answer: ApiResponse): ApiResponse {
	return { ...answer, data: localAiJob(answer.data) };
}

/** https://github.com/mudler/LocalAI/blob/master/core/schema/finetune.go (FineTuneJob) */
export function localAiJob(data: unknown): Fields {
	const raw = fieldsOf(data);
	const config = fieldsOf(raw.config);
	const status = text(raw.status) ?? '';
	const message = text(raw.message) ?? '';
	const restarted = status === 'stopped' && RESTARTED.test(message);
	const { extra_options: options, config: _, user_id: __, ...plain } = raw;
	return {
		...plain,
		object: 'fine_tuning.job',
		// Nobody stopped it, and there is no model.
		status: restarted ? 'failed' : status,
		training_file: text(config.dataset_source) ?? null,
		validation_file: null,
		created_at: raw.created_at ?? null,
		finished_at: null,
		hyperparameters: defined({
			n_epochs: config.num_epochs,
			batch_size: config.batch_size,
			learning_rate: config.learning_rate,
		}),
		method: { type: raw.training_method === 'dpo' ? 'dpo' : 'supervised' },
		metadata: metadataOf(options) ?? null,
		extra_options: publicOptions(options),
		result_files: [],
		error: status === 'failed' || restarted ? { code: status, message, param: null } : null,
	};
}

/** The token for gated models is among the options. */
function publicOptions(options: unknown): Fields {
	return Object.fromEntries(
		Object.entries(fieldsOf(options)).filter(
			([name]) => name !== 'hf_token' && !name.startsWith(METADATA),
		),
	);
}

/** The last one first. A checkpoint is named by its job and folder, as the resource Deployment takes it. */
export function localAiCheckpoints(job: string, data: unknown): Fields[] {
	const rows = rowsOf(data, 'checkpoints');
	return rows
		.map(({ path, step = 0, loss, created_at: created }) => ({
			id: text(path)?.split('/').at(-1) ?? `checkpoint-${String(step)}`,
			object: 'fine_tuning.job.checkpoint',
			created_at: unixOf(created),
			fine_tuned_model_checkpoint: `${job}:${text(path)?.split('/').at(-1)}`,
			fine_tuning_job_id: job,
			step_number: step,
			metrics: defined({ step, train_loss: loss }),
			path,
		}))
		.sort((a, b) => Number(b.step_number) - Number(a.step_number));
}
