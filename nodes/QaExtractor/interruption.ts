import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { counted } from '../../lib/counted';
import type { Settled } from '../../lib/qa/pool';
import { type NodeFailure, toNodeError } from '../shared/errors';

import type { Report } from './outputs';

/**
 * The error of the first ticket that failed, with what was done and paid before: the pairs themselves are in its data,
 * so that they are not lost.
 */
export function interruption(
	ctx: IExecuteFunctions,
	settled: ReadonlyArray<Settled<unknown>>,
	report: Report,
	pairs: INodeExecutionData[],
): NodeFailure {
	const itemIndex = settled.findIndex((one) => 'error' in one);
	const { error } = settled[itemIndex] as { error: unknown };
	const failure = toNodeError(ctx.getNode(), error, itemIndex);
	if (!report.answers) return failure;
	const cost = report.cost ? `, about ${report.cost.amount} ${report.cost.currency}` : '';
	failure.description = [
		failure.description,
		`Before that, the model gave ${counted(report.answers, 'answer')} (${counted(pairs.length, 'pair')}${cost}); nothing more was sent.`,
		"The pairs are in the data of this error. To have them go on to the next node instead, set the option 'On Interruption' to 'Return What Is Done', or 'On Error' of the node's settings to Continue.",
	]
		.filter(Boolean)
		.join(' ');
	failure.context.data = {
		...(failure.context.data as IDataObject | undefined),
		report: report as unknown as IDataObject,
		pairs: pairs.map(({ json }) => json),
	};
	return failure;
}
