import { locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { deploymentAccess } from '../../../shared/deploymentAccess';
import { deploymentItem } from './output';

export const get: OperationHandler = async (ctx, itemIndex, connection) => {
	const { deployments, send } = await deploymentAccess(ctx, itemIndex, connection);
	const id = locatorParameter(ctx, 'deploymentId', itemIndex);
	return [deploymentItem(ctx, itemIndex, await deployments.get(send, id))];
};
