import { readBinary, useNock } from '../harness';
import { expectNoSecrets } from '../openAiFineTune/api';
import { type TestServer, useServer } from '../openAiFineTune/server';
import { byId, errorOf, jpegHead, partsOf, png, run, start } from './media.support';

// Megabytes pass through; a busy machine needs its time for them.
jest.setTimeout(60_000);

useNock();
const server: TestServer = useServer();
const MODEL = 'gpt-image-2.6-flare';
const answer = (...images: Buffer[]) => ({
	created: 1_790_000_000,
	data: images.map((image) => ({ b64_json: image.toString('base64') })),
	output_format: 'png',
	quality: 'low',
	size: '16x16',
	background: 'opaque',
	usage: { input_tokens: 5, output_tokens: 7, total_tokens: 12 },
});
const bodies = () => server.hits.map(({ body }) => JSON.parse(body.toString()) as object);
const credentials = (more: object = {}) => ({
	openAiFineTuningApi: { ...server.credentials.openAiFineTuningApi, ...more },
});
/** Where the vendor's limits are known. */
const vendor = () => credentials({ provider: 'sandbox' });

/** Options that each item sets for itself, or not. */
const perItem = (...names: string[][]) =>
	Object.fromEntries(names.flat().map((name) => [name, `={{ $json.options.${name} }}`]));

beforeEach(() => {
	server.answer = () => [200, answer(png())];
});

