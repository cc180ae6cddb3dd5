import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { counted } from '../../../../lib/counted';
import type { Finding } from '../../../../lib/dataset/types';
import { JSONL_MIME_TYPE, writeBinary } from '../../../shared/binary';
import { hint } from '../../../shared/hint';
import type { TwoOutputs } from '../../operation';
import { findingsJson, reportSettings } from '../../report';

import { DatasetBuild, MAX_LISTED, type NotedRecord } from './datasetBuild';
import { existingFile } from './existingFile';
import { readInput } from './readMapping';
import { exampleRecords } from './records';

/** Items that a result is linked to; a list of a million links would be larger than the dataset. */
const MAX_LINKS = 1000;

/** One file of all input items. Its parameters are read once: a dataset has one mapping. */
export async function build(ctx: IExecuteFunctions): Promise<TwoOutputs> {
	const options = ctx.getNodeParameter('options', 0, {}) as IDataObject;
	const items = ctx.getInputData();
	const invalidExamples = ctx.getNodeParameter('invalidExamples', 0) as string;
	const outputField = ctx.getNodeParameter('outputField', 0) as string;
	const settings = reportSettings(ctx, 0, options);
	const input = readInput(ctx, options);
	const dataset = new DatasetBuild(input, settings.validate, (record) => {
		if (invalidExamples === 'stop') throw stopped(ctx, record);
	});
	const existing = await existingFile(ctx, options);

	const fileName = String(options.fileName ?? '') || existing?.fileName || 'dataset.jsonl';
	const blocks = dataset.write(exampleRecords(ctx, input.mapping), existing, ctx);
	const file = await writeBinary(ctx, blocks, { fileName, mimeType: JSONL_MIME_TYPE });
	const report = dataset.report();
	const { leftOut } = dataset;
	explain(ctx, dataset, report.examples);
	const built: INodeExecutionData = {
		json: {
			fileName,
			items: items.length,
			...(existing ? { appendedTo: existing.fileName } : {}),
			leftOut: leftOut.length,
			...settings.finish(report),
			...(leftOut.length > 0 ? { leftOutItems: leftOut.slice(0, MAX_LISTED).map(listed) } : {}),
			...(dataset.warningCount > 0 ? { itemWarnings: dataset.warnings.map(listed) } : {}),
		},
		binary: { [outputField]: file } as IBinaryKeyData,
		pairedItem: items.slice(0, MAX_LINKS).map((_, item) => ({ item })),
	};
	const others =
		invalidExamples === 'secondOutput' ? leftOut.map((record) => leftOutItem(items, record)) : [];
	return [[built], others];
}

/** The item itself with the reason, so that it can be mended and built again. */
function leftOutItem(
	items: INodeExecutionData[],
	{ indexes, findings }: NotedRecord,
): INodeExecutionData {
	const [first] = indexes;
	const { json, binary } = items[first];
	return {
		json: { reason: findings[0]?.message ?? '', findings: findingsJson(findings), item: json },
		...(binary ? { binary } : {}),
		pairedItem: indexes.slice(0, MAX_LINKS).map((item) => ({ item })),
	};
}

function listed({ indexes, findings }: NotedRecord): IDataObject {
	return { item: indexes[0], reason: findings[0]?.message ?? '', code: findings[0]?.code ?? '' };
}

function stopped(ctx: IExecuteFunctions, { indexes, findings }: NotedRecord): NodeOperationError {
	const [itemIndex] = indexes;
	const reason = firstOf(findings);
	return new NodeOperationError(
		ctx.getNode(),
		`The item makes no valid example: ${reason.message} [item ${itemIndex}]`,
		{
			itemIndex,
			description: `${reason.fix ?? 'Correct the item.'} To go on without such items, set 'Invalid Examples' to 'Send to Left Out Output'.`,
		},
	);
}

function firstOf(findings: Finding[]): Finding {
	return findings.find(({ severity }) => severity === 'error') ?? findings[0];
}

function explain(
	ctx: IExecuteFunctions,
	{ leftOut, warningCount }: DatasetBuild,
	examples: number,
): void {
	if (examples === 0) {
		hint(
			ctx,
			'No item made a valid example, so the file is empty. Check the names of the fields; the output "Left Out" says what is missing.',
		);
	} else if (leftOut.length > 0) {
		hint(
			ctx,
			`Not in the file, as no valid example could be made of it: ${counted(leftOut.length, 'item')}.`,
		);
	}
	if (warningCount > 0)
		hint(
			ctx,
			`${counted(warningCount, 'warning')} about items that are in the file: see 'itemWarnings'.`,
		);
}
