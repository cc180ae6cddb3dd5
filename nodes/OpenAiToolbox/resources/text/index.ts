import type { OperationHandler } from '../../../shared/router';

import { complete } from './complete';
import { edit } from './edit';
import { moderate } from './moderate';

export { description } from './description';
export const operations: Record<string, OperationHandler> = { complete, edit, moderate };
