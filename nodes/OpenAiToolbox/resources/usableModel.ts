import type { IExecuteFunctions } from 'n8n-workflow';

import { type ModelKind, refuseOtherKind } from '../../../lib/openai/toolbox/modelKinds';
import { refuseRetired } from '../../../lib/openai/toolbox/successors';
import { locatorParameter } from '../../shared/parameters';
import type { Connection } from '../../shared/transport';

interface ModelParameter {
	name: 'model' | 'chatModel';
	kind: Exclude<ModelKind, 'other'>;
}

/** The model that is picked, unless it has been shut down or cannot do it: then nothing is spent on it. */
export function usableModel(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ provider, surroundings }: Connection,
	{ name, kind }: ModelParameter,
): string {
	const model = locatorParameter(ctx, name, itemIndex);
	if (model === '') return model;
	refuseRetired(model, provider, surroundings.now());
	refuseOtherKind(model, kind, provider);
	return model;
}
