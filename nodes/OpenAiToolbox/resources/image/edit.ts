import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { SettingError } from '../../../../lib/openai/settingError';
import { type EditedImages, editImages } from '../../../../lib/openai/toolbox/images';
import {
	type ImageFile,
	imageFile,
	isImage,
	maskFile,
} from '../../../../lib/openai/toolbox/mediaFile';
import { MAX_IMAGES } from '../../../../lib/openai/toolbox/mediaLimits';
import { localFile } from '../../../shared/localFile';
import type { OperationHandler } from '../../../shared/router';

import { imageItems } from './output';
import { readImagePrompt } from './parameters';

export const edit: OperationHandler = async (ctx, itemIndex, connection) => {
	const request = readImagePrompt(ctx, itemIndex, connection);
	const files = await readFiles(ctx, itemIndex, connection.provider);
	const answer = await editImages(connection.transport, request, files);
	return await imageItems(ctx, itemIndex, connection.transport, request.model, answer);
};

async function readFiles(
	ctx: IExecuteFunctions,
	itemIndex: number,
	provider: string,
): Promise<EditedImages> {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const maskField = String(options.maskBinaryPropertyName ?? '').trim();
	const fields = await fieldNames(ctx, itemIndex, maskField);
	if (fields.length > MAX_IMAGES) {
		throw new SettingError(
			`The item has ${fields.length} images, and at most ${MAX_IMAGES} are taken`,
			"Set 'Images' to Fields by Name and name the ones to send. Nothing was sent.",
		);
	}
	const images: ImageFile[] = [];
	for (const field of fields) {
		images.push(await imageFile(await localFile(ctx, itemIndex, field), field, provider));
	}
	if (maskField === '') return { images };
	const mask = await localFile(ctx, itemIndex, maskField);
	return { images, mask: await maskFile(mask, maskField, provider, images[0]) };
}

async function fieldNames(
	ctx: IExecuteFunctions,
	itemIndex: number,
	maskField: string,
): Promise<string[]> {
	if (ctx.getNodeParameter('imageSource', itemIndex) === 'all') {
		return await allImages(ctx, itemIndex, maskField);
	}
	const entered = ctx.getNodeParameter('binaryPropertyNames', itemIndex);
	const names = (Array.isArray(entered) ? entered : String(entered ?? '').split(',')).map((name) =>
		String(name).trim(),
	);
	const fields = [...new Set(names)].filter((name) => name !== '');
	if (fields.length > 0) return fields;
	throw new SettingError(
		"'Input Data Field Names' is empty",
		'Enter the names of the binary fields with the images, separated by commas.',
	);
}

/** By their content: what was downloaded is often marked as a mere file. */
async function allImages(
	ctx: IExecuteFunctions,
	itemIndex: number,
	maskField: string,
): Promise<string[]> {
	const { binary = {} } = ctx.getInputData()[itemIndex];
	const images: string[] = [];
	for (const name of Object.keys(binary)) {
		if (name === maskField) continue;
		if (await isImage(await localFile(ctx, itemIndex, name))) images.push(name);
	}
	if (images.length > 0) return images;
	const names = Object.keys(binary).map((name) => `'${name}'`);
	throw new SettingError(
		'The item has no image',
		names.length > 0
			? `Its binary fields are ${names.join(', ')}, and none of them holds an image.`
			: 'It has no binary fields at all. Read the image before this node, e.g. with Read/Write Files from Disk or HTTP Request.',
	);
}
