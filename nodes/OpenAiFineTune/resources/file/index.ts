import type { OperationHandler } from '../../../shared/router';

import { deleteOne } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getContent } from './getContent';
import { upload } from './upload';

export { fileProperties } from './description';
export const operations: Record<string, OperationHandler> = {
	delete: deleteOne,
	get,
	getAll,
	getContent,
	upload,
};
