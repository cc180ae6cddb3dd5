import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { counted } from '../../../../lib/counted';
import { planSplit, type Split, type SplitOptions } from '../../../../lib/dataset/split';
import { JSONL_MIME_TYPE, writeBinary } from '../../../shared/binary';
import { hint } from '../../../shared/hint';
import type { BuilderOperation } from '../../operation';
import { findingsJson } from '../../report';
import { openSource, readOptions, renamed } from '../../source';

type Side = 'training' | 'validation';

/** Two files, one for each output. */
export const split: BuilderOperation = async (ctx, itemIndex) => {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const source = await openSource(ctx, itemIndex);
	const plan = await planSplit(source.open, splitOptions(ctx, itemIndex, options));
	explain(ctx, plan);
	const sides = async (side: Side) => {
		const fileName =
			String(options[`${side}FileName`] ?? '') || renamed(source.fileName, `-${side}.jsonl`);
		return [await sideItem(ctx, itemIndex, plan, side, fileName)];
	};
	return [await sides('training'), await sides('validation')];
};

function splitOptions(
	ctx: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
): SplitOptions {
	const byCount = ctx.getNodeParameter('validationSize', itemIndex) === 'count';
	const size = Number(ctx.getNodeParameter(byCount ? 'count' : 'percentage', itemIndex));
	const stratifyBy = String(options.stratifyBy ?? '').trim();
	return {
		...readOptions(ctx, options),
		validation: byCount ? { count: Math.floor(size) } : { share: size / 100 },
		seed: Math.trunc(Number(options.seed ?? 42)),
		threshold: Number(options.threshold ?? 0.7),
		...(stratifyBy === ''
			? {}
			: { stratifyBy, dropStratifyField: options.dropStratifyField !== false }),
	};
}

async function sideItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	plan: Split,
	side: Side,
	fileName: string,
): Promise<INodeExecutionData> {
	const outputField = ctx.getNodeParameter('outputField', itemIndex) as string;
	const file = await writeBinary(ctx, plan.write(side), { fileName, mimeType: JSONL_MIME_TYPE });
	const { findings, examples, ...counts } = plan.report;
	return {
		json: {
			fileName,
			side,
			examples: plan.report[side],
			allExamples: examples,
			...(counts as IDataObject),
			findings: findingsJson(findings),
		},
		binary: { ...ctx.getInputData()[itemIndex].binary, [outputField]: file },
	};
}

function explain(ctx: IExecuteFunctions, { report }: Split): void {
	if (report.leftOut > 0) {
		hint(
			ctx,
			`${counted(report.leftOut, 'line')} of the input hold no example and are in neither file. Run Repair or Validate to see why.`,
		);
	}
	for (const { code, message } of report.findings) {
		if (
			code === 'validation_too_small' ||
			code === 'too_many_strata' ||
			code.startsWith('file_is_')
		)
			hint(ctx, message);
	}
	if (report.examples === 0) hint(ctx, 'The input holds no examples, so both files are empty.');
}
