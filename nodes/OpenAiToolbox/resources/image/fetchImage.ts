import type { Transport } from '../../../../lib/http/types';
import { SettingError } from '../../../../lib/openai/settingError';
import { MAX_IMAGE_BYTES, megabytes } from '../../../../lib/openai/toolbox/mediaLimits';

/** An image that a server made and sent the address of; fetched without the credential. */
export async function fetchImage(transport: Transport, url: string): Promise<Buffer> {
	const { data } = await transport<AsyncIterable<Uint8Array>>({
		method: 'GET',
		path: '/images',
		url,
		expect: 'stream',
	});
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of data) {
		bytes += chunk.length;
		if (bytes > MAX_IMAGE_BYTES) throw tooLarge();
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function tooLarge(): SettingError {
	return new SettingError(
		`The image that the server made has more than ${megabytes(MAX_IMAGE_BYTES)}`,
		"Set a smaller 'Size', or 'Output Format' to JPEG.",
	);
}
