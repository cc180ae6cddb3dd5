import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { counted } from '../../../../lib/counted';
import { statisticsHtml } from '../../../../lib/dataset/quality/reportHtml';
import { siftFile, siftItems, type SiftCounts } from '../../../../lib/dataset/quality/sift';
import { type DatasetStatistics, Statistics } from '../../../../lib/dataset/quality/statistics';
import { statisticsRows } from '../../../../lib/dataset/quality/statisticsRows';
import type { Finding } from '../../../../lib/dataset/types';
import { countExampleTokens, countTokens } from '../../../../lib/tokens';
import { writeBinary } from '../../../shared/binary';
import { hint } from '../../../shared/hint';
import { runItem } from '../../../shared/router';
import type { TwoOutputs } from '../../operation';
import { findingsJson } from '../../report';
import { openSource, readOptions, renamed } from '../../source';
import { readThreshold } from '../deduplicate/deduplicate';

/** What was measured. */
interface Measured {
	statistics: DatasetStatistics;
	unreadable: number;
	findings: Finding[];
	place: 'line' | 'item';
	/** Undefined for items. */
	fileName?: string;
}

/** Figures about a dataset as items, and as a page to look at. */
export async function statistics(ctx: IExecuteFunctions): Promise<TwoOutputs> {
	const isFile = ctx.getNodeParameter('inputType', 0) === 'binary';
	const reports: INodeExecutionData[] = [];
	const figures: INodeExecutionData[] = [];
	const places = isFile ? ctx.getInputData().length : 1;
	for (let itemIndex = 0; itemIndex < places; itemIndex++) {
		const items = await runItem(ctx, itemIndex, async () => {
			const measured = isFile ? await measureFile(ctx, itemIndex) : await measureItems(ctx);
			explain(ctx, measured);
			for (const report of await htmlItem(ctx, itemIndex, measured))
				reports.push({ ...report, pairedItem: { item: itemIndex } });
			return figureItems(ctx, itemIndex, measured);
		});
		for (const item of items) figures.push(item);
	}
	return [figures, reports];
}

async function measureFile(ctx: IExecuteFunctions, itemIndex: number): Promise<Measured> {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const judge = createStatistics(options);
	const { open, fileName } = await openSource(ctx, itemIndex);
	const { counts, findings } = await siftFile(open, judge, readOptions(ctx, options));
	return { ...measured(judge, counts, findings), place: 'line', fileName };
}

async function measureItems(ctx: IExecuteFunctions): Promise<Measured> {
	const judge = createStatistics(ctx.getNodeParameter('options', 0, {}) as IDataObject);
	const records = ctx.getInputData().map(({ json }) => json);
	const { counts } = await siftItems(records, judge, readOptions(ctx).pause);
	return { ...measured(judge, counts, []), place: 'item' };
}

function measured(judge: Statistics, { unreadable }: SiftCounts, findings: Finding[]) {
	return { statistics: judge.report(), unreadable, findings };
}

function createStatistics(options: IDataObject): Statistics {
	const fields = String(options.countFields ?? 'category, tags, source');
	return new Statistics({
		countFields: fields.split(',').slice(0, 20),
		...(options.countTokens === false ? {} : { countTokens, countExampleTokens }),
		duplicates: options.duplicates !== false,
		threshold: readThreshold(options.threshold ?? 0.7),
		languages: options.detectLanguages !== false,
		extremes: Number(options.extremes ?? 10),
		questionField: String(options.questionField ?? ''),
		answerField: String(options.answerField ?? ''),
	});
}

function figureItems(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ statistics: all, unreadable, findings, fileName }: Measured,
): INodeExecutionData[] {
	if (ctx.getNodeParameter('outputAs', itemIndex) === 'rows')
		return statisticsRows(all).map((row) => ({ json: { ...row } }));
	const json: IDataObject = {
		...(fileName === undefined ? {} : { fileName }),
		...(all as unknown as IDataObject),
		unreadable,
		findings: findingsJson(findings),
	};
	return [{ json }];
}

async function htmlItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ statistics: all, unreadable, place, fileName }: Measured,
): Promise<INodeExecutionData[]> {
	if (ctx.getNodeParameter('htmlReport', itemIndex) === false) return [];
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const outputField = ctx.getNodeParameter('outputField', itemIndex) as string;
	const name = String(options.title ?? '') || (fileName ?? 'Dataset');
	const createdAt = new Date().toISOString();
	const html = statisticsHtml(all, { name, createdAt, place, unreadable });
	const reportName = String(options.fileName ?? '') || renamed(fileName, '-report.html');
	const file = await writeBinary(ctx, oneBlock(html), {
		fileName: reportName,
		mimeType: 'text/html',
	});
	return [{ json: { fileName: reportName, title: name }, binary: { [outputField]: file } }];
}

async function* oneBlock(text: string): AsyncGenerator<Buffer> {
	yield Buffer.from(text, 'utf8');
}

function explain(
	ctx: IExecuteFunctions,
	{ statistics: { records }, unreadable, place }: Measured,
): void {
	if (unreadable > 0)
		hint(ctx, `${counted(unreadable, place)} could not be read and are not in the statistics.`);
	if (records === 0) hint(ctx, 'The input holds no examples.');
}
