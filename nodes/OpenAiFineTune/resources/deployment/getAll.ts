import { limitParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { deploymentAccess } from '../../../shared/deploymentAccess';
import { deploymentItem } from './output';

export const getAll: OperationHandler = async (ctx, itemIndex, connection) => {
	const { deployments, send } = await deploymentAccess(ctx, itemIndex, connection);
	const all = await deployments.list(send);
	return all
		.slice(0, limitParameter(ctx, itemIndex))
		.map((deployment) => deploymentItem(ctx, itemIndex, deployment));
};
