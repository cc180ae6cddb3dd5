/** Images and sounds against the sandbox, which is another reading of the same API. */
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { OpenAiToolbox } from '../../../nodes/OpenAiToolbox/OpenAiToolbox.node';
import { decodePng } from '../../../sandbox/server/media/png';
import { type SandboxServer, startServer } from '../../../sandbox/server';
import { readBinary, runListSearch } from '../harness';
import { byId, run } from './media.support';

// Pictures of a million pixels are made; a busy machine needs its time for them.
jest.setTimeout(60_000);

let server: SandboxServer;
beforeAll(async () => {
	server = await startServer();
});
afterAll(async () => await server.close());

const credentials = () => ({
	openAiFineTuningApi: {
		provider: 'sandbox',
		baseUrl: server.url,
		apiKey: 'sk-sandbox-0123456789',
	},
});

async function done(
	resource: string,
	operation: string,
	parameters: IDataObject,
	...files: IBinaryData[]
): Promise<INodeExecutionData[]> {
	const contents = await Promise.all(
		files.map(async (file, index) => [
			index === 0 ? 'data' : `file${index}`,
			{ content: await readBinary(file), fileName: file.fileName, mimeType: file.mimeType },
		]),
	);
	const result = await run(resource, operation, parameters, {
		credentials: credentials(),
		binaryMode: 'filesystem',
		items: [{ files: Object.fromEntries(contents) as never }],
	});
	expect(result.error).toBeUndefined();
	return result.outputs[0];
}

it('generates, edits and varies', async () => {
	const [made, other] = await done('image', 'generate', {
		prompt: 'A paper boat',
		options: { n: 2, size: '256x512' },
	});
	expect(made.json).toMatchObject({ filename: 'image_1.png', size: '256x512', images: 2 });
	const picture = made.binary!.data;
	expect(decodePng(await readBinary(picture))).toMatchObject({ width: 256, height: 512 });

	const [edited] = await done(
		'image',
		'edit',
		{ prompt: 'In blue', imageSource: 'all', options: { outputFormat: 'jpeg' } },
		picture,
		other.binary!.data,
	);
	expect(edited.json).toMatchObject({ filename: 'image_1.jpg', size: '256x512' });

	const [varied] = await done('image', 'vary', {}, picture);
	const variation = await readBinary(varied.binary!.data);
	expect(variation.equals(await readBinary(picture))).toBe(false);
});

it.each([
	['gif', 'image_1.gif', 'image/gif'],
	['svg', 'image_1.svg', 'image/svg+xml'],
])('generates %s images', async (outputFormat, filename, mimeType) => {
	const [{ json, binary }] = await done('image', 'generate', {
		prompt: 'A paper boat',
		options: { outputFormat, size: '64x64' },
	});
	expect(json).toMatchObject({ filename, mime_type: mimeType });
	expect(binary?.data).toMatchObject({ fileName: filename, mimeType });
});

it('hears what it has said, and translates on both ways', async () => {
	const text = 'Guten Tag. Mein Drucker geht nicht.';
	const [spoken] = await done('audio', 'speak', { model: byId('gpt-4o-mini-tts'), text });
	const sound = spoken.binary!.data;
	expect(sound).toMatchObject({ fileName: 'speech.mp3', mimeType: 'audio/mpeg' });

	const [transcript] = await done('audio', 'transcribe', {}, sound);
	expect(transcript.json).toMatchObject({ text, model: 'gpt-transcribe' });

	const [direct] = await done('audio', 'translate', { model: byId('whisper-1') }, sound);
	expect(direct.json).toMatchObject({ via: 'translations', text: expect.stringContaining(text) });

	const [byChat] = await done('audio', 'translate', {}, sound);
	expect(byChat.json).toMatchObject({
		via: 'chat',
		original_text: text,
		text: `(The sandbox does not translate.) ${text}`,
	});
});

it('offers the models that each operation can use, with their last days', async () => {
	const names = async (method: string) => {
		const node = new OpenAiToolbox();
		const { results } = await runListSearch({ node, method, credentials: credentials() });
		return results.map(({ name }) => name).join('\n');
	};
	const images = await names('searchImageModels');
	expect(images).toMatch(/^gpt-image-2\.6-flare$/m);
	expect(images).toMatch(/^gpt-image-1\.5 \(until 2026-12-01/m);
	expect(images).not.toMatch(/dall-e|whisper|tts/);
	const listeners = await names('searchTranscriptionModels');
	expect(listeners).toMatch(/^gpt-transcribe$/m);
	expect(listeners).not.toMatch(/image|tts/);
	expect(await names('searchSpeechModels')).toMatch(/^tts-1 \(/m);
});
