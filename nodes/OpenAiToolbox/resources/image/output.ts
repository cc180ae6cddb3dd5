import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ImagesResponse } from 'openai/resources/images';

import type { Transport } from '../../../../lib/http/types';
import { toIso } from '../../../../lib/openai/time';
import { fileKindOf } from '../../../../lib/openai/fileKind';
import { type MadeImage, madeImages } from '../../../../lib/openai/toolbox/images';
import { imageSizeOf } from '../../../../lib/openai/toolbox/imageSize';
import { errorItem, toNodeError } from '../../../shared/errors';

import { fetchImage } from './fetchImage';

/** An item for each image, with the image as a binary file. */
export async function imageItems(
	ctx: IExecuteFunctions,
	itemIndex: number,
	transport: Transport,
	model: string,
	answer: ImagesResponse,
): Promise<INodeExecutionData[]> {
	const images = madeImages(answer);
	const items: INodeExecutionData[] = [];
	for (const [index, image] of images.entries()) {
		const place = { image: index + 1, images: images.length };
		try {
			const bytes = image.content ?? (await fetchImage(transport, image.url ?? ''));
			items.push(await imageItem(ctx, itemIndex, { model, answer, image, place, bytes }));
		} catch (error) {
			items.push(notFetched(ctx, itemIndex, error, { ...place, url: image.url }));
		}
	}
	return items;
}

/** Of how many images it is which one, from 1. */
interface Place {
	image: number;
	images: number;
}

interface Fetched {
	model: string;
	answer: ImagesResponse;
	image: MadeImage;
	place: Place;
	bytes: Buffer;
}

async function imageItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ model, answer, image: { revisedPrompt }, place, bytes }: Fetched,
): Promise<INodeExecutionData> {
	const field = ctx.getNodeParameter('outputField', itemIndex) as string;
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const simplify = ctx.getNodeParameter('simplify', itemIndex, true) as boolean;
	const prefix = String(options.fileName ?? '').trim() || 'image';
	const index = place.image - 1;
	const kind = fileKindOf(bytes);
	const fileName = `${prefix}_${place.image}.${kind?.id ?? answer.output_format ?? 'png'}`;
	const mimeType = kind?.mimeType ?? `image/${answer.output_format ?? 'png'}`;
	const file = {
		model,
		filename: fileName,
		mime_type: mimeType,
		bytes: bytes.length,
		size: sizeOf(bytes, answer),
		...place,
		...(revisedPrompt && { revised_prompt: revisedPrompt }),
	};
	return {
		json: { ...file, ...(simplify ? simplified(answer, index) : raw(answer, index)) },
		binary: { [field]: await ctx.helpers.prepareBinaryData(bytes, fileName, mimeType) },
		pairedItem: { item: itemIndex },
	};
}

/**
 * An image that is made and paid for but cannot be fetched must not take the others with it, nor its address.
 *
 * @throws NodeFailure where the node stops at errors, or was itself stopped
 */
function notFetched(
	ctx: IExecuteFunctions,
	itemIndex: number,
	error: unknown,
	data: Place & { url?: string },
): INodeExecutionData {
	const failure = toNodeError(ctx.getNode(), error, itemIndex);
	const goesOn = ctx.continueOnFail();
	failure.context.data = { ...(failure.context.data as IDataObject | undefined), ...data };
	if (data.images > 1) {
		failure.message = `Image ${data.image} of ${data.images}: ${failure.message}`;
		const hint =
			"To keep the other images, set 'On Error' in the node's settings to Continue before you run it.";
		if (!goesOn) failure.description = [failure.description, hint].filter(Boolean).join(' ');
	}
	if (!goesOn || ctx.getExecutionCancelSignal()?.aborted) throw failure;
	return errorItem(failure, itemIndex);
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
