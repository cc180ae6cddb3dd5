import { dialogueOf } from './dialogue';
import { screen } from './screen';
import type { PairSource, QaPair, TicketOutcome } from './types';

/**
 * A pair without a model: the requester's first words as question (the title where there are none), the agent's last
 * public words as answer, or the closing note where no agent wrote any. For trying things out, and for tickets and
 * pages that are question and answer already.
 */
export function pairWithoutModel(
	source: PairSource,
	options: { includeUnresolved: boolean },
): TicketOutcome {
	const dialogue = dialogueOf(source, { internalNotes: false });
	const why = screen(source, dialogue, options);
	if (why) return { pairs: [], leftOut: [why] };
	const asked = dialogue.find(({ from }) => from === 'requester')?.text ?? source.title;
	const answered = dialogue.findLast(({ from, isResolution }) => from === 'agent' && !isResolution);
	const answer = answered?.text ?? source.resolutionText ?? '';
	const pair: QaPair = {
		question: asked,
		answer,
		solved: answer !== '' && source.resolved !== false,
		...(source.language ? { language: source.language } : {}),
		...(source.category ? { category: source.category } : {}),
	};
	return { pairs: [pair], leftOut: [] };
}
