/** The loop over input items that all nodes share. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { CanceledError } from '../../lib/http/canceled';

import { errorItem, type NodeFailure, toNodeError } from './errors';
import type { Connection } from './transport';

/** One operation on one item. Items it returns without `pairedItem` belong to that item. */
export type OperationHandler = (
	ctx: IExecuteFunctions,
	itemIndex: number,
	connection: Connection,
) => Promise<INodeExecutionData[]>;

/**
 * Calls `handler` for each input item in turn, gives every output its paired item, and goes on with an error item
 * after a failing one where the node is set to continue. A canceled execution always stops.
 */
export async function runPerItem(
	ctx: IExecuteFunctions,
	handler: (itemIndex: number) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	const count = ctx.getInputData().length;
	for (let itemIndex = 0; itemIndex < count; itemIndex++) {
		for (const item of await runItem(ctx, itemIndex, handler)) output.push(item);
	}
	return output;
}

/** One round of that loop, for nodes that group items or ask for several at a time. */
export async function runItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	handler: (itemIndex: number) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	try {
		stopIfCanceled(ctx);
		const items = await handler(itemIndex);
		return items.map((item) => ({ ...item, pairedItem: item.pairedItem ?? { item: itemIndex } }));
	} catch (error) {
		if (isCanceled(ctx)) throw toNodeError(ctx.getNode(), new CanceledError(), itemIndex);
		return [failedItem(ctx, toNodeError(ctx.getNode(), error, itemIndex), itemIndex)];
	}
}

function failedItem(
	ctx: IExecuteFunctions,
	error: NodeFailure,
	itemIndex: number,
): INodeExecutionData {
	if (ctx.continueOnFail()) return errorItem(error, itemIndex);
	throw error;
}

function stopIfCanceled(ctx: IExecuteFunctions): void {
	if (isCanceled(ctx)) throw new CanceledError();
}

function isCanceled(ctx: IExecuteFunctions): boolean {
	return ctx.getExecutionCancelSignal()?.aborted ?? false;
}
