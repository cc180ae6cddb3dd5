import { estimateEpochs } from '../../lib/cost/epochs';

import type { Blobs } from './blobs';
import type { Clock } from './clock';
import { examine, type Examination, type Method } from './examine';
import { newId, randomLetters } from './ids';
import { JobLog } from './jobLog';
import { autoBatchSize, FIRST_STEP, planOf, runningMs, type Step } from './lifecycle';
import type { JobRecord, PublicJob, TrainingFacts } from './records';
import type { Settings } from './settings';
import type { Store } from './store';

export type Ending = 'succeeded' | 'failed' | 'cancelled';

export interface JobListener {
	/** `at` is the second in which the job ended. */
	ended(job: PublicJob, at: number): void;
	/** A job can go on, since its files have been looked at. */
	examined(): void;
}

/** Walks every job through its plan as sandbox time goes by. */
export class JobRunner {
	/** Jobs that are neither ended nor paused. */
	private readonly active = new Set<string>();
	private readonly examinations = new Map<string, Promise<void>>();
	private readonly jobLog: JobLog;
	private queue: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly store: Store,
		private readonly blobs: Blobs,
		private readonly clock: Clock,
		private readonly settings: Settings,
		private readonly listener: JobListener,
	) {
		this.jobLog = new JobLog(store, blobs);
		for (const record of store.each('job')) void this.watch(record);
	}

	/** Takes a new job in. Resolves when its files have been looked at, or at once when they are large. */
	async add(
		job: PublicJob,
		{ base, jobs, shutdown_date }: JobRecord['parent'],
		filesAreLarge: boolean,
	): Promise<void> {
		const record: JobRecord = {
			id: job.id,
			job,
			parent: { base, jobs, shutdown_date },
			step: 0,
			dueAt: this.clock.now() + this.scaled(FIRST_STEP.afterMs),
			tag: randomLetters(8),
		};
		this.store.put('job', record);
		this.jobLog.message(job.id, job.created_at, `Created fine-tuning job: ${job.id}`);
		const validation = job.validation_file ? ` and validation file: ${job.validation_file}` : '';
		const message = `Validating training file: ${job.training_file}${validation}`;
		this.jobLog.message(job.id, job.created_at, message);
		const examined = this.watch(record);
		if (!filesAreLarge) await examined;
	}

	/** Does everything that is due by now. */
	async catchUp(): Promise<void> {
		await this.exclusively(async () => {
			for (const id of this.active) await this.walk(id);
		});
	}

	/** Whatever reads and changes jobs across a wait takes its turn here. */
	async exclusively<T>(work: () => T | Promise<T>): Promise<T> {
		const turn = this.queue.then(work);
		this.queue = turn.catch(() => undefined);
		return await turn;
	}

	/** Waits for files that are being examined, so that skipped time finds them done. */
	async settle(): Promise<void> {
		await Promise.all(this.examinations.values());
		await this.catchUp();
	}

	/** Sandbox time in ms at which something happens next. */
	nextDue(): number | undefined {
		const due = [...this.active]
			.filter((id) => !this.examinations.has(id))
			.map((id) => this.store.get('job', id)?.dueAt ?? Infinity);
		return due.length > 0 ? Math.min(...due) : undefined;
	}

	pause(record: JobRecord): void {
		const remaining = Math.max(0, (record.dueAt ?? 0) - this.clock.now());
		Object.assign(record, { remaining, dueAt: null });
		record.job.status = 'paused';
		record.job.estimated_finish = null;
		this.active.delete(record.id);
		this.jobLog.message(record.id, this.clock.seconds(), 'Fine-tuning job paused');
		this.store.put('job', record);
	}

	resume(record: JobRecord): void {
		record.dueAt = this.clock.now() + (record.remaining ?? 0);
		record.job.status = 'running';
		this.jobLog.message(record.id, this.clock.seconds(), 'Fine-tuning job resumed');
		this.store.put('job', record);
		this.active.add(record.id);
	}

	/** Ends a job now, whatever its plan: cancelled by its owner, or ended from outside for a test. */
	async end(record: JobRecord, ending: Ending, error?: PublicJob['error']): Promise<void> {
		const at = this.clock.now();
		if (ending === 'succeeded') {
			record.dueAt = at;
			while (record.dueAt !== null) await this.apply(record, at);
			return;
		}
		if (ending === 'failed') {
			record.job.error = error ?? {
				code: 'server_error',
				message: 'The job failed due to an internal error.',
				param: null,
			};
		}
		this.finish(record, ending, Math.floor(at / 1000));
	}

	/** Resolves when the job's files have been looked at. */
	async examined(id: string): Promise<void> {
		await this.examinations.get(id);
	}

	forgetAll(): void {
		this.active.clear();
		this.examinations.clear();
	}

	private watch(record: JobRecord): Promise<void> | undefined {
		if (record.dueAt === null) return undefined;
		this.active.add(record.id);
		if (record.facts) return undefined;
		const examination = this.look(record).finally(() => {
			this.examinations.delete(record.id);
			this.listener.examined();
		});
		this.examinations.set(record.id, examination);
		return examination;
	}

	private async look({ id, job }: JobRecord): Promise<void> {
		const method = (job.method?.type ?? 'supervised') as Method;
		const training = await this.examineFile(job.training_file, method, 'training');
		const validation = job.validation_file
			? await this.examineFile(job.validation_file, method, 'validation')
			: undefined;
		const record = this.store.get('job', id);
		if (!record) return;
		record.facts = factsOf(record.job, training, validation);
		this.store.inTransaction(() => {
			this.store.put('job', record);
			for (const lesson of training.lessons) {
				this.store.put('lesson', { id: newId('lesson-'), ...lesson }, id);
			}
		});
	}

	private async examineFile(id: string, method: Method, role: 'training' | 'validation') {
		try {
			return await examine(this.blobs.read(id), method, role);
		} catch (cause) {
			const refusal = unreadable(cause, id, role);
			return { examples: 0, tokens: 0, lessons: [], refusal } satisfies Examination;
		}
	}

	private async walk(id: string): Promise<void> {
		if (this.examinations.has(id)) return;
		const record = this.store.get('job', id);
		const now = this.clock.now();
		while (record && record.dueAt !== null && record.dueAt <= now) {
			await this.apply(record, record.dueAt);
		}
	}

	private async apply(record: JobRecord, at: number): Promise<void> {
		const { facts } = record;
		if (!facts) throw new Error(`job ${record.id} has not been examined`);
		const plan = planOf(facts);
		await this.happen(record, facts, plan[record.step], Math.floor(at / 1000));
		record.step += 1;
		const next = plan[record.step];
		if (record.job.finished_at === null && next) record.dueAt = at + this.scaled(next.afterMs);
		this.store.put('job', record);
	}

	private async happen(record: JobRecord, facts: TrainingFacts, step: Step, at: number) {
		const { job } = record;
		switch (step.do) {
			case 'examine':
				if (facts.refusal) {
					job.error = facts.refusal;
					return this.finish(record, 'failed', at);
				}
				setHyperparameters(job, facts);
				job.status = 'queued';
				return this.jobLog.message(job.id, at, 'Files validated, moving job to queued state');
			case 'start':
				job.status = 'running';
				job.estimated_finish = at + Math.ceil(this.scaled(runningMs(facts)) / 1000);
				return this.jobLog.message(job.id, at, 'Fine-tuning job started');
			case 'metrics':
				return this.jobLog.metrics(job, facts, step.step, at);
			case 'checkpoint':
				return this.jobLog.checkpoint(record, facts, step, at);
			case 'finishTraining':
				return this.jobLog.trained(job, at);
			case 'succeed':
				await this.jobLog.succeeded(record, facts, at);
				return this.finish(record, 'succeeded', at);
		}
	}

	private finish(record: JobRecord, ending: Ending, at: number): void {
		const { job } = record;
		Object.assign(job, { status: ending, finished_at: at, estimated_finish: null });
		record.dueAt = null;
		this.active.delete(record.id);
		this.store.put('job', record);
		if (ending === 'cancelled') this.jobLog.message(job.id, at, 'Fine-tuning job cancelled');
		if (ending === 'failed') this.jobLog.message(job.id, at, job.error!.message, 'error');
		this.listener.ended(job, at);
	}

	private scaled(ms: number): number {
		return ms / this.settings.speed;
	}
}

