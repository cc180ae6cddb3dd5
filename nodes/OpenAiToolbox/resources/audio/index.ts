import type { OperationHandler } from '../../../shared/router';

import { speak } from './speak';
import { transcribe } from './transcribe';
import { translate } from './translate';

export { description } from './description';
export const operations: Record<string, OperationHandler> = { speak, transcribe, translate };
