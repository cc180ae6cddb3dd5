import type { OperationHandler } from '../../../shared/router';

import { deleteOne } from './delete';
import { exportJsonl } from './export';
import { getAll } from './getAll';

export { storedCompletionProperties } from './description';
export const operations: Record<string, OperationHandler> = {
	delete: deleteOne,
	export: exportJsonl,
	getAll,
};
