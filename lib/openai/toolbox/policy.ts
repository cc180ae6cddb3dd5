/** What to do when a provider's filter refuses a text, in place of the general words. */
import { ApiError } from '../../http/errors';

const POLICY = /^(?:content_policy_violation|moderation_blocked|content_filter|invalid_prompt)$/;

/**
 * Runs a call, and explains a refusal for what the text says.
 *
 * @throws ApiError as the call, with an explanation of its own where there is one.
 */
export async function withPolicyWords<T>(call: () => Promise<T>): Promise<T> {
	return await call().catch((error: unknown) => {
		throw explained(error);
	});
}

function explained(error: unknown): unknown {
	if (!(error instanceof ApiError) || error.details.explanation) return error;
	const { code = '', type = '' } = error.details;
	if (!POLICY.test(code) && !POLICY.test(type)) return error;
	return new ApiError(error.message, {
		...error.details,
		explanation: {
			message: `The provider's content policy refused the text: ${error.message}`,
			description:
				'Change the text. Text > Moderate says beforehand which texts are flagged and for what. Sending the same again does not help.',
		},
	});
}
