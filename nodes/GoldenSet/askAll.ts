import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { counted } from '../../lib/counted';
import type { GoldenRun } from '../../lib/golden/ask';
import { recordLine } from '../../lib/golden/file';
import { inSeededOrder } from '../../lib/golden/order';
import { recordAll, type RecordOutcome, type RecordTask } from '../../lib/golden/record';
import type { GoldenRecord } from '../../lib/golden/types';
import { type NodeFailure, toNodeError } from '../shared/errors';

import { orderSeed, type RunSettings } from './settings';

/** What became of questions, in their own order. */
export interface Asked {
	outcomes: RecordOutcome[];
	records: GoldenRecord[];
	/** The error that ended the run, where the node goes on with what is done. */
	interruption?: string;
}

/**
 * Asks all questions, in seeded order.
 *
 * @param placeOf the item to which a task belongs
 */
export async function askAll(
	ctx: IExecuteFunctions,
	tasks: readonly RecordTask[],
	run: GoldenRun,
	settings: RunSettings,
	placeOf: (task: number) => number,
): Promise<Asked> {
	const outcomes = await outcomesOf(ctx, tasks, run, settings, placeOf);
	const records = outcomes.flatMap((one) => ('record' in one ? [one.record] : []));
	const failedAt = outcomes.findIndex((one) => 'error' in one);
	if (failedAt === -1 || ctx.continueOnFail()) return { outcomes, records };
	const { error } = outcomes[failedAt] as { error: unknown };
	const failure = toNodeError(ctx.getNode(), error, placeOf(failedAt));
	if (settings.onInterruption === 'fail' || records.length === 0) {
		throw withRecords(failure, records);
	}
	return { outcomes, records, interruption: failure.message };
}

async function outcomesOf(
	ctx: IExecuteFunctions,
	tasks: readonly RecordTask[],
	run: GoldenRun,
	{ concurrency }: RunSettings,
	placeOf: (task: number) => number,
): Promise<RecordOutcome[]> {
	const places = tasks.map(({ question: { id } }, index) => ({ id, index }));
	const order = inSeededOrder(places, orderSeed(ctx, placeOf(0)));
	const inOrder = order.map(({ index }) => tasks[index]);
	try {
		const settled = await recordAll(inOrder, run, { concurrency, goesOn: ctx.continueOnFail() });
		const outcomes = new Array<RecordOutcome>(tasks.length);
		order.forEach(({ index }, at) => (outcomes[index] = settled[at]));
		return outcomes;
	} catch (error) {
		// Only when the execution is canceled.
		throw toNodeError(ctx.getNode(), error);
	}
}

/** What was paid for is not lost: it is in the error's data. */
function withRecords(failure: NodeFailure, records: readonly GoldenRecord[]): NodeFailure {
	if (records.length === 0) return failure;
	failure.description = [
		failure.description,
		`Before that, ${counted(records.length, 'question')} had an answer; nothing more was sent.`,
		"The lines of their record are in the data of this error. To have them go on to the next node instead, set the option 'On Interruption' to 'Return What Is Done'; with 'Earlier Record in Field' a later run goes on from there.",
	]
		.filter(Boolean)
		.join(' ');
	failure.context.data = {
		...(failure.context.data as IDataObject | undefined),
		record: records.map(recordLine),
	};
	return failure;
}
