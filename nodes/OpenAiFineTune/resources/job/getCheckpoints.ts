import { listCheckpoints } from '../../../../lib/openai/jobLists';
import { simplifyCheckpoint } from '../../../../lib/openai/simplify';
import { limitParameter, locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { isSimplified, toItem } from './output';

export const getCheckpoints: OperationHandler = async (ctx, itemIndex, { transport, dialect }) => {
	const jobId = locatorParameter(ctx, 'jobId', itemIndex);
	const limit = limitParameter(ctx, itemIndex);
	const checkpoints = await listCheckpoints(transport, dialect, jobId, limit);
	const simplify = isSimplified(ctx, itemIndex);
	return checkpoints.map((checkpoint) =>
		toItem(simplify ? simplifyCheckpoint(checkpoint) : checkpoint, itemIndex),
	);
};
