import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CREDENTIAL_TYPE, type WorkflowFile, type WorkflowNode } from '../../sandbox/n8n';

import { ROOT } from './stage';

export const PACKAGE = 'n8n-nodes-fine-tuning';
export const MANUAL_TRIGGER = 'Manual Trigger';

/** A file of workflows/, as a user would import it. */
export function exportedWorkflow(file: string): WorkflowFile {
	return JSON.parse(readFileSync(join(ROOT, 'workflows', file), 'utf8')) as WorkflowFile;
}

export interface Step {
	name: string;
	/** Node type; those of this package by their short name. */
	type: string;
	typeVersion?: number;
	parameters?: Record<string, unknown>;
	credential?: { id: string; name: string };
	more?: Record<string, unknown>;
}

/** A manual trigger and then these nodes in a row. */
export function workflowOf(name: string, ...steps: Step[]): WorkflowFile {
	const trigger: Step = { name: MANUAL_TRIGGER, type: 'n8n-nodes-base.manualTrigger' };
	const all = [trigger, ...steps];
	return {
		name,
		nodes: all.map(toNode),
		connections: Object.fromEntries(
			all
				.slice(0, -1)
				.map((from, index) => [
					from.name,
					{ main: [[{ node: all[index + 1].name, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}

function toNode(step: Step, index: number): WorkflowNode {
	return {
		id: randomUUID(),
		name: step.name,
		type: step.type.includes('.') ? step.type : `${PACKAGE}.${step.type}`,
		typeVersion: step.typeVersion ?? 1,
		position: [index * 220, 0],
		parameters: step.parameters ?? {},
		...(step.credential ? { credentials: { [CREDENTIAL_TYPE]: step.credential } } : {}),
		...step.more,
	};
}
