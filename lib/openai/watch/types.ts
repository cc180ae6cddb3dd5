import type { FineTuningJobCheckpoint } from 'openai/resources/fine-tuning/jobs/checkpoints';
import type { FineTuningJob, FineTuningJobEvent } from 'openai/resources/fine-tuning/jobs/jobs';

import type { InventoryEntry } from '../inventory';
import type { JobProgress } from '../progress';
import type { JobEndEvent } from '../webhooks/event';

export type WatchEvent = JobEndEvent | 'progress' | 'checkpointCreated' | 'modelRetiring';

/** Empty members let everything through. */
export interface WatchFilter {
	/** Jobs whose base model begins with this text. */
	baseModel: string;
	/** Jobs with exactly this suffix. */
	suffix: string;
	/** Jobs that have all of these metadata fields. */
	metadata: Readonly<Record<string, string>>;
}

export interface WatchSettings {
	events: readonly WatchEvent[];
	filter: WatchFilter;
	/** Progress is told when a multiple of this many steps has been reached. */
	everySteps: number;
	/** Models are told of when they end within so many days. */
	retiringWithinDays: number;
}

/** Something to tell. `occurredAt` is in milliseconds since the epoch. */
export type Happening =
	| { event: JobEndEvent; job: FineTuningJob; occurredAt: number }
	| {
			event: 'progress';
			job: FineTuningJob;
			occurredAt: number;
			metrics: FineTuningJobEvent;
			progress: JobProgress;
	  }
	| {
			event: 'checkpointCreated';
			job: FineTuningJob;
			occurredAt: number;
			checkpoint: FineTuningJobCheckpoint;
	  }
	| { event: 'modelRetiring'; model: InventoryEntry; occurredAt: number };
