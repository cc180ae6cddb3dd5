/** From whatever was thrown to the errors n8n shows, and to the item a node goes on with. */
import type { IDataObject, INode, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { CanceledError } from '../../lib/http/canceled';
import { ApiError } from '../../lib/http/errors';
import { explain } from '../../lib/openai/explain';
import { SettingError } from '../../lib/openai/settingError';

export type NodeFailure = NodeApiError | NodeOperationError;

/** Says what happened and what to do; keeps the server's code, status, body and request id. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeFailure {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (error instanceof ApiError) return fromApiError(node, error, itemIndex);
	if (error instanceof SettingError) {
		const { message, description } = error;
		return withMessage(new NodeOperationError(node, message, { description, itemIndex }), message);
	}
	const message = error instanceof Error ? error.message : String(error);
	const description = descriptionOf(error);
	return withMessage(new NodeOperationError(node, message, { description, itemIndex }), message);
}

/** The output of an item that could not be done, for nodes that go on. */
export function errorItem(error: NodeFailure, itemIndex: number): INodeExecutionData {
	const details = (error.context.data ?? {}) as IDataObject;
	return {
		json: {
			error: {
				message: error.message,
				...(error.description ? { description: error.description } : {}),
				...details,
			},
		},
		pairedItem: { item: itemIndex },
	};
}

function fromApiError(node: INode, error: ApiError, itemIndex?: number): NodeApiError {
	const { message, description, cause } = explain(error);
	const { requestId, retryAfterMs, status } = error.details;
	const nodeError = new NodeApiError(node, { message: error.message } as JsonObject, {
		message,
		description: requestId ? `${description} Request ID: ${requestId}` : description,
		httpCode: status === undefined ? undefined : String(status),
		itemIndex,
		failure: cause && { cause, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
	});
	nodeError.context.data = kept(error);
	return withMessage(nodeError, message);
}

/** What is worth keeping of an answer: never the request, whose headers hold the key. */
function kept({ details }: ApiError): IDataObject {
	const { status, code, type, param, requestId, networkCode, method, path, body } = details;
	const all = { status, code, type, param, requestId, networkCode, method, path, body };
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** n8n replaces messages in which it finds, as part of any word, a name like "EPERM" or "EEXIST". */
function withMessage<T extends NodeFailure>(error: T, message: string): T {
	error.message = message;
	return error;
}

function descriptionOf(error: unknown): string | undefined {
	const description = (error as { description?: unknown } | undefined)?.description;
	if (typeof description === 'string') return description;
	return error instanceof CanceledError
		? 'The node stopped where it was; what the server had already begun goes on there.'
		: undefined;
}
