import { defined, type Fields, fieldsOf, newestFirst, rowsOf, text, unixOf } from './answers';

const ENDS = ['completed', 'error', 'user_error', 'cancelled'];

/** https://docs.together.ai/reference/get-fine-tunes-id */
export function togetherJob(data: unknown): Fields {
	const raw = fieldsOf(data);
	const status = text(raw.status) ?? '';
	const method = text(fieldsOf(raw.training_method).method);
	return {
		...raw,
		object: 'fine_tuning.job',
		status,
		training_file: text(raw.training_file) ?? null,
		validation_file: text(raw.validation_file) ?? null,
		finished_at: ENDS.includes(status) ? raw.updated_at : null,
		hyperparameters: defined({
			n_epochs: raw.n_epochs,
			batch_size: raw.batch_size,
			learning_rate: raw.learning_rate,
		}),
		method: { type: method === 'dpo' ? 'dpo' : 'supervised' },
		trained_tokens: raw.token_count ?? null,
		seed: raw.random_seed ?? null,
		result_files: [],
		error: errorOf(status, raw),
	};
}

/** The last event of the kind says why; lists of jobs have no events. */
function errorOf(status: string, { events }: Fields): Fields | null {
	if (status !== 'error' && status !== 'user_error') return null;
	const errors = rowsOf(events).filter(({ type, level }) =>
		/error/i.test(`${String(type)} ${String(level)}`),
	);
	return { code: status, message: text(errors.at(-1)?.message) ?? '', param: null };
}

/**
 * https://docs.together.ai/reference/get-fine-tunes-id-checkpoint. A checkpoint is named by its job and step, to go on
 * training from it (`from_checkpoint`); the last one is the job's own model.
 */
export function togetherCheckpoints(job: string, rows: Fields[]): Fields[] {
	return newestFirst(rows, 'created_at').map((row) => {
		const step = typeof row.step === 'number' ? row.step : null;
		const intermediate = /intermediate/i.test(String(row.checkpoint_type));
		return {
			...row,
			id: `${job}:${step ?? String(row.checkpoint_type)}`,
			object: 'fine_tuning.job.checkpoint',
			created_at: unixOf(row.created_at),
			fine_tuned_model_checkpoint: intermediate && step !== null ? `${job}:${step}` : job,
			fine_tuning_job_id: job,
			step_number: step,
			metrics: step === null ? {} : { step },
		};
	});
}
