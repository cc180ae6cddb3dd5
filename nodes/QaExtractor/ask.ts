import type { IExecuteFunctions } from 'n8n-workflow';

import { pairWithoutModel } from '../../lib/qa/cheap';
import { dialogueOf } from '../../lib/qa/dialogue';
import { extractTicket, type Run } from '../../lib/qa/extractTicket';
import { screen } from '../../lib/qa/screen';
import { siftPairs } from '../../lib/qa/sift';
import { transcriptOf } from '../../lib/qa/transcript';
import type { LeftOut, TicketOutcome } from '../../lib/qa/types';
import { createTransport } from '../shared/transport';

import type { Task } from './parameters';

export interface TaskOutcome extends TicketOutcome {
	/** Whether the middle of the ticket was not sent. */
	wasCut: boolean;
}

/** One ticket to its pairs, with a model or without. */
export async function pairsOf(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ source, includeUnresolved, asked }: Task,
	run: Run,
): Promise<TaskOutcome> {
	if (!asked) return { ...pairWithoutModel(source, { includeUnresolved }), wasCut: false };
	const { internalNotes, maxCharacters, wanted, ...request } = asked;
	const dialogue = dialogueOf(source, { internalNotes });
	const why = screen(source, dialogue, { includeUnresolved });
	if (why) return nothing(why, false);
	const { text: transcript, leftOutCharacters } = transcriptOf(source, dialogue, maxCharacters);
	const wasCut = leftOutCharacters > 0;
	const { transport, surroundings } = await createTransport(ctx, itemIndex);
	const found = await extractTicket({ ...request, transcript }, run, transport, surroundings);
	if ('leftOut' in found) return nothing(found.leftOut, wasCut);
	if (found.pairs.length === 0) return nothing(NO_PAIRS, wasCut);
	return { ...siftPairs(found.pairs, wanted), wasCut };
}

const NO_PAIRS: LeftOut = {
	reason: 'no_pairs',
	detail: 'The model found nothing in the ticket that could help others.',
};

function nothing(leftOut: LeftOut, wasCut: boolean): TaskOutcome {
	return { pairs: [], leftOut: [leftOut], wasCut };
}
