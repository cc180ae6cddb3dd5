import type { IExecuteFunctions } from 'n8n-workflow';

import { runItem } from '../shared/router';

import { type BuilderOperation, runEachItem, type TwoOutputs } from './operation';
import { build } from './operations/build/build';
import { convert } from './operations/convert/convert';
import { repair } from './operations/repair/repair';
import { split } from './operations/split/split';
import { validate } from './operations/validate/validate';

/** Operations that treat each item by itself. */
const PER_ITEM: { [operation: string]: BuilderOperation } = { convert, repair, split, validate };

export async function runBuilder(ctx: IExecuteFunctions): Promise<TwoOutputs> {
	const name = ctx.getNodeParameter('operation', 0) as string;
	const [first, second] =
		name === 'build' ? await runBuild(ctx) : await runEachItem(ctx, PER_ITEM[name]);
	// An agent gets to see the first output only.
	return ctx.isToolExecution() ? [[...first, ...second], []] : [first, second];
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
