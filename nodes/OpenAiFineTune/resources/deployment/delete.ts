import { locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { deploymentAccess } from '../../../shared/deploymentAccess';

export const deleteOne: OperationHandler = async (ctx, itemIndex, connection) => {
	const { deployments, send } = await deploymentAccess(ctx, itemIndex, connection);
	const id = locatorParameter(ctx, 'deploymentId', itemIndex);
	await deployments.remove(send, id);
	return [{ json: { deleted: true, id }, pairedItem: { item: itemIndex } }];
};
