import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Deployment } from '../../../../lib/openai/dialects/types';

/** A deployment in the same words for all providers; not simplified, all that the provider sent is there too. */
export function deploymentItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ raw, ...deployment }: Deployment,
): INodeExecutionData {
	const simplify = ctx.getNodeParameter('simplify', itemIndex, true) as boolean;
	const all = typeof raw === 'object' && raw !== null ? (raw as IDataObject) : {};
	return {
		json: simplify ? { ...deployment } : { ...all, ...deployment },
		pairedItem: { item: itemIndex },
	};
}
