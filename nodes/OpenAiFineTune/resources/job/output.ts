import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import { simplifyJob } from '../../../../lib/openai/simplify';
import type { Connection } from '../../../shared/transport';

export function isSimplified(ctx: IExecuteFunctions, itemIndex: number): boolean {
	return ctx.getNodeParameter('simplify', itemIndex, true) as boolean;
}

/** A job as an item; `more` is added to it in both shapes. */
export function jobItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ dialect, surroundings }: Connection,
	job: FineTuningJob,
	more: IDataObject = {},
): INodeExecutionData {
	const shown = isSimplified(ctx, itemIndex) ? simplifyJob(job, dialect, surroundings.now()) : job;
	return toItem({ ...shown, ...more }, itemIndex);
}

export function toItem(json: object, itemIndex: number): INodeExecutionData {
	return { json: json as IDataObject, pairedItem: { item: itemIndex } };
}
