/** How one server differs from OpenAI's API. Chosen by the credential's provider; data, and small pure functions. */
export interface Dialect {
	id: string;
	/** Job operations the server has; what it lacks is refused with a clear text. */
	supports: {
		pause: boolean;
		events: boolean;
		checkpoints: boolean;
		uploads: boolean;
		checkpointPermissions: boolean;
		graders: boolean;
	};
	/** Whether hyperparameters go under `method`, at the top level, or both. */
	hyperparameters: 'method' | 'topLevel' | 'both';
	/** The server's word for a job's state -> OpenAI's vocabulary; unknown words are not terminal. */
	jobStatus: (raw: string) => JobStatus;
	/** The id to chat with, once a job has succeeded. */
	tunedModel: (job: Record<string, unknown>) => string | undefined;
}

export type JobStatus =
	'validating_files' | 'queued' | 'running' | 'paused' | 'succeeded' | 'failed' | 'cancelled';
