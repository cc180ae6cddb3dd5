import type { Transport } from '../../../../lib/http/types';
import { KIND_BYTES } from '../../../../lib/openai/fileKind';
import { SettingError } from '../../../../lib/openai/settingError';
import { assertFetchedImage } from '../../../../lib/openai/toolbox/fetchedImage';
import { MAX_IMAGE_BYTES, megabytes } from '../../../../lib/openai/toolbox/mediaLimits';

/**
 * An image that a server made and sent the address of; fetched without the credential.
 *
 * @throws SettingError when something else comes from there.
 */
export async function fetchImage(transport: Transport, url: string): Promise<Buffer> {
	const { data, headers } = await transport<AsyncIterable<Uint8Array>>({
		method: 'GET',
		path: '/images',
		url,
		expect: 'stream',
	});
	const look = (head: Uint8Array) => assertFetchedImage(head, headers['content-type'], url);
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	// Leaving the loop, by an error too, closes the connection.
	for await (const chunk of data) {
		const seen = bytes;
		bytes += chunk.length;
		if (bytes > MAX_IMAGE_BYTES) throw tooLarge();
		chunks.push(chunk);
		if (seen < KIND_BYTES && bytes >= KIND_BYTES) look(Buffer.concat(chunks));
	}
	const image = Buffer.concat(chunks);
	look(image);
	return image;
}

function tooLarge(): SettingError {
	return new SettingError(
		`The image that the server made has more than ${megabytes(MAX_IMAGE_BYTES)}`,
		"Set a smaller 'Size', or 'Output Format' to JPEG.",
	);
}
