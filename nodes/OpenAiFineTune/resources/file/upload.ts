import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { uploadFile, type UploadResult } from '../../../../lib/openai/uploadFile';
import { localFile } from '../../../shared/localFile';
import type { OperationHandler } from '../../../shared/router';
import type { Connection } from '../../../shared/transport';

import { fileJson } from './output';
import { type OptionSettings, readUploadOptions } from './uploadOptions';

export const upload: OperationHandler = async (ctx, itemIndex, connection) => {
	const purpose = ctx.getNodeParameter('purpose', itemIndex) as string;
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const wait = ctx.getNodeParameter('waitUntilProcessed', itemIndex) as boolean;
	const result = await uploadBinary(ctx, itemIndex, connection, {
		field: ctx.getNodeParameter('binaryPropertyName', itemIndex) as string,
		purpose,
		check:
			purpose === 'fine-tune' &&
			(ctx.getNodeParameter('checkBeforeUpload', itemIndex, true) as boolean),
		...readUploadOptions(options, wait),
	});
	const { file, reused, parts, report } = result;
	const more = {
		reused,
		...(parts > 0 ? { parts } : {}),
		...(report ? { examples: report.examples, warnings: report.warnings } : {}),
	};
	return [
		{ json: { ...fileJson(ctx, itemIndex, file), ...more }, pairedItem: { item: itemIndex } },
	];
};

export interface BinaryUpload extends OptionSettings {
	/** Binary field of the item. */
	field: string;
	purpose: string;
	check: boolean;
}

/** Uploads a binary field of an item, or finds its content at the provider. */
export async function uploadBinary(
	ctx: IExecuteFunctions,
	itemIndex: number,
	connection: Connection,
	{ field, fileName, ...settings }: BinaryUpload,
): Promise<UploadResult> {
	const source = await localFile(ctx, itemIndex, field);
	const file = fileName ? { ...source, fileName } : source;
	const pause = async () => await sleep(0, connection.surroundings.signal);
	const result = await uploadFile(connection, file, { ...settings, pause });
	const warnings = result.report?.warnings ?? 0;
	if (warnings > 0) {
		ctx.addExecutionHints({
			message: `The check of ${file.fileName} gave ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}. The JSONL Builder's Validate operation lists them.`,
			location: 'outputPane',
		});
	}
	return result;
}
