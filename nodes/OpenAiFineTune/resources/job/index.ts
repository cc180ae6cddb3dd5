import type { OperationHandler } from '../../../shared/router';

import { cancel, pause, resume } from './act';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getCheckpoints } from './getCheckpoints';
import { getEvents } from './getEvents';
import { getMetrics } from './getMetrics';
import { run } from './run';
import { wait } from './wait';

export { jobProperties } from './description';
export const operations: Record<string, OperationHandler> = {
	cancel,
	create,
	get,
	getAll,
	getCheckpoints,
	getEvents,
	getMetrics,
	pause,
	resume,
	run,
	wait,
};
