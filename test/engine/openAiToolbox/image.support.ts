/** What the tests of images share. */
import { useServer } from '../openAiFineTune/server';
import { png } from './media.support';

export const MODEL = 'gpt-image-2.6-flare';
export const answer = (...images: Buffer[]) => ({
	created: 1_790_000_000,
	data: images.map((image) => ({ b64_json: image.toString('base64') })),
	output_format: 'png',
	quality: 'low',
	size: '16x16',
	background: 'opaque',
	usage: { input_tokens: 5, output_tokens: 7, total_tokens: 12 },
});

/** Options that each item sets for itself, or not. */
export const perItem = (...names: string[][]) =>
	Object.fromEntries(names.flat().map((name) => [name, `={{ $json.options.${name} }}`]));

/** A server that answers with an image, started for a test file, and ways to speak of it. */
export function useImageServer() {
	const server = useServer();
	beforeEach(() => {
		server.answer = () => [200, answer(png())];
	});
	const bodies = () => server.hits.map(({ body }) => JSON.parse(body.toString()) as object);
	/** Where the vendor's limits are known. */
	const vendor = () => ({
		openAiFineTuningApi: { ...server.credentials.openAiFineTuningApi, provider: 'sandbox' },
	});
	return { server, bodies, vendor };
}
