/** What to do when a server refuses images or sounds, in place of the general words. */
import { ApiError, type Explanation } from '../../http/errors';

const POLICY_CODES = new Set(['moderation_blocked', 'content_policy_violation', 'content_filter']);

/** The same error with an explanation of its own, where there is one. */
export function explained(error: unknown, subject: 'image' | 'audio'): unknown {
	if (!(error instanceof ApiError) || error.details.explanation) return error;
	const explanation = explanationOf(error, subject);
	return explanation ? new ApiError(error.message, { ...error.details, explanation }) : error;
}

/** Runs a call and explains what the server refuses. */
export async function withExplanation<T>(
	subject: 'image' | 'audio',
	call: () => Promise<T>,
): Promise<T> {
	return await call().catch((error: unknown) => {
		throw explained(error, subject);
	});
}

function explanationOf(error: ApiError, subject: 'image' | 'audio'): Explanation | undefined {
	const { code = '', type = '', status } = error.details;
	if (POLICY_CODES.has(code) || POLICY_CODES.has(type)) {
		return {
			message: `The request was refused by the provider's content policy: ${error.message}`,
			description:
				"Nothing was made. Change the prompt or the input image; Text > Moderate shows beforehand which texts are flagged and why. For a filter that is less strict, set the option 'Moderation' to Low (images). Sending the same again does not help.",
		};
	}
	if (status !== 413) return undefined;
	return {
		message: `The server takes no body of this size: ${error.message}`,
		description:
			subject === 'audio'
				? 'Split the recording or save it with a lower bit rate. A proxy between n8n and the server may have its own limit.'
				: 'Send fewer or smaller images. A proxy between n8n and the server may have its own limit.',
	};
}
