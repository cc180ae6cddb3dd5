import type { NodeFailure } from '../shared/errors';

/** An AI node shows the message of what its model throws and nothing else: what to do goes into it. */
export function forAiNode(error: NodeFailure): NodeFailure {
	const { message, description } = error;
	if (!description) return error;
	error.message = `${message}${/[.!?]$/.test(message) ? '' : '.'} ${description}`;
	error.description = undefined;
	return error;
}
