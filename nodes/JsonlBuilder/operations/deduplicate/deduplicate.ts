import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { counted } from '../../../../lib/counted';
import {
	type DeduplicateOptions,
	Deduplication,
} from '../../../../lib/dataset/quality/deduplicate';
import { SettingError } from '../../../../lib/openai/settingError';
import { hint } from '../../../shared/hint';
import { sift, type SiftOperation, type SiftOutputs } from '../../sift';

/** One of each group of records that are the same or nearly the same. */
export async function deduplicate(ctx: IExecuteFunctions): Promise<SiftOutputs> {
	return await sift(ctx, OPERATION);
}

const OPERATION: SiftOperation<Deduplication> = {
	createJudge: (ctx, itemIndex, options) =>
		new Deduplication(deduplicateOptions(ctx, itemIndex, options)),
	report: (judge) => judge.report(),
	explain: (ctx, judge) => {
		const { withoutText, withoutKeepField } = judge.report();
		if (withoutText > 0)
			hint(
				ctx,
				`${counted(withoutText, 'example')} had no text to compare and stayed. Check the names of the fields with question and answer.`,
			);
		if (withoutKeepField > 0)
			hint(
				ctx,
				`${counted(withoutKeepField, 'example')} had no date or rating that could be read; others were preferred to them.`,
			);
	},
	fileNames: { kept: '-unique.jsonl', leftOut: '-duplicates.jsonl' },
};

function deduplicateOptions(
	ctx: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
): DeduplicateOptions {
	const keep = ctx.getNodeParameter('keep', itemIndex) as DeduplicateOptions['keep'];
	return {
		compare: ctx.getNodeParameter('compare', itemIndex) as DeduplicateOptions['compare'],
		threshold: readThreshold(ctx.getNodeParameter('threshold', itemIndex)),
		keep,
		...(keep === 'newest' ? { keepField: fieldName(ctx, 'dateField', itemIndex) } : {}),
		...(keep === 'bestRated' ? { keepField: fieldName(ctx, 'ratingField', itemIndex) } : {}),
		maxClusters: Number(options.maxClusters ?? 100),
		questionField: String(options.questionField ?? ''),
		answerField: String(options.answerField ?? ''),
	};
}

export function readThreshold(value: unknown): number {
	const threshold = Number(value);
	if (threshold >= 0.5 && threshold <= 1) return threshold;
	throw new SettingError(
		`The similarity must be a number from 0.5 to 1, not ${String(value).slice(0, 40)}.`,
		'Take 1 for exact copies only, 0.7 for small edits.',
		'Similarity',
	);
}

function fieldName(ctx: IExecuteFunctions, parameter: string, itemIndex: number): string {
	return String(ctx.getNodeParameter(parameter, itemIndex) ?? '').trim();
}
