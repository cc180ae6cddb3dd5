import type { OperationHandler } from '../../../shared/router';

import { edit } from './edit';
import { generate } from './generate';
import { vary } from './vary';

export { description } from './description';
export const operations: Record<string, OperationHandler> = { edit, generate, vary };
