/** A part of a long text that cannot be spoken must not take those with it that are made and paid for. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { errorItem, type NodeFailure, toNodeError } from '../../../shared/errors';

export interface UnspokenPart {
	/** From 1. */
	part: number;
	parts: number;
	/** The text from this part on. */
	missingText: string;
	/** Those before it. */
	made: INodeExecutionData[];
}

/**
 * What comes out of a node that goes on: the parts that were made, marked as not complete, then the error with the text
 * that is missing.
 *
 * @throws NodeFailure where the node stops at errors, or was itself stopped
 */
export function partsUntilFailure(
	ctx: IExecuteFunctions,
	itemIndex: number,
	error: unknown,
	unspoken: UnspokenPart,
): INodeExecutionData[] {
	const goesOn = ctx.continueOnFail();
	const failure = partFailure(toNodeError(ctx.getNode(), error, itemIndex), unspoken, goesOn);
	if (!goesOn || ctx.getExecutionCancelSignal()?.aborted) throw failure;
	const made = unspoken.made.map((item) => ({ ...item, json: { ...item.json, complete: false } }));
	return [...made, errorItem(failure, itemIndex)];
}

function partFailure(
	failure: NodeFailure,
	{ part, parts, missingText }: UnspokenPart,
	goesOn: boolean,
): NodeFailure {
	const last = part - 1;
	const before = last === 1 ? 'Part 1 was' : `Parts 1 ${last === 2 ? 'and' : 'to'} ${last} were`;
	const kept = goesOn
		? `${before} made before, and came out with "complete": false. To go on, speak "missing_text" of this error.`
		: `${before} made and paid for before. To keep them, set 'On Error' in the node's settings to Continue: then they come out, and the error has the text that is still to be spoken.`;
	failure.message = `Part ${part} of ${parts} could not be spoken: ${failure.message}`;
	failure.description = [kept, failure.description].filter(Boolean).join(' ');
	failure.context.data = {
		...(failure.context.data as IDataObject | undefined),
		part,
		parts,
		complete: false,
		missing_text: missingText,
	};
	return failure;
}
