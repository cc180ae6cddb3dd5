import type { Blobs } from './blobs';
import type { Clock } from './clock';
import type { Faults } from './faults';
import type { JobRunner } from './jobRunner';
import type { RequestLog } from './requestLog';
import type { Settings } from './settings';
import type { Store } from './store';
import type { Tutor } from './tutor';
import type { Webhooks } from './webhooks';

/** The parts of one running sandbox, as every route gets them. */
export interface Sandbox {
	store: Store;
	blobs: Blobs;
	clock: Clock;
	settings: Settings;
	faults: Faults;
	log: RequestLog;
	jobs: JobRunner;
	webhooks: Webhooks;
	tutor: Tutor;
}
