import { generateImages } from '../../../../lib/openai/toolbox/images';
import type { OperationHandler } from '../../../shared/router';

import { imageItems } from './output';
import { readImagePrompt } from './parameters';

export const generate: OperationHandler = async (ctx, itemIndex, connection) => {
	const request = readImagePrompt(ctx, itemIndex, connection);
	const answer = await generateImages(connection.transport, request);
	return await imageItems(ctx, itemIndex, connection.transport, request.model, answer);
};
