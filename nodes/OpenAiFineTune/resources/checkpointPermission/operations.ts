import type { IDataObject } from 'n8n-workflow';

import {
	addPermissions,
	deletePermission,
	listPermissions,
	type CheckpointPermission,
	type PermissionFilter,
} from '../../../../lib/openai/checkpointPermissions';
import { limitParameter, locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';
import { toItem } from '../job/output';
import { words } from '../job/parameters';

export const add: OperationHandler = async (ctx, itemIndex, connection) => {
	const checkpoint = locatorParameter(ctx, 'checkpoint', itemIndex);
	const projectIds = words(ctx.getNodeParameter('projectIds', itemIndex));
	const added = await addPermissions(connection, checkpoint, projectIds);
	return added.map((permission) => toItem(readable(permission, checkpoint), itemIndex));
};

export const getAll: OperationHandler = async (ctx, itemIndex, connection) => {
	const checkpoint = locatorParameter(ctx, 'checkpoint', itemIndex);
	const filters = ctx.getNodeParameter('filters', itemIndex, {}) as IDataObject & PermissionFilter;
	const limit = limitParameter(ctx, itemIndex);
	const permissions = await listPermissions(connection, checkpoint, filters, limit);
	return permissions.map((permission) => toItem(readable(permission, checkpoint), itemIndex));
};

/** n8n's form of the answer, with what is needed to see which one it was. */
export const deleteOne: OperationHandler = async (ctx, itemIndex, connection) => {
	const checkpoint = locatorParameter(ctx, 'checkpoint', itemIndex);
	const id = locatorParameter(ctx, 'permissionId', itemIndex);
	const { deleted } = await deletePermission(connection, checkpoint, id);
	return [toItem({ deleted: deleted !== false, id }, itemIndex)];
};

/** A permission and the checkpoint that it is for, so that Delete can follow. */
function readable(permission: CheckpointPermission, checkpoint: string): object {
	return { ...permission, checkpoint };
}
