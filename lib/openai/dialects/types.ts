/**
 * How one server differs from OpenAI's API. All of this project speaks OpenAI's API; a dialect translates at the one
 * place where requests leave (`speak`). Chosen by the credential's provider; data, and small pure functions.
 */
import type { ApiRequest, ApiResponse, FormPart, QueryValue, Transport } from '../../http/types';
import type { DatasetFormat } from '../../dataset/types';
import type { FineTuningMethod, HyperparameterRule } from '../hyperparameters';

export interface Dialect {
	/** The credential's `provider`. */
	id: string;
	/** As the provider calls itself, for texts. */
	name: string;
	/** What the server has of OpenAI's optional parts. */
	supports: {
		pause: boolean;
		events: boolean;
		checkpoints: boolean;
		uploads: boolean;
		checkpointPermissions: boolean;
		graders: boolean;
		storedCompletions: boolean;
	};
	/**
	 * Calls the server has not, each with what to do instead, as a sentence. They are refused before anything is sent,
	 * and the editor does not offer their operations. `supports` is refused likewise and need not be repeated.
	 */
	lacks?: Partial<Record<CallName, string>>;
	/** Whether hyperparameters go under `method`, at the top level, or both. */
	hyperparameters: 'method' | 'topLevel' | 'both';
	/** How the server can train, and the hyperparameters it reads for each method; OpenAI's when absent. */
	methods?: Partial<Record<FineTuningMethod, Readonly<Record<string, HyperparameterRule>>>>;
	/** What a new job may hold; as at OpenAI when absent. */
	job?: JobRules;
	/** Files to train with; as at OpenAI when absent. */
	files?: FileRules;
	/** The server's word for a job's state -> OpenAI's vocabulary, which it leaves alone; unknown words are not terminal. */
	jobStatus: (raw: string) => JobStatus;
	/** The id to chat with, once a job has succeeded. Also takes a job that `speak` has translated. */
	tunedModel: (job: Record<string, unknown>) => string | undefined;
	/** Leaves jobs as the server sends them; otherwise `status` and `fine_tuned_model` are put into OpenAI's terms. */
	rawJobs?: true;
	/** Calls that the server takes or answers in another way. All others are passed on as they are. */
	calls?: Partial<Record<CallName, CallHandler>>;
	/** Fields that this server wants with every request of a kind. */
	extras?: Extras;
	/** Where the credential's test asks for a list, where there are no models to list. */
	testPath?: string;
	/** What a chat request may not hold. */
	chat?: ChatRules;
	/** Base models that can be trained, where the list of models does not tell. */
	trainableModels?: readonly string[];
	/** Where a trained model has to be put to work before it answers. */
	deployments?: Deployments;
}

export type JobStatus =
	'validating_files' | 'queued' | 'running' | 'paused' | 'succeeded' | 'failed' | 'cancelled';

/** OpenAI's calls, by what they do. `other` is everything that is not named here. */
export type CallName =
	| 'chat'
	| 'files.content'
	| 'files.create'
	| 'files.delete'
	| 'files.get'
	| 'files.list'
	| 'graders'
	| 'jobs.cancel'
	| 'jobs.checkpoints'
	| 'jobs.create'
	| 'jobs.events'
	| 'jobs.get'
	| 'jobs.list'
	| 'jobs.pause'
	| 'jobs.resume'
	| 'models.delete'
	| 'models.get'
	| 'models.list'
	| 'other'
	| 'permissions'
	| 'storedCompletions'
	| 'uploads'
	| 'webhooks';

export interface Call {
	name: CallName;
	/** Of the job, file or model, decoded; empty where the call has none. */
	id: string;
	/** As it would go to OpenAI. */
	request: ApiRequest;
}

/**
 * Does one of OpenAI's calls at another server and answers as OpenAI would: a job, `{data: [...], has_more}`, a file.
 * Jobs may keep the server's own `status`, which is put into our words afterwards.
 *
 * @param send - sends to the server itself, with retries as each request asks for them.
 * @throws ApiError as the server answers; SettingError for what it cannot do.
 */
