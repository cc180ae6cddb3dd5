import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { ByteSource } from '../../../../lib/dataset/types';

/** The bytes of binary data that a node has just written: from where n8n keeps them, or from memory. */
export async function openBinary(ctx: IExecuteFunctions, data: IBinaryData): Promise<ByteSource> {
	if (data.id) return await ctx.helpers.getBinaryStream(data.id);
	return [Buffer.from(data.data, 'base64')];
}
