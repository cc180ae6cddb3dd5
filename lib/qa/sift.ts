import type { LeftOut, LeftOutReason, QaPair, TicketOutcome } from './types';

/** Which pairs are wanted. */
export interface Wanted {
	/** Whether unsolved problems are kept, marked as such. */
	includeUnresolved: boolean;
	/** From 0 to 1; pairs without a confidence are not judged by it. */
	minConfidence: number;
	maxPairs: number;
}

/** Parts the pairs of one ticket into those that are wanted and those that are left out, each with its reason. */
export function siftPairs(pairs: readonly QaPair[], wanted: Wanted): TicketOutcome {
	const kept: QaPair[] = [];
	const leftOut: LeftOut[] = [];
	for (const pair of pairs) {
		const why =
			unwanted(pair, wanted) ?? (kept.length >= wanted.maxPairs ? tooMany(wanted) : undefined);
		if (why) leftOut.push({ ...why, pair });
		else kept.push(pair);
	}
	return { pairs: kept, leftOut };
}

type Why = { reason: LeftOutReason; detail: string };

function unwanted(pair: QaPair, { includeUnresolved, minConfidence }: Wanted): Why | undefined {
	if (!pair.solved && !includeUnresolved) {
		return {
			reason: 'unresolved',
			detail: 'The ticket shows no answer that settled this problem.',
		};
	}
	if (pair.confidence !== undefined && pair.confidence < minConfidence) {
		return {
			reason: 'low_confidence',
			detail: `The model's confidence is ${pair.confidence}, below ${minConfidence}.`,
		};
	}
	return undefined;
}

function tooMany({ maxPairs }: Wanted): Why {
	return {
		reason: 'too_many',
		detail: `The ticket has more than ${maxPairs === 1 ? 'one pair' : `${maxPairs} pairs`}.`,
	};
}
