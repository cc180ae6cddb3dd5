import type { IDataObject, INode } from 'n8n-workflow';

import type { FailedAttempt } from '../../../lib/openai/chat/fallback';
import { type NodeFailure, toNodeError } from '../errors';

/** The last model's error, with what was tried before it. */
export function noneAnswered(
	node: INode,
	itemIndex: number,
	error: unknown,
	failed: FailedAttempt[],
): NodeFailure {
	const nodeError = toNodeError(node, error, itemIndex);
	if (failed.length === 0) return nodeError;
	const before = failed.map((one) => `${one.model} (${one.reason}: ${one.message})`).join('; ');
	nodeError.description = `${nodeError.description ?? ''} Models asked before: ${before}`.trim();
	nodeError.context.data = {
		...(nodeError.context.data as IDataObject),
		failed_models: failed as unknown as IDataObject[],
	};
	return nodeError;
}
