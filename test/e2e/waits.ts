import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

import type { N8nRest } from '../../sandbox/n8n';

/** n8n's mark for "until the sub-execution is done". */
const FAR_FUTURE = '2900-01-01';

/** Resolves when n8n has put the execution to sleep, which it does for waits of 65 s and more. */
export async function untilAsleep(
	rest: N8nRest,
	execution: string,
	timeoutMs: number,
): Promise<void> {
	for (let waited = 0; waited < timeoutMs; waited += 500) {
		const { status } = await rest.execution(execution);
		if (status === 'waiting') return;
		if (status !== 'running' && status !== 'new') throw new Error(`The execution is ${status}.`);
		await pause(500);
	}
	throw new Error(`The execution was not put to sleep within ${timeoutMs / 1000} s.`);
}

/**
 * A test need not sleep as long as its workflow does: this lets all waits in a stopped n8n's database end at once.
 *
 * @param afterMs - later than n8n needs to start, where it was killed: it takes for crashed what runs at its start
 */
export function endWaitsEarly(userFolder: string, afterMs = 1_000): void {
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'));
	const soon = new Date(Date.now() + afterMs).toISOString().replace('T', ' ').replace('Z', '');
	const { changes } = database
		.prepare('UPDATE execution_entity SET waitTill = ? WHERE status = ? AND waitTill < ?')
		.run(soon, 'waiting', FAR_FUTURE);
	database.close();
	if (Number(changes) === 0) throw new Error('No waiting execution is in the database.');
}
