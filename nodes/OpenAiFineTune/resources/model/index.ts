import type { OperationHandler } from '../../../shared/router';

import { deleteOne } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getInventory } from './getInventory';

export { modelProperties } from './description';
export const operations: Record<string, OperationHandler> = {
	delete: deleteOne,
	get,
	getAll,
	getInventory,
};
