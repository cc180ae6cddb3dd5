import type {
	FineTuningJob,
	FineTuningJobCheckpoint,
	FineTuningJobEvent,
} from 'openai/resources/fine-tuning/jobs';

/** Everything the sandbox remembers, by kind. `id` names a record, `parent` groups records of one owner. */
export interface Records {
	file: FileRecord;
	upload: UploadRecord;
	part: PartRecord;
	job: JobRecord;
	event: FineTuningJobEvent;
	checkpoint: FineTuningJobCheckpoint;
	model: ModelRecord;
	lesson: Lesson;
	permission: PermissionRecord;
	endpoint: EndpointRecord;
	delivery: DeliveryRecord;
	stored: StoredRecord;
}

export type Kind = keyof Records;

export interface FileRecord {
	id: string;
	bytes: number;
	created_at: number;
	filename: string;
	purpose: string;
	expires_at?: number;
	/** Sandbox time in ms from which the file counts as processed. */
	processedAt: number;
	/** Forced by POST /__sandbox/files/{id}. */
	forcedStatus?: 'uploaded' | 'processed' | 'error';
}

export interface UploadRecord {
	id: string;
	bytes: number;
	created_at: number;
	expires_at: number;
	filename: string;
	purpose: string;
	status: 'pending' | 'completed' | 'cancelled' | 'expired';
	fileId?: string;
	fileExpiresAfter?: number;
}

export interface PartRecord {
	id: string;
	created_at: number;
	upload_id: string;
	bytes: number;
}

export type JobStatus = FineTuningJob['status'] | 'paused';

/** A job as the API shows it; `paused` is what OpenAI answers although its specification does not list it. */
export type PublicJob = Omit<FineTuningJob, 'status'> & {
	status: JobStatus;
	user_provided_suffix: string | null;
};

export interface JobRecord {
	id: string;
	job: PublicJob;
	/** What the model that is trained further was when the job was made. */
	parent: Pick<ModelRecord, 'base' | 'jobs' | 'shutdown_date'>;
	/** What was found in the files; absent until they have been looked at. */
	facts?: TrainingFacts;
	/** Next step of the plan, and the sandbox time in ms at which it is due; null while paused or ended. */
	step: number;
	dueAt: number | null;
	/** Milliseconds left to the next step while paused. */
	remaining?: number;
	/** Random letters of the model's id, drawn once. */
	tag: string;
}

/** What the plan of a job depends on. */
export interface TrainingFacts {
	examples: number;
	tokens: number;
	validationExamples: number;
	epochs: number;
	batchSize: number;
	learningRateMultiplier: number;
	/** The run's refusal, if its files are not fit for training. */
	refusal?: { code: string; message: string; param: string };
}

export interface ModelRecord {
	id: string;
	created: number;
	/** Base snapshot, e.g. `gpt-4.1-mini-2025-04-14`. */
	base: string;
	shutdown_date: string | null;
	/** Jobs whose lessons the model had, newest first: its own, then those of the model it continued. */
	jobs: string[];
	/** Taken out of service, as OpenAI does at the shutdown date. */
	retired: boolean;
}

/** One question and the answer a model was trained to give. */
export interface Lesson {
	id: string;
	question: string;
	answer: string;
	toolCalls?: Array<{ name: string; arguments: string }>;
}

export interface PermissionRecord {
	id: string;
	created_at: number;
	project_id: string;
}

export interface EndpointRecord {
	id: string;
	created_at: number;
	updated_at: number;
	name: string;
	url: string;
	event_types: string[];
	secret: string;
	/** Still signs until `oldSecretUntil` (sandbox ms) after a rotation that asked for it. */
	oldSecret?: string;
	oldSecretUntil?: number;
}

/** An answer that was asked for with `store: true`, and the messages it answers. */
export interface StoredRecord {
	id: string;
	completion: Record<string, unknown> & { created: number; model: string };
	metadata: Record<string, string>;
	messages: Array<Record<string, unknown>>;
}

export interface DeliveryRecord {
	id: string;
	endpointId: string;
	eventType: string;
	body: string;
	attempts: number;
	dueAt: number | null;
	state: 'pending' | 'delivered' | 'given_up';
	lastStatus: number | null;
}

export const FILE_STATUSES = ['uploaded', 'processed', 'error'];
export const JOB_ENDINGS = ['succeeded', 'failed', 'cancelled'];