function unreadable(cause: unknown, id: string, role: string) {
	const { code, message } = cause as NodeJS.ErrnoException;
	if (code === 'ENOENT') {
		return { code: 'file_not_found', message: `The ${role} file ${id} is gone.` };
	}
	return { code: 'server_error', message: `The ${role} file ${id} cannot be read: ${message}` };
}

function factsOf(job: PublicJob, training: Examination, validation?: Examination): TrainingFacts {
	const asked = job.hyperparameters;
	const number = (value: unknown, auto: number) => (typeof value === 'number' ? value : auto);
	const refused = training.refusal
		? { ...training.refusal, param: 'training_file' }
		: validation?.refusal && { ...validation.refusal, param: 'validation_file' };
	return {
		examples: training.examples,
		tokens: training.tokens,
		validationExamples: validation?.examples ?? 0,
		epochs: number(asked.n_epochs, estimateEpochs(training.examples)),
		batchSize: number(asked.batch_size, autoBatchSize(training.examples)),
		learningRateMultiplier: number(asked.learning_rate_multiplier, 1.8),
		...(refused && { refusal: refused }),
	};
}

/** From `queued` on a job shows the numbers that `auto` came to. */
function setHyperparameters(job: PublicJob, facts: TrainingFacts): void {
	const numbers = {
		n_epochs: facts.epochs,
		batch_size: facts.batchSize,
		learning_rate_multiplier: facts.learningRateMultiplier,
	};
	job.hyperparameters = numbers;
	const type = job.method?.type;
	const settings = type && job.method?.[type];
	if (settings) settings.hyperparameters = { ...settings.hyperparameters, ...numbers };
}
