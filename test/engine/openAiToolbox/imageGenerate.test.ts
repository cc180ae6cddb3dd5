import { readBinary, useNock } from '../harness';
import { expectNoSecrets } from '../openAiFineTune/api';
import { answer, MODEL, perItem, useImageServer } from './image.support';
import { byId, errorOf, jpegHead, png, run, start } from './media.support';

// Megabytes pass through; a busy machine needs its time for them.
jest.setTimeout(60_000);

useNock();
const { server, bodies, vendor } = useImageServer();

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
		[
			'a login page',
			'text/html; charset=utf-8',
			'<!doctype html><title>Sign in</title>',
			'a web page',
		],
		['a page that is called PNG', 'image/png', '<html><body>Sign in</body></html>', 'a web page'],
		['a PDF document', 'application/pdf', `%PDF-1.7${' '.repeat(5000)}`, 'a PDF document'],
		['nothing', 'image/png', '', 'nothing at all'],
	])('does not hand out %s as an image', async (_name, type, body, what) => {
		server.takeOver = (request, response) => {
			response.setHeader('content-type', request.method === 'GET' ? type : 'application/json');
			const url = `${server.url}/made/1.png?signature=hidden`;
			response.end(request.method === 'GET' ? body : JSON.stringify({ data: [{ url }] }));
		};
		const { outputs, error } = await run(
			'image',
			'generate',
			{ prompt: 'x' },
			{ credentials: server.credentials },
		);
		expect(error?.message).toContain(`the address of an image, but ${what} came from there`);
		expect(error?.description).toContain('/made/1.png. Where the server can send');
		expect(error?.description).not.toContain('hidden');
		expect(outputs).toEqual([]);
	});

	it('keeps the images that could be fetched, and the address of the one that could not', async () => {
		const address = (image: number) => `${server.url}/made/${image}.png`;
		server.takeOver = (request, response) => {
			const isGone = request.url === '/made/2.png';
			response.statusCode = isGone ? 404 : 200;
			response.setHeader(
				'content-type',
				request.method === 'GET' ? 'image/png' : 'application/json',
			);
			const data = [1, 2, 3].map((image) => ({ url: address(image) }));
			const made = JSON.stringify({ created: 1, data });
			response.end(request.method === 'GET' ? png() : made);
		};
		const parameters = { prompt: 'x', options: { n: 3 } };
		const { credentials } = server;
		const goingOn = await run('image', 'generate', parameters, {
			credentials,
			continueOnFail: true,
		});
		expect(goingOn.outputs[0].map(({ json }) => json)).toMatchObject([
			{ filename: 'image_1.png' },
			{
				error: {
					message: expect.stringMatching(/^Image 2 of 3: /) as string,
					image: 2,
					images: 3,
					url: address(2),
				},
			},
			{ filename: 'image_3.png' },
		]);
		const stopped = await run('image', 'generate', parameters, { credentials });
		expect(stopped.error?.message).toMatch(/^Image 2 of 3: /);
		expect(stopped.error?.description).toContain("set 'On Error'");
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
