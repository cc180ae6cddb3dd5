import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { FileObject } from 'openai/resources/files';

import { csvRecords, decodedResult, jsonlRecords } from '../../../../lib/openai/fileContent';
import { getFile, openFileContent } from '../../../../lib/openai/files';
import { limitParameter, locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

/** Node's `Readable`, as n8n's HTTP client hands it over. */
type NodeStream = AsyncIterable<Uint8Array> & {
	compose?: (transform: (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>) => never;
};

export const getContent: OperationHandler = async (ctx, itemIndex, { transport }) => {
	const fileId = locatorParameter(ctx, 'fileId', itemIndex);
	const file = await getFile(transport, fileId);
	const content = await openFileContent(transport, fileId);
	if (ctx.getNodeParameter('outputAs', itemIndex) === 'items') {
		return await toItems(ctx, itemIndex, file, content);
	}
	return [await toBinary(ctx, itemIndex, file, content as NodeStream)];
};

async function toItems(
	ctx: IExecuteFunctions,
	itemIndex: number,
	file: FileObject,
	content: AsyncIterable<Uint8Array>,
): Promise<INodeExecutionData[]> {
	const limit = limitParameter(ctx, itemIndex);
	const bytes = isResult(file) ? decodedResult(content) : content;
	const records = isCsv(file) ? csvRecords(bytes) : jsonlRecords(bytes);
	const items: INodeExecutionData[] = [];
	for await (const record of records) {
		items.push({ json: record as IDataObject, pairedItem: { item: itemIndex } });
		if (items.length >= limit) break;
	}
	return items;
}

/** Streams from the provider to where n8n keeps binary data. */
async function toBinary(
	ctx: IExecuteFunctions,
	itemIndex: number,
	file: FileObject,
	content: NodeStream,
): Promise<INodeExecutionData> {
	const field = ctx.getNodeParameter('outputField', itemIndex) as string;
	const stream = content.compose!(isResult(file) ? decodedResult : unchanged);
	const mimeType = isCsv(file)
		? 'text/csv'
		: /\.jsonl$/i.test(nameOf(file))
			? 'application/jsonl'
			: undefined;
	const data = await ctx.helpers.prepareBinaryData(stream, nameOf(file), mimeType);
	return {
		json: {
			id: file.id,
			filename: nameOf(file),
			purpose: file.purpose,
			bytes: data.bytes ?? file.bytes,
		},
		binary: { [field]: data },
		pairedItem: { item: itemIndex },
	};
}

async function* unchanged(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	yield* source;
}

function nameOf(file: FileObject): string {
	return file.filename || file.id;
}

function isResult(file: FileObject): boolean {
	return file.purpose === 'fine-tune-results';
}

function isCsv(file: FileObject): boolean {
	return isResult(file) || /\.csv$/i.test(nameOf(file));
}
