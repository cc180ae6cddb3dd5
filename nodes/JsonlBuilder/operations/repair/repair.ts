import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { counted } from '../../../../lib/counted';
import { type LeftOut, repairJsonl } from '../../../../lib/dataset/repair';
import { JSONL_MIME_TYPE, writeBinary } from '../../../shared/binary';
import { hint } from '../../../shared/hint';
import type { BuilderOperation } from '../../operation';
import { findingsJson, withoutUndefined } from '../../report';
import { openSource, readOptions, renamed } from '../../source';

/** A mended copy of the item's file, and an item for each piece that could not be mended. */
export const repair: BuilderOperation = async (ctx, itemIndex) => {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const outputField = ctx.getNodeParameter('outputField', itemIndex) as string;
	const source = await openSource(ctx, itemIndex);
	const { output, report } = repairJsonl(await source.open(), {
		...readOptions(ctx, options),
		promptCompletionToChat: options.promptCompletionToChat !== false,
		unescapeHtml: options.unescapeHtml === true,
		maxMends: Number(options.maxMends ?? 100),
		maxLeftOut: Number(options.maxLeftOut ?? 1000),
	});
	const fileName = String(options.fileName ?? '') || renamed(source.fileName, '.jsonl');
	const file = await writeBinary(ctx, output, { fileName, mimeType: JSONL_MIME_TYPE });

	const { leftOutList, findings, ...counts } = report();
	if (counts.leftOut > 0) {
		hint(
			ctx,
			`${counted(counts.leftOut, 'piece')} of the file could not be mended without guessing: see the output "Left Out".`,
		);
	}
	const repaired: INodeExecutionData = {
		json: { fileName, ...withoutUndefined(counts), findings: findingsJson(findings) },
		binary: { ...ctx.getInputData()[itemIndex].binary, [outputField]: file },
	};
	return [[repaired], leftOutList.map((piece) => leftOutItem(piece))];
};

export function leftOutItem({
	line,
	lastLine,
	text,
	findings,
}: Omit<LeftOut, 'lastLine'> & { lastLine?: number }): INodeExecutionData {
	return {
		json: {
			line,
			...(lastLine === undefined ? {} : { lastLine }),
			reason: findings[0]?.message ?? '',
			findings: findingsJson(findings),
			text,
		},
	};
}
