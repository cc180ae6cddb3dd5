import type { FineTuningJobEvent } from 'openai/resources/fine-tuning/jobs';

import type { Blobs } from './blobs';
import { newId } from './ids';
import { totalSteps } from './lifecycle';
import { metricsAt, resultCsv } from './metrics';
import type { JobRecord, PublicJob, TrainingFacts } from './records';
import type { Store } from './store';

/** Writes down what a job brings forth: events, checkpoints, models and the result file. */
export class JobLog {
	constructor(
		private readonly store: Store,
		private readonly blobs: Blobs,
	) {}

	message(
		jobId: string,
		at: number,
		message: string,
		level: FineTuningJobEvent['level'] = 'info',
	): void {
		this.event(jobId, { created_at: at, level, message, type: 'message', data: {} });
	}

	/** OpenAI's message names two decimals, the data all of them. */
	metrics(job: PublicJob, facts: TrainingFacts, step: number, at: number): void {
		const total = totalSteps(facts);
		const metrics = metricsAt(step, total, job.seed, facts.validationExamples > 0);
		const losses = [`training loss=${metrics.train_loss.toFixed(2)}`];
		if (metrics.valid_loss !== undefined) {
			losses.push(`validation loss=${metrics.valid_loss.toFixed(2)}`);
		}
		this.event(job.id, {
			created_at: at,
			level: 'info',
			message: `Step ${step}/${total}: ${losses.join(', ')}`,
			type: 'metrics',
			data: { ...metrics, total_steps: total },
		});
	}

	/** The last checkpoint is the model itself, the ones before carry their step in the id. */
	checkpoint(
		record: JobRecord,
		facts: TrainingFacts,
		{ step, epoch }: { step: number; epoch: number },
		at: number,
	): void {
		const { job } = record;
		const validated = facts.validationExamples > 0;
		const metrics = metricsAt(step, totalSteps(facts), job.seed, validated);
		const id = tunedModelId(record) + (epoch < facts.epochs ? `:ckpt-step-${step}` : '');
		this.store.put(
			'checkpoint',
			{
				id: newId('ftckpt_'),
				object: 'fine_tuning.job.checkpoint',
				created_at: at,
				fine_tuned_model_checkpoint: id,
				fine_tuning_job_id: job.id,
				step_number: step,
				metrics: {
					...metrics,
					...(validated && {
						full_valid_loss: metrics.valid_loss,
						full_valid_mean_token_accuracy: metrics.valid_mean_token_accuracy,
					}),
				},
			},
			job.id,
		);
		if (epoch < facts.epochs) this.serve(record, id, at);
		this.message(job.id, at, `Checkpoint created at step ${step}`);
	}

	trained(job: PublicJob, at: number): void {
		this.message(job.id, at, 'New fine-tuned model created');
		this.message(job.id, at, 'Evaluating model against our usage policies');
	}

	async succeeded(record: JobRecord, facts: TrainingFacts, at: number): Promise<void> {
		const { job } = record;
		job.fine_tuned_model = tunedModelId(record);
		job.trained_tokens = facts.tokens * facts.epochs;
		job.result_files = [await this.resultFile(job, facts, at)];
		this.serve(record, job.fine_tuned_model, at);
		const enabled = 'Usage policy evaluations completed, model is now enabled for sampling';
		this.message(job.id, at, enabled);
		this.message(job.id, at, 'The job has successfully completed');
	}

	private serve(record: JobRecord, id: string, at: number): void {
		const { base, shutdown_date, jobs } = record.parent;
		const taught = [record.id, ...jobs];
		const model = { id, created: at, base, shutdown_date, jobs: taught, retired: false };
		this.store.put('model', model);
	}

	private async resultFile(job: PublicJob, facts: TrainingFacts, at: number): Promise<string> {
		const id = newId('file-', 22);
		const csv = resultCsv(totalSteps(facts), job.seed, facts.validationExamples > 0);
		this.store.put('file', {
			id,
			bytes: await this.blobs.writeText(id, csv),
			created_at: at,
			filename: 'step_metrics.csv',
			purpose: 'fine-tune-results',
			processedAt: at * 1000,
		});
		return id;
	}

	private event(jobId: string, event: Omit<FineTuningJobEvent, 'id' | 'object'>): void {
		const id = newId('ftevent-');
		this.store.put('event', { id, object: 'fine_tuning.job.event', ...event }, jobId);
	}
}

/** `ft:<base snapshot>:sandbox:<suffix>:<8 letters>`; "sandbox" stands where OpenAI names the organisation. */
function tunedModelId({ job, parent, tag }: JobRecord): string {
	return `ft:${parent.base}:sandbox:${job.user_provided_suffix ?? ''}:${tag}`;
}
