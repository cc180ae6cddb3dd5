import type { OperationHandler } from '../../../shared/router';

import { run } from './run';
import { validate } from './validate';

export { graderProperties } from './description';
export const operations: Record<string, OperationHandler> = { run, validate };
