import { hasAnswer, type Statement } from './dialogue';
import type { LeftOut, PairSource } from './types';

/**
 * Why a ticket is not worth a request: nobody asked anything, nobody answered, or its own status says that it is open.
 * Undefined when it is.
 */
export function screen(
	{ title, resolved }: Pick<PairSource, 'title' | 'resolved'>,
	dialogue: readonly Statement[],
	{ includeUnresolved }: { includeUnresolved: boolean },
): LeftOut | undefined {
	const isAsked = dialogue.some(({ from }) => from === 'requester') || title !== '';
	if (!isAsked) return { reason: 'no_question', detail: 'The ticket has no text of a requester.' };
	if (includeUnresolved) return undefined;
	if (resolved === false) {
		return {
			reason: 'unresolved',
			detail: "The ticket is not resolved. 'Include Unresolved' takes such tickets in.",
		};
	}
	if (hasAnswer(dialogue)) return undefined;
	return { reason: 'no_answer', detail: 'No agent has answered in public.' };
}
