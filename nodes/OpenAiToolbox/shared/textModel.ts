import type { IExecuteFunctions } from 'n8n-workflow';

import { type ModelKind, refuseOtherKind } from '../../../lib/openai/toolbox/modelKinds';
import type { Connection } from '../../shared/transport';
import { usableModel } from '../resources/usableModel';

/** The model that is picked; here there always has to be one. */
export function modelOf(
	ctx: IExecuteFunctions,
	itemIndex: number,
	kind: Exclude<ModelKind, 'other'>,
	connection: Connection,
): string {
	const model = usableModel(ctx, itemIndex, connection, { name: 'model', kind });
	if (model === '') refuseOtherKind(model, kind, connection.provider);
	return model;
}
