import { editImages } from '../../../../lib/openai/toolbox/images';
import { imageFile } from '../../../../lib/openai/toolbox/mediaFile';
import { localFile } from '../../../shared/localFile';
import type { OperationHandler } from '../../../shared/router';

import { imageItems } from './output';
import { readImagePrompt } from './parameters';

export const vary: OperationHandler = async (ctx, itemIndex, connection) => {
	const request = readImagePrompt(ctx, itemIndex, connection);
	const field = ctx.getNodeParameter('binaryPropertyName', itemIndex) as string;
	const file = await localFile(ctx, itemIndex, field);
	const image = await imageFile(file, field, connection.provider);
	const answer = await editImages(connection.transport, request, { images: [image] });
	return await imageItems(ctx, itemIndex, connection.transport, request.model, answer);
};
