/** What to do when a server refuses texts, images or sounds, in place of the general words. */
import { ApiError, type Explanation } from '../../http/errors';

type Subject = 'audio' | 'image' | 'text';

const POLICY_CODES = new Set([
	'content_filter',
	'content_policy_violation',
	'invalid_prompt',
	'moderation_blocked',
]);

/**
 * Runs a call and explains what the server refuses.
 *
 * @throws ApiError as the call, with an explanation of its own where there is one
 */
export async function withExplanation<T>(subject: Subject, call: () => Promise<T>): Promise<T> {
	return await call().catch((error: unknown) => {
		throw explained(error, subject);
	});
}

function explained(error: unknown, subject: Subject): unknown {
	if (!(error instanceof ApiError) || error.details.explanation) return error;
	const explanation = explanationOf(error, subject);
	return explanation ? new ApiError(error.message, { ...error.details, explanation }) : error;
}

function explanationOf(error: ApiError, subject: Subject): Explanation | undefined {
	const { code = '', type = '', status } = error.details;
	if (POLICY_CODES.has(code) || POLICY_CODES.has(type)) {
		return POLICY[subject](error.message);
	}
	if (status !== 413 || subject === 'text') return undefined;
	return {
		message: `The server takes no body of this size: ${error.message}`,
		description:
			subject === 'audio'
				? 'Split the recording or save it with a lower bit rate. A proxy between n8n and the server may have its own limit.'
				: 'Send fewer or smaller images. A proxy between n8n and the server may have its own limit.',
	};
}

const BEFOREHAND = 'Text > Moderate says beforehand which texts are flagged and for what.';
const NO_USE = 'Sending the same again does not help.';

const POLICY: Record<Subject, (said: string) => Explanation> = {
	audio: (said) => ({
		message: `The provider's content policy refused the request: ${said}`,
		description: `Nothing was made. Change the text or the recording. ${BEFOREHAND} ${NO_USE}`,
	}),
	image: (said) => ({
		message: `The provider's content policy refused the request: ${said}`,
		description: `Nothing was made. Change the prompt or the input image, or set the option 'Moderation' to Low. ${BEFOREHAND} ${NO_USE}`,
	}),
	text: (said) => ({
		message: `The provider's content policy refused the text: ${said}`,
		description: `Change the text. ${BEFOREHAND} ${NO_USE}`,
	}),
};