describe('Generate', () => {
	it('sends what each item asks for, and only that', async () => {
		server.answer = (_hit, index) => [
			200,
			index === 0 ? answer(png(), png(32, 16)) : answer(png()),
		];
		const result = await run(
			'image',
			'generate',
			{
				model: byId('={{ $json.model }}'),
				prompt: '={{ $json.prompt }}',
				outputField: '={{ $json.field }}',
				options: perItem(
					['n', 'size', 'quality', 'fileName', 'background', 'moderation', 'outputFormat'],
					['outputCompression', 'complexity', 'safetyIdentifier', 'responseFormat'],
				),
			},
			{
				credentials: server.credentials,
				items: [
					{
						json: {
							model: MODEL,
							prompt: 'A boat',
							field: 'data',
							options: { n: 2, size: '1024x1024', quality: 'low', fileName: 'boat' },
						},
					},
					{
						json: {
							model: 'other-model',
							prompt: 'A drum',
							field: 'picture',
							options: {
								background: 'transparent',
								moderation: 'low',
								outputFormat: 'webp',
								outputCompression: 80,
								complexity: 'high',
								safetyIdentifier: 'a1',
								responseFormat: 'b64_json',
							},
						},
					},
				],
			},
		);
		expect(result.error).toBeUndefined();
		expect(server.routes()).toEqual(Array(2).fill('POST /v1/images/generations'));
		expect(bodies()).toEqual([
			{ model: MODEL, prompt: 'A boat', n: 2, size: '1024x1024', quality: 'low' },
			{
				model: 'other-model',
				prompt: 'A drum',
				background: 'transparent',
				moderation: 'low',
				output_format: 'webp',
				output_compression: 80,
				complexity: 'high',
				safety_identifier: 'a1',
				response_format: 'b64_json',
			},
		]);
		const [first, second, third] = result.outputs[0];
		expect(first.json).toEqual({
			model: MODEL,
			filename: 'boat_1.png',
			mime_type: 'image/png',
			bytes: png().length,
			size: '16x16',
			image: 1,
			images: 2,
			quality: 'low',
			background: 'opaque',
			created_at: '2026-09-21T14:13:20.000Z',
			usage: { input_tokens: 5, output_tokens: 7, total_tokens: 12 },
		});
		expect(second.json).toMatchObject({ filename: 'boat_2.png', size: '32x16', image: 2 });
		expect(second.json).not.toHaveProperty('usage');
		expect(third.json).toMatchObject({ filename: 'image_1.png', image: 1, images: 1 });
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
		]);
		expect(first.binary?.data).toMatchObject({ fileName: 'boat_1.png', mimeType: 'image/png' });
		expect((await readBinary(third.binary!.picture)).equals(png())).toBe(true);
		expectNoSecrets(result.run);
	});

	it('gives the raw answer on request, without the image in it', async () => {
		const { outputs } = await run(
			'image',
			'generate',
			{ prompt: 'x', simplify: false },
			{ credentials: server.credentials },
		);
		const { data: _images, ...rest } = answer();
		expect(outputs[0][0].json).toMatchObject({ ...rest, filename: 'image_1.png' });
		expect(JSON.stringify(outputs[0][0].json)).not.toContain('b64_json');
	});

	it('takes the type of the file from its bytes', async () => {
		server.answer = () => [200, answer(jpegHead(64, 32))];
		const { outputs } = await run(
			'image',
			'generate',
			{ prompt: 'x' },
			{ credentials: server.credentials },
		);
		expect(outputs[0][0].json).toMatchObject({
			filename: 'image_1.jpg',
			mime_type: 'image/jpeg',
			size: '64x32',
		});
	});

	it('fetches the image from servers that send its address, without the key', async () => {
		const seen: Array<string | undefined> = [];
		server.takeOver = (request, response) => {
			seen.push(request.headers.authorization);
			if (request.method === 'GET') return void response.end(png());
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ created: 1, data: [{ url: `${server.url}/made/1.png` }] }));
		};
		const { outputs, error } = await run(
			'image',
			'generate',
			{ prompt: 'x' },
			{ credentials: server.credentials },
		);
		expect(error).toBeUndefined();
		expect((await readBinary(outputs[0][0].binary!.data)).equals(png())).toBe(true);
		expect(seen).toEqual([expect.stringContaining('Bearer'), undefined]);
	});

	it.each([
		[{ prompt: ' ' }, "'Prompt' is empty"],
		[{ prompt: 'x'.repeat(32_001) }, "'Prompt' has 32001 characters"],
		[{ model: byId('={{ $json.none }}') }, "'Model' is empty"],
		[{ options: { size: 'large' } }, "'Size' is 'large'"],
		[{ options: { outputCompression: 50 } }, "'Compression' is for JPEG and WebP"],
		[{ options: { background: 'transparent', outputFormat: 'jpeg' } }, 'cannot be transparent'],
		[{ options: { frameCount: 4 } }, 'for GIF images only'],
		[{ options: { outputFormat: 'svg', n: 2 } }, 'one at a time'],
		[{ model: byId('dall-e-3') }, "OpenAI shut down the model 'dall-e-3'"],
		[{ model: byId('whisper-1') }, "'whisper-1' cannot do this"],
	])('sends nothing for %j', async (more, message) => {
		const result = await run(
			'image',
			'generate',
			{ model: byId(MODEL), prompt: 'x', ...(more as object) },
			{ credentials: vendor() },
		);
		expect(result.error?.message).toContain(message);
		expect(result.error?.description).toMatch(/\w/);
		expect(server.hits).toEqual([]);
	});

	it('explains a refusal by policy and goes on with the next item', async () => {
		server.answer = (_hit, index) =>
			index === 0
				? [
						400,
						{
							error: {
								message: 'Your request was rejected by the safety system.',
								type: 'image_generation_user_error',
								code: 'moderation_blocked',
							},
						},
					]
				: [200, answer(png())];
		const { outputs } = await run(
			'image',
			'generate',
			{ prompt: 'x' },
			{ credentials: server.credentials, items: [{}, {}], continueOnFail: true },
		);
		expect(errorOf(outputs[0][0])).toMatchObject({
			message: expect.stringContaining("provider's content policy"),
			description: expect.stringContaining('Text > Moderate'),
			code: 'moderation_blocked',
		});
		expect(outputs[0][1]).toMatchObject({ json: { image: 1 }, pairedItem: { item: 1 } });
	});

	it('says so when there is no image in the answer', async () => {
		server.answer = () => [200, { created: 1, data: [] }];
		const { error } = await run(
			'image',
			'generate',
			{ prompt: 'x' },
			{ credentials: server.credentials },
		);
		expect(error?.message).toBe('The server answered without an image');
	});

	it('stops when the execution is canceled', async () => {
		server.takeOver = () => started.cancel();
		const started = start(
			'image',
			'generate',
			{ prompt: 'x' },
			{ credentials: server.credentials, items: [{}, {}], continueOnFail: true },
		);
		expect((await started.result).run.status).toBe('canceled');
	});
});

