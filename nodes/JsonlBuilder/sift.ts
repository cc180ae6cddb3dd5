import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { counted } from '../../lib/counted';
import {
	type Judge,
	type LeftOutReason,
	type SiftCounts,
	type SiftedFile,
	siftFile,
	siftItems,
} from '../../lib/dataset/quality/sift';
import { JSONL_MIME_TYPE, writeBinary } from '../shared/binary';
import { hint } from '../shared/hint';
import { runItem } from '../shared/router';

import { findingsJson } from './report';
import { openSource, readOptions, renamed } from './source';

/** What stays, what does not, and the report. */
export type SiftOutputs = [
	kept: INodeExecutionData[],
	leftOut: INodeExecutionData[],
	reports: INodeExecutionData[],
];

/** An operation that keeps some of the records and leaves others out. */
export interface SiftOperation<TJudge extends Judge> {
	/** Has the parameters of one item. */
	createJudge(ctx: IExecuteFunctions, itemIndex: number, options: IDataObject): TJudge;
	report(judge: TJudge): object;
	/** Says what the user should know beyond the counts. */
	explain?(ctx: IExecuteFunctions, judge: TJudge, counts: SiftCounts, itemIndex: number): void;
	/** End of the name of each file. */
	fileNames: { kept: string; leftOut: string };
}

/** Items are one dataset, with the parameters of the first one; files are one each, with their own parameters. */
export async function sift<TJudge extends Judge>(
	ctx: IExecuteFunctions,
	operation: SiftOperation<TJudge>,
): Promise<SiftOutputs> {
	const isFile = ctx.getNodeParameter('inputType', 0) === 'binary';
	const outputs: SiftOutputs = [[], [], []];
	const places = isFile ? ctx.getInputData().length : 1;
	for (let itemIndex = 0; itemIndex < places; itemIndex++) {
		const first = await runItem(ctx, itemIndex, async () => {
			const [kept, leftOut, reports] = isFile
				? await siftOneFile(ctx, itemIndex, operation)
				: await siftAllItems(ctx, operation);
			add(outputs[1], leftOut, itemIndex);
			add(outputs[2], reports, itemIndex);
			return kept;
		});
		for (const item of first) outputs[0].push(item);
	}
	return outputs;
}

function add(output: INodeExecutionData[], items: INodeExecutionData[], itemIndex: number): void {
	for (const item of items)
		output.push({ ...item, pairedItem: item.pairedItem ?? { item: itemIndex } });
}

async function siftAllItems<TJudge extends Judge>(
	ctx: IExecuteFunctions,
	operation: SiftOperation<TJudge>,
): Promise<SiftOutputs> {
	const items = ctx.getInputData();
	const options = ctx.getNodeParameter('options', 0, {}) as IDataObject;
	const judge = operation.createJudge(ctx, 0, options);
	const records = items.map(({ json }) => json);
	const { counts, kept, leftOut } = await siftItems(records, judge, readOptions(ctx).pause);
	explain(ctx, counts, 'item');
	operation.explain?.(ctx, judge, counts, 0);
	return [
		kept.map((place) => ({ ...items[place], pairedItem: { item: place } })),
		leftOut.map(({ place, why }) => leftOutItem(items[place], place, why)),
		[{ json: { ...counts, ...operation.report(judge) }, pairedItem: { item: 0 } }],
	];
}

/** The item itself with the reason, so that it can be looked at and taken back. */
function leftOutItem(
	{ json, binary }: INodeExecutionData,
	place: number,
	why: LeftOutReason,
): INodeExecutionData {
	return {
		json: { ...why, place, item: json },
		...(binary ? { binary } : {}),
		pairedItem: { item: place },
	};
}

async function siftOneFile<TJudge extends Judge>(
	ctx: IExecuteFunctions,
	itemIndex: number,
	operation: SiftOperation<TJudge>,
): Promise<SiftOutputs> {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const outputField = ctx.getNodeParameter('outputField', itemIndex) as string;
	const judge = operation.createJudge(ctx, itemIndex, options);
	const source = await openSource(ctx, itemIndex);
	const sifted = await siftFile(source.open, judge, readOptions(ctx, options));
	const { fileNames } = operation;
	const fileName = String(options.fileName ?? '') || renamed(source.fileName, fileNames.kept);
	const leftOutName = renamed(source.fileName, fileNames.leftOut);
	const report = { fileName, ...fileReport(sifted), ...operation.report(judge) };
	explain(ctx, sifted.counts, 'line');
	operation.explain?.(ctx, judge, sifted.counts, itemIndex);
	const file = await writeBinary(ctx, sifted.kept(), { fileName, mimeType: JSONL_MIME_TYPE });
	const { binary } = ctx.getInputData()[itemIndex];
	const kept = { json: report, binary: { ...binary, [outputField]: file } };
	return [[kept], await leftOutFile(ctx, sifted, outputField, leftOutName), [{ json: report }]];
}

async function leftOutFile(
	ctx: IExecuteFunctions,
	sifted: SiftedFile,
	outputField: string,
	fileName: string,
): Promise<INodeExecutionData[]> {
	const { leftOut } = sifted.counts;
	if (leftOut === 0) return [];
	const mimeType = JSONL_MIME_TYPE;
	const file = await writeBinary(ctx, sifted.leftOut(), { fileName, mimeType });
	return [{ json: { fileName, leftOut }, binary: { [outputField]: file } }];
}

function fileReport({ counts, findings, findingsLeftOut }: SiftedFile): IDataObject {
	return { ...counts, findings: findingsJson(findings), findingsLeftOut };
}

function explain(ctx: IExecuteFunctions, { read, unreadable }: SiftCounts, noun: string): void {
	if (unreadable > 0)
		hint(
			ctx,
			`${counted(unreadable, noun)} could not be read and went to the second output with the reason. Run Repair on a file to mend such lines.`,
		);
	if (read === 0) hint(ctx, 'The input holds no examples.');
}
