import type { OperationHandler } from '../../../shared/router';

import { create } from './create';
import { deleteOne } from './delete';
import { get } from './get';
import { getAll } from './getAll';

export { deploymentProperties } from './description';
export const operations: Record<string, OperationHandler> = {
	create,
	delete: deleteOne,
	get,
	getAll,
};
