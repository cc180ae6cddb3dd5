import type { OperationHandler } from '../../../shared/router';

import { add, deleteOne, getAll } from './operations';

export { checkpointPermissionProperties } from './description';
export const operations: Record<string, OperationHandler> = { add, delete: deleteOne, getAll };
