import type { IExecuteFunctions } from 'n8n-workflow';

import { runEachItem, type TwoOutputs } from '../../operation';

import { redactFile } from './redactFile';
import { redactItems } from './redactItems';

/** Items together, as a run; files each by itself. */
export async function redact(ctx: IExecuteFunctions): Promise<TwoOutputs> {
	const isFile = ctx.getNodeParameter('inputType', 0) === 'binary';
	return isFile ? await runEachItem(ctx, redactFile) : await redactItems(ctx);
}
