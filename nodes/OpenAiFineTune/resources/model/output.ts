import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { describeModel, type Model } from '../../../../lib/openai/models';
import type { Connection } from '../../../shared/transport';

/** A model with its retirement; not simplified, all that the server sent is there too. */
export function modelItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ provider, surroundings }: Connection,
	model: Model,
): INodeExecutionData {
	const described = describeModel(model, provider, surroundings.now());
	const simplify = ctx.getNodeParameter('simplify', itemIndex, true) as boolean;
	return {
		json: simplify ? { ...described } : { ...model, ...described },
		pairedItem: { item: itemIndex },
	};
}
