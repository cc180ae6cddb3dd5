import type { IExecuteFunctions } from 'n8n-workflow';

import type { LocalFile } from '../../lib/openai/files';

/** Reading in these steps takes a third of the time that n8n's standard of 64 KiB takes. */
const READ_BYTES = 512 * 1024;

/**
 * A binary field of an item as a file that can be read again and again. One that n8n keeps on disk (or in S3, or in
 * its database) is streamed from there each time; one that n8n keeps in memory is in memory anyway.
 */
export async function localFile(
	ctx: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<LocalFile> {
	const { helpers } = ctx;
	const binary = helpers.assertBinaryData(itemIndex, field);
	const { id, fileName = 'file', mimeType } = binary;
	if (id) {
		const { fileSize } = await helpers.getBinaryMetadata(id);
		return {
			fileName,
			mimeType,
			bytes: fileSize,
			open: async () => await helpers.getBinaryStream(id, READ_BYTES),
		};
	}
	const content = await helpers.getBinaryDataBuffer(itemIndex, field);
	return {
		fileName,
		mimeType,
		bytes: content.length,
		open: async function* () {
			yield content;
		},
	};
}
