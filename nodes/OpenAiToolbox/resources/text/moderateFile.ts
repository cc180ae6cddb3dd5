import type { IBinaryData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { plainText } from '../../../../lib/openai/chat/json';
import type { ModerationSettings } from '../../../../lib/openai/toolbox/moderate';
import { type LineReport, moderateLines } from '../../../../lib/openai/toolbox/moderateLines';
import { JSONL_MIME_TYPE, writeBinary } from '../../../shared/binary';
import { localFile } from '../../../shared/localFile';
import type { Connection } from '../../../shared/transport';

interface FileOptions {
	keptField?: unknown;
	roles?: string[];
}

/** Moderate a JSONL file: a report that names the flagged lines and, if wanted, a file of the others. */
export async function moderateFile(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ transport, surroundings }: Connection,
	settings: ModerationSettings,
): Promise<INodeExecutionData[]> {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as FileOptions;
	const field = ctx.getNodeParameter('binaryPropertyName', itemIndex) as string;
	const { open, fileName } = await localFile(ctx, itemIndex, field);
	const check = { ...settings, roles: options.roles };
	const lines = moderateLines(transport, await open(), check, surroundings);
	const keptField = plainText(options.keptField).trim();
	const { report, binary } = await collected(ctx, lines, keptField ? fileName : undefined);
	const json = { flagged: report.flagged_lines.length > 0, ...report } as unknown as IDataObject;
	return [{ json, ...(keptField && binary ? { binary: { [keptField]: binary } } : {}) }];
}

async function collected(
	ctx: IExecuteFunctions,
	lines: AsyncGenerator<string, LineReport>,
	fileName: string | undefined,
): Promise<{ report: LineReport; binary?: IBinaryData }> {
	const ended: LineReport[] = [];
	const blocks = async function* () {
		for (let next = await lines.next(); ; next = await lines.next()) {
			if (next.done) {
				ended.push(next.value);
				return;
			}
			yield Buffer.from(next.value);
		}
	};
	if (fileName === undefined) {
		const iterator = blocks();
		while (!(await iterator.next()).done);
		return { report: ended[0] };
	}
	const file = { fileName: unflagged(fileName), mimeType: JSONL_MIME_TYPE };
	const binary = await writeBinary(ctx, blocks(), file);
	return { report: ended[0], binary };
}

function unflagged(fileName: string): string {
	return `${fileName.replace(/\.[^.]{1,8}$/, '')}-unflagged.jsonl`;
}
