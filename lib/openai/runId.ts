import { createHash } from 'crypto';

/** Where in n8n a job is started; a retry happens in the same place, a new run in another. */
export interface RunPlace {
	instanceId: string;
	workflowId: string;
	executionId: string;
	nodeId: string;
	/** How often the node ran before in this execution, e.g. in a loop. */
	runIndex: number;
	itemIndex: number;
}

/** A text of 40 characters that is the same for the same place only. */
export function runIdOf(place: RunPlace): string {
	const { instanceId, workflowId, executionId, nodeId, runIndex, itemIndex } = place;
	const parts = [instanceId, workflowId, executionId, nodeId, runIndex, itemIndex];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}
