import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ImagesResponse } from 'openai/resources/images';

import type { Transport } from '../../../../lib/http/types';
import { toIso } from '../../../../lib/openai/time';
import { fileKindOf } from '../../../../lib/openai/fileKind';
import { madeImages } from '../../../../lib/openai/toolbox/images';
import { imageSizeOf } from '../../../../lib/openai/toolbox/imageSize';

import { fetchImage } from './fetchImage';

/** An item for each image, with the image as a binary file. */
export async function imageItems(
	ctx: IExecuteFunctions,
	itemIndex: number,
	transport: Transport,
	model: string,
	answer: ImagesResponse,
): Promise<INodeExecutionData[]> {
	const field = ctx.getNodeParameter('outputField', itemIndex) as string;
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const simplify = ctx.getNodeParameter('simplify', itemIndex, true) as boolean;
	const prefix = String(options.fileName ?? '').trim() || 'image';
	const images = madeImages(answer);
	const items: INodeExecutionData[] = [];
	for (const [index, { content, url, revisedPrompt }] of images.entries()) {
		const bytes = content ?? (await fetchImage(transport, url ?? ''));
		const kind = fileKindOf(bytes);
		const fileName = `${prefix}_${index + 1}.${kind?.id ?? answer.output_format ?? 'png'}`;
		const mimeType = kind?.mimeType ?? `image/${answer.output_format ?? 'png'}`;
		const file = {
			model,
			filename: fileName,
			mime_type: mimeType,
			bytes: bytes.length,
			size: sizeOf(bytes, answer),
			image: index + 1,
			images: images.length,
			...(revisedPrompt && { revised_prompt: revisedPrompt }),
		};
		items.push({
			json: { ...file, ...(simplify ? simplified(answer, index) : raw(answer, index)) },
			binary: { [field]: await ctx.helpers.prepareBinaryData(bytes, fileName, mimeType) },
			pairedItem: { item: itemIndex },
		});
	}
	return items;
}

/** Tokens were spent once for all images: they stand with the first, so that they can be added up. */
function simplified(answer: ImagesResponse, index: number): IDataObject {
	const { quality, background, created, usage } = answer;
	return {
		...(quality && { quality }),
		...(background && { background }),
		...(typeof created === 'number' && { created_at: toIso(created) }),
		...(usage && index === 0 && { usage: usage as unknown as IDataObject }),
	};
}

function raw({ data = [], ...answer }: ImagesResponse, index: number): IDataObject {
	const { b64_json: _content, ...rest } = data[index] ?? {};
	return { ...(answer as unknown as IDataObject), ...(rest as IDataObject) };
}

function sizeOf(bytes: Buffer, { size }: ImagesResponse): string | null {
	const pixels = imageSizeOf(bytes);
	return pixels ? `${pixels.width}x${pixels.height}` : (size ?? null);
}
