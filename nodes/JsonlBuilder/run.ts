import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { runItem } from '../shared/router';

import { type BuilderOperation, runEachItem, type TwoOutputs } from './operation';
import { balance } from './operations/balance/balance';
import { build } from './operations/build/build';
import { convert } from './operations/convert/convert';
import { deduplicate } from './operations/deduplicate/deduplicate';
import { filter } from './operations/filter/filter';
import { redact } from './operations/redact/redact';
import { repair } from './operations/repair/repair';
import { split } from './operations/split/split';
import { statistics } from './operations/statistics/statistics';
import { unmask } from './operations/unmask/unmask';
import { validate } from './operations/validate/validate';

/** Operations that treat each item by itself. */
const PER_ITEM: { [operation: string]: BuilderOperation } = { convert, repair, split, validate };

/** Operations that see all items of the run. */
const PER_RUN: {
	[operation: string]: (ctx: IExecuteFunctions) => Promise<INodeExecutionData[][]>;
} = {
	balance,
	build: runBuild,
	deduplicate,
	filter,
	redact,
	statistics,
	unmask,
};

export async function runBuilder(ctx: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const name = ctx.getNodeParameter('operation', 0) as string;
	const outputs = Object.hasOwn(PER_RUN, name)
		? await PER_RUN[name](ctx)
		: await runEachItem(ctx, PER_ITEM[name]);
	// An agent gets to see the first output only.
	return ctx.isToolExecution() ? [outputs.flat(), ...outputs.slice(1).map(() => [])] : outputs;
}

async function runBuild(ctx: IExecuteFunctions): Promise<TwoOutputs> {
	let others: TwoOutputs[1] = [];
	const built = await runItem(ctx, 0, async () => {
		const [items, leftOut] = await build(ctx);
		others = leftOut;
		return items;
	});
	return [built, others];
}