export type CallHandler = (call: Call, send: Transport) => Promise<ApiResponse>;

export interface JobRules {
	suffix?: {
		max: number;
		/** Every character has to fit, e.g. `[A-Za-z0-9_-]`. */
		pattern?: RegExp;
		/** The pattern in words, e.g. "letters, digits, hyphens". */
		allowed?: string;
	};
	/** False where jobs have none that can be read again. */
	metadata?: boolean;
	/**
	 * False where a job cannot be found again by its metadata: a start whose answer was lost is then not repeated, but
	 * reported. Follows `metadata` when absent.
	 */
	findable?: boolean;
	seed?: boolean;
	validationFile?: boolean;
	wandb?: boolean;
	/** Values of `trainingType`, where training has tiers of different price. */
	tiers?: readonly string[];
	/** The last word on the body; `hyperparameters` and the user's additional fields are in it. */
	finish?: (body: Record<string, unknown>) => Record<string, unknown>;
}

export interface FileRules {
	/** In one request. */
	maxBytes?: number;
	/** What the server takes of `lib/dataset`'s formats. */
	formats?: readonly DatasetFormat[];
	/**
	 * Formats of the server's own, each as the fields that a line has at least. Files are then checked for these in
	 * place of OpenAI's rules.
	 */
	lineFields?: ReadonlyArray<readonly string[]>;
	/** File names end so; `.jsonl` when absent. */
	extensions?: readonly string[];
	/** Examples at least. */
	minExamples?: number;
	/** Tokens an example may have. */
	tokenLimit?: number;
}

export interface Extras {
	/** With every request for jobs. */
	jobQuery?: Readonly<Record<string, QueryValue>>;
	/** In the body of every new job, and of cancelling one. */
	jobBody?: Readonly<Record<string, unknown>>;
	/** Hyperparameters of every new job; those of the node win. */
	hyperparameters?: Readonly<Record<string, unknown>>;
	/** With every request for files. */
	fileQuery?: Readonly<Record<string, QueryValue>>;
	/** With every upload. */
	fileForm?: readonly FormPart[];
}

export interface ChatRules {
	/** The name the server knows; `max_completion_tokens` is renamed where it is the older one. */
	maxTokens?: 'max_tokens' | 'max_completion_tokens';
	/** False where a checkpoint answers only once it is deployed, so that no chat request can name it. */
	checkpoints?: false;
}

/** Putting a trained model to work. All times are ISO 8601. */
export interface Deployments {
	/** What is deployed, for the field's description, e.g. "a checkpoint of a job". */
	of: string;
	/** What the editor's list offers: the models of finished jobs, or their checkpoints as `job:checkpoint`. */
	source?: 'models' | 'checkpoints';
	/** Whether `type` and `capacity` mean something. */
	hasTypes?: true;
	/** The credential type whose requests these are; the provider's own one when absent. */
	credential?: 'azureDeploymentOAuth2Api';
	create: (send: Transport, settings: DeploymentSettings) => Promise<Deployment>;
	get: (send: Transport, id: string) => Promise<Deployment>;
	list: (send: Transport) => Promise<Deployment[]>;
	remove: (send: Transport, id: string) => Promise<void>;
}

export interface DeploymentSettings {
	/** The tuned model, checkpoint or job, as the provider wants it named. */
	model: string;
	/** Of the deployment. */
	name: string;
	/** Where the provider wants it named; that of the job when absent. */
	baseModel?: string;
	/** In the provider's own words, e.g. `GlobalStandard`. */
	type?: string;
	capacity?: number;
	/** Further fields of the request; they win. */
	extraFields: Readonly<Record<string, unknown>>;
}

export interface Deployment {
	/** For Get and Delete. */
	id: string;
	/** To chat with, once the status is `ready`. */
	model: string;
	/** What was deployed. */
	source_model: string | null;
	status: DeploymentStatus;
	/** In the provider's own words. */
	provider_status: string | null;
	error_message: string | null;
	created_at: string | null;
	/** As the provider sent it. */
	raw: unknown;
}

export type DeploymentStatus = 'creating' | 'ready' | 'failed' | 'deleting';
