import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { counted } from '../../../../lib/counted';
import {
	type ConversionRun,
	convertDataset,
	type ConvertOptions,
	type ConvertReport,
	type TargetFormat,
} from '../../../../lib/dataset/convert';
import type { CsvDelimiter } from '../../../../lib/dataset/csv';
import { JSONL_MIME_TYPE, writeBinary } from '../../../shared/binary';
import { hint } from '../../../shared/hint';
import { limitParameter } from '../../../shared/parameters';
import type { BuilderOperation } from '../../operation';
import { findingsJson } from '../../report';
import { openSource, readOptions, renamed } from '../../source';
import { leftOutItem } from '../repair/repair';

/** The item's file in another format, or its examples as items. */
export const convert: BuilderOperation = async (ctx, itemIndex) => {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const to = ctx.getNodeParameter('to', itemIndex) as TargetFormat | 'items';
	const source = await openSource(ctx, itemIndex);
	const settings = {
		...convertOptions(ctx, itemIndex, options),
		to: to === 'items' ? 'openai' : to,
	} as ConvertOptions;
	const run = convertDataset(await source.open(), settings);
	const converted =
		to === 'items'
			? await takeItems(run, limitParameter(ctx, itemIndex))
			: [
					await fileItem(
						ctx,
						itemIndex,
						run,
						settings,
						fileNameFor(options, source.fileName, settings),
					),
				];
	const report = run.report();
	explain(ctx, report);
	return [converted, report.leftOutList.map(leftOutItem)];
};

function convertOptions(
	ctx: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
): Omit<ConvertOptions, 'to'> {
	const column = (name: string) => String(options[`${name}Column`] ?? '');
	return {
		...readOptions(ctx, options),
		from: ctx.getNodeParameter('from', itemIndex) as ConvertOptions['from'],
		columns: {
			answer: column('answer'),
			preferred: column('preferred'),
			question: column('question'),
			rejected: column('rejected'),
			system: column('system'),
		},
		delimiter: (options.delimiter || undefined) as CsvDelimiter | undefined,
		asArray: options.asArray === true,
		maxLeftOut: Number(options.maxLeftOut ?? 1000),
	};
}

async function takeItems(run: ConversionRun, limit: number): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for await (const batch of run.records()) {
		for (const { record } of batch) {
			if (items.length >= limit) return items;
			items.push({ json: record as IDataObject });
		}
	}
	return items;
}

async function fileItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	run: ConversionRun,
	{ to, asArray }: ConvertOptions,
	fileName: string,
): Promise<INodeExecutionData> {
	const outputField = ctx.getNodeParameter('outputField', itemIndex) as string;
	const mimeType = to === 'csv' ? 'text/csv' : asArray ? 'application/json' : JSONL_MIME_TYPE;
	const file = await writeBinary(ctx, run.output(), { fileName, mimeType });
	const { leftOutList: _inOtherOutput, findings, ...counts } = run.report();
	return {
		json: { fileName, format: to, ...counts, findings: findingsJson(findings) },
		binary: { ...ctx.getInputData()[itemIndex].binary, [outputField]: file },
	};
}

function fileNameFor(
	options: IDataObject,
	inputName: string | undefined,
	{ to, asArray }: ConvertOptions,
): string {
	const ending = to === 'csv' ? '.csv' : asArray ? '.json' : '.jsonl';
	return String(options.fileName ?? '') || renamed(inputName, ending);
}

function explain(
	ctx: IExecuteFunctions,
	{ leftOut, dropped, findings, examples }: ConvertReport,
): void {
	if (leftOut > 0)
		hint(ctx, `${counted(leftOut, 'record')} could not be converted: see the output "Left Out".`);
	const names = Object.keys(dropped);
	if (names.length > 0)
		hint(ctx, `The new format has no place for: ${names.slice(0, 10).join(', ')}.`);
	if (examples === 0 && leftOut === 0)
		hint(ctx, findings[0]?.message ?? 'The input holds no records.');
}
