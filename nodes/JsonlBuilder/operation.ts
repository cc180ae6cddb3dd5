import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { runPerItem } from '../shared/router';

/** Items of both outputs of the node. */
export type TwoOutputs = [first: INodeExecutionData[], second: INodeExecutionData[]];

/** An operation on one item, honouring that item's own parameters. */
export type BuilderOperation = (ctx: IExecuteFunctions, itemIndex: number) => Promise<TwoOutputs>;

export async function runEachItem(
	ctx: IExecuteFunctions,
	operation: BuilderOperation,
): Promise<TwoOutputs> {
	const second: INodeExecutionData[] = [];
	const first = await runPerItem(ctx, async (itemIndex) => {
		const [items, others] = await operation(ctx, itemIndex);
		for (const item of others)
			second.push({ ...item, pairedItem: item.pairedItem ?? { item: itemIndex } });
		return items;
	});
	return [first, second];
}
