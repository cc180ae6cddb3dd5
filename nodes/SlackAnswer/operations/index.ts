import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { answer } from './answer';
import { createManifest } from './createManifest';
import { getThread } from './getThread';
import { post } from './post';
import { setStatus } from './setStatus';

export type SlackOperation = (
	ctx: IExecuteFunctions,
	itemIndex: number,
) => Promise<INodeExecutionData[]>;

const OPERATIONS: Record<string, SlackOperation> = {
	answer,
	createManifest,
	getThread,
	post,
	setStatus,
};

export function operationOf(ctx: IExecuteFunctions, itemIndex: number): SlackOperation {
	return OPERATIONS[ctx.getNodeParameter('operation', itemIndex) as string];
}
