import { setTimeout as pause } from 'node:timers/promises';
import type { Execution, N8nRest, NodeRun } from './rest';

const POLL_MS = 300;
const ENDED = new Set<Execution['status']>(['success', 'error', 'canceled', 'crashed']);

/**
 * Watches an execution until it has ended. `onNode` is told each run of a node once, in the order they ran.
 * @throws when it has not ended after `timeoutMs`
 */
export async function followExecution(
	rest: N8nRest,
	id: string,
	{ timeoutMs, onNode }: { timeoutMs: number; onNode?: (name: string, run: NodeRun) => void },
): Promise<Execution> {
	const deadline = performance.now() + timeoutMs;
	const told = new Map<string, number>();
	for (;;) {
		const execution = await rest.execution(id);
		for (const { name, run } of newRuns(execution, told)) onNode?.(name, run);
		if (ENDED.has(execution.status)) return execution;
		if (performance.now() > deadline)
			throw new Error(
				`The workflow had not ended after ${Math.round(timeoutMs / 1000)} s; its status is "${execution.status}", its last node "${execution.resultData.lastNodeExecuted ?? 'none'}".`,
			);
		await pause(POLL_MS);
	}
}

/** @throws an error that names the node and says what it said, unless the execution succeeded */
export function assertSucceeded(execution: Execution): void {
	if (execution.status === 'success') return;
	const { error, lastNodeExecuted } = execution.resultData;
	const node = error?.node?.name ?? lastNodeExecuted;
	throw new Error(
		`The workflow ended with "${execution.status}"${node ? ` in the node "${node}"` : ''}${error ? `: ${error.message}${error.description ? `\n${error.description}` : ''}` : '.'}`,
	);
}

/** The items that a node gave out at its first output, in its last run. */
export function outputOf(execution: Execution, node: string) {
	const run = execution.resultData.runData[node]?.at(-1);
	return run?.data?.main[0] ?? [];
}

function newRuns(execution: Execution, told: Map<string, number>) {
	const fresh: Array<{ name: string; run: NodeRun }> = [];
	for (const [name, runs] of Object.entries(execution.resultData.runData)) {
		const known = told.get(name) ?? 0;
		fresh.push(...runs.slice(known).map((run) => ({ name, run })));
		told.set(name, runs.length);
	}
	return fresh.sort((a, b) => (a.run.executionIndex ?? 0) - (b.run.executionIndex ?? 0));
}