describe('Edit', () => {
	const file = (content: Buffer, fileName: string) => ({ content, fileName });

	it.each(['memory', 'filesystem'] as const)('sends images kept in %s', async (binaryMode) => {
		const result = await run(
			'image',
			'edit',
			{
				model: byId(MODEL),
				prompt: '={{ $json.prompt }}',
				imageSource: '={{ $json.source }}',
				binaryPropertyNames: '={{ $json.fields }}',
				options: perItem(['maskBinaryPropertyName', 'n', 'inputFidelity']),
			},
			{
				credentials: server.credentials,
				binaryMode,
				items: [
					{
						json: {
							prompt: 'Blue',
							source: 'fields',
							fields: 'second, first',
							options: { maskBinaryPropertyName: 'mask', n: 2, inputFidelity: 'high' },
						},
						files: {
							first: file(png(8, 8), 'first.png'),
							second: file(png(), 'second.png'),
							mask: file(png(16, 16, 0), 'mask.png'),
						},
					},
					{
						json: { prompt: 'Red', source: 'all', fields: '', options: {} },
						files: {
							only: file(jpegHead(64, 32), 'photo.jpeg'),
							note: file(Buffer.from('x'), 'n.txt'),
						},
					},
				],
			},
		);
		expect(result.error).toBeUndefined();
		expect(server.routes()).toEqual(Array(2).fill('POST /v1/images/edits'));
		const [first, second] = await Promise.all(server.hits.map(partsOf));
		expect(first).toEqual([
			['image[]', ['second.png', 'image/png', png().length]],
			['image[]', ['first.png', 'image/png', png(8, 8).length]],
			['mask', ['mask.png', 'image/png', png(16, 16, 0).length]],
			['model', MODEL],
			['prompt', 'Blue'],
			['input_fidelity', 'high'],
			['n', '2'],
		]);
		expect(second).toEqual([
			['image', ['photo.jpeg', 'image/jpeg', 1000]],
			['model', MODEL],
			['prompt', 'Red'],
		]);
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
	});

	it('gives a file the ending of what it is', async () => {
		await run(
			'image',
			'edit',
			{ prompt: 'x' },
			{
				credentials: server.credentials,
				items: [
					{
						files: {
							data: {
								content: png(),
								fileName: 'upload.bin',
								mimeType: 'application/octet-stream',
							},
						},
					},
				],
			},
		);
		expect((await partsOf(server.hits[0]))[0]).toEqual([
			'image',
			['upload.bin.png', 'image/png', png().length],
		]);
	});

	const large = () => {
		const image = Buffer.alloc(60 * 2 ** 20);
		png().copy(image);
		return image;
	};
	const opaque = () => {
		const mask = png();
		mask[25] = 2;
		return mask;
	};
	it.each([
		['a 60 MB image', { data: file(large(), 'a.png') }, {}, /60 MB.*less than 50 MB.*Edit Image/],
		['a text', { data: file(Buffer.from('hello'), 'a.png') }, {}, /is plain text, and an image is/],
		['a PDF', { data: file(Buffer.from('%PDF-1.7 …'), 'a.pdf') }, {}, /is a PDF document/],
		['a GIF', { data: file(Buffer.from('GIF89a....'), 'a.gif') }, {}, /is a GIF image; only PNG/],
		[
			'nothing',
			{ data: file(Buffer.alloc(0), 'a.png') },
			{},
			/a\.png in the field 'data' is empty/,
		],
		[
			'a mask of another size',
			{ data: file(png(), 'a.png'), mask: file(png(8, 8, 0), 'm.png') },
			{ options: { maskBinaryPropertyName: 'mask' } },
			/mask in the field 'mask' has 8x8 pixels, and the image a\.png has 16x16/,
		],
		[
			'a mask that is no PNG',
			{ data: file(png(), 'a.png'), mask: file(jpegHead(16, 16), 'm.jpg') },
			{ options: { maskBinaryPropertyName: 'mask' } },
			/is a JPEG image, and must be a PNG image/,
		],
		[
			'a mask without transparency',
			{ data: file(png(), 'a.png'), mask: file(opaque(), 'm.png') },
			{ options: { maskBinaryPropertyName: 'mask' } },
			/has no transparent pixels/,
		],
		[
			'a mask of 5 MB',
			{
				data: file(png(), 'a.png'),
				mask: file(Buffer.concat([png(16, 16, 0), Buffer.alloc(5 * 2 ** 20)]), 'm.png'),
			},
			{ options: { maskBinaryPropertyName: 'mask' } },
			/mask m\.png .* has 5 MB, and OpenAI takes less than 4 MB/,
		],
		[
			'17 images',
			Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`i${i}`, file(png(), `${i}.png`)])),
			{ imageSource: 'all' },
			/17 images, and at most 16/,
		],
		[
			'no image among the fields',
			{ note: file(Buffer.from('x'), 'n.txt') },
			{ imageSource: 'all' },
			/The item has no image.*'note'/,
		],
		['no name', {}, { binaryPropertyNames: ' , ' }, /'Input Data Field Names' is empty/],
		['SVG as output', { data: file(png(), 'a.png') }, { options: { outputFormat: 'svg' } }, /SVG/],
	])('sends nothing for %s', async (_what, files, more, text) => {
		const result = await run(
			'image',
			'edit',
			{ model: byId(MODEL), prompt: 'x', ...more },
			{ credentials: vendor(), items: [{ files }], continueOnFail: true },
		);
		const { message, description } = errorOf(result.outputs[0][0]);
		expect(`${message} ${description}`).toMatch(text);
		expect(server.hits).toEqual([]);
	});

	it('leaves limits that are not known to the server', async () => {
		const result = await run(
			'image',
			'edit',
			{ prompt: 'x' },
			{
				credentials: server.credentials,
				binaryMode: 'filesystem',
				items: [{ files: { data: file(large(), 'a.png') } }],
			},
		);
		expect(result.error).toBeUndefined();
		expect(server.hits[0].body.length).toBeGreaterThan(60 * 2 ** 20);
	});
});

describe('Vary', () => {
	it('edits the image with a prompt that can be changed', async () => {
		const items = ['', 'In red'].map((prompt) => ({
			json: { prompt },
			files: { data: { content: png(), fileName: 'a.png' } },
		}));
		await run(
			'image',
			'vary',
			{ model: byId(MODEL) },
			{ credentials: server.credentials, items: [items[0]] },
		);
		await run(
			'image',
			'vary',
			{ model: byId(MODEL), prompt: '={{ $json.prompt }}', options: { size: 'auto' } },
			{ credentials: server.credentials, items: [items[1]] },
		);
		expect(server.routes()).toEqual(Array(2).fill('POST /v1/images/edits'));
		const [first, second] = await Promise.all(server.hits.map(partsOf));
		expect(first).toContainEqual(['prompt', 'Create a variation of this image.']);
		expect(second).toContainEqual(['prompt', 'In red']);
		expect(second).toContainEqual(['size', 'auto']);
	});
});
