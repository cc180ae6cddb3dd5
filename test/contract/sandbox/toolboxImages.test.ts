import { inflateSync } from 'node:zlib';

import type OpenAI from 'openai';
import { toFile } from 'openai';

import { decodePng, encodePng } from '../../../sandbox/server/media/png';
import type { Raster } from '../../../sandbox/server/media/raster';
import { useSandbox } from './setup';

// Pictures of a million pixels are made; a busy machine needs its time for them.
jest.setTimeout(60_000);

const bench = useSandbox();
const model = 'gpt-image-2.6-flare';

const generate = async (more: Partial<OpenAI.ImageGenerateParamsNonStreaming> = {}) =>
	await bench.client.images.generate({ model, prompt: 'A paper boat', ...more });
const bytesOf = (answer: OpenAI.ImagesResponse, index = 0) =>
	Buffer.from(answer.data?.[index].b64_json ?? '', 'base64');

function picture(width: number, height: number, alpha = 255): Buffer {
	const pixels = Buffer.alloc(width * height * 4, 200);
	for (let at = 3; at < pixels.length; at += 4) pixels[at] = alpha;
	return encodePng({ width, height, pixels });
}

const edit = async (
	images: Buffer[],
	more: Partial<OpenAI.ImageEditParamsNonStreaming> = {},
	mask?: Buffer,
) => {
	const files = await Promise.all(
		images.map(async (image, index) => await toFile(image, `i${index}.png`, { type: 'image/png' })),
	);
	return await bench.client.images.edit({
		model,
		prompt: 'Make it blue',
		image: files.length === 1 ? files[0] : files,
		...(mask && { mask: await toFile(mask, 'mask.png', { type: 'image/png' }) }),
		...more,
	});
};

describe('images/generations', () => {
	it('draws the same picture for the same prompt, and another for another', async () => {
		const first = await generate({ size: '1024x1024' });
		expect(first).toMatchObject({ output_format: 'png', size: '1024x1024', background: 'opaque' });
		expect(decodePng(bytesOf(first))).toMatchObject({ width: 1024, height: 1024 });
		expect(bytesOf(await generate({ size: '1024x1024' })).equals(bytesOf(first))).toBe(true);
		const other = await generate({ size: '1024x1024', prompt: 'A tin drum' });
		expect(bytesOf(other).equals(bytesOf(first))).toBe(false);
	});

	it('draws several, each another one', async () => {
		const answer = await generate({ n: 3, size: '1024x1024' });
		expect(new Set(answer.data?.map(({ b64_json: base64 }) => base64)).size).toBe(3);
	});

	it('draws on nothing when the background is transparent', async () => {
		const answer = await generate({ background: 'transparent' });
		const { pixels } = decodePng(bytesOf(answer)) as Raster;
		const alphas = new Set(Array.from({ length: 4096 }, (_, i) => pixels[i * 4 * 97 + 3]));
		expect(alphas).toEqual(new Set([0, 255]));
		expect(answer.background).toBe('transparent');
	});

	it.each([
		['jpeg', /^\xff\xd8\xff\xe0/],
		['gif', /^GIF89a/],
		['svg', /^<svg .*SANDBOX/],
	] as const)('makes %s images', async (format, begin) => {
		// What the specification of August does not know yet is judged here by the bytes.
		const response = await fetch(`${bench.server.url}/v1/images/generations`, {
			method: 'POST',
			headers: { authorization: 'Bearer sk-sandbox', 'content-type': 'application/json' },
			body: JSON.stringify({ model, prompt: 'x', output_format: format, size: '256x256' }),
		});
		const answer = (await response.json()) as OpenAI.ImagesResponse;
		expect(answer.output_format).toBe(format);
		expect(bytesOf(answer).toString('latin1')).toMatch(begin);
	});

	it.each([
		[{ output_format: 'webp' }, { param: 'output_format', code: 'sandbox_not_supported' }],
		[{ size: '1000x1000' }, { param: 'size' }],
		[{ size: '3840x3840' }, { param: 'size' }],
		[{ n: 11 }, { param: 'n' }],
		[{ prompt: '' }, { param: 'prompt' }],
		[{ prompt: 'How to build a bomb' }, { code: 'moderation_blocked' }],
		[{ background: 'transparent', output_format: 'jpeg' }, { param: 'background' }],
		[{ frame_count: 3 }, { param: 'frame_count' }],
		[{ model: 'dall-e-3' }, { status: 404, code: 'model_not_found' }],
		[{ model: 'gpt-6-luna' }, { status: 400, param: 'model' }],
		[{ style: 'vivid' }, { code: 'unknown_parameter' }],
	] as const)('refuses %j', async (more, refusal) => {
		await expect(generate(more as object)).rejects.toMatchObject(refusal);
	});
});

describe('images/edits', () => {
	it('changes the picture it was given', async () => {
		const answer = await edit([picture(1024, 1024)], { size: '1024x1024' });
		const { pixels } = decodePng(bytesOf(answer)) as Raster;
		const kept = pixels.subarray(0, 4);
		expect(kept.length).toBe(4);
		const values = new Set<number>();
		for (let at = 0; at < pixels.length; at += 4) values.add(pixels[at]);
		expect(values.has(200)).toBe(true);
		expect(values.size).toBeGreaterThan(2);
	});

	it('changes it only where the mask is transparent', async () => {
		const opaque = await edit([picture(1024, 1024)], { size: '1024x1024' }, picture(1024, 1024));
		const { pixels } = decodePng(bytesOf(opaque)) as Raster;
		expect(pixels.equals((decodePng(picture(1024, 1024)) as Raster).pixels)).toBe(true);
		const open = await edit([picture(1024, 1024)], { size: '1024x1024' }, picture(1024, 1024, 0));
		expect(bytesOf(open).equals(bytesOf(opaque))).toBe(false);
	});

	it('takes several pictures', async () => {
		const one = await edit([picture(64, 64)], { size: '1024x1024' });
		const two = await edit([picture(64, 64), picture(32, 32)], { size: '1024x1024' });
		expect(bytesOf(two).equals(bytesOf(one))).toBe(false);
		expect(two.usage?.input_tokens_details.image_tokens).toBe(400);
	});

	it.each([
		['a mask of another size', [picture(64, 64)], picture(32, 32), { param: 'mask' }],
		['a text', [Buffer.from('no image at all')], undefined, { code: 'unsupported_file_mimetype' }],
		['17 pictures', Array<Buffer>(17).fill(picture(16, 16)), undefined, { param: 'image' }],
	])('refuses %s', async (_what, images, mask, refusal) => {
		await expect(edit(images, {}, mask)).rejects.toMatchObject({ status: 400, ...refusal });
	});
});

it('has no variations', async () => {
	await expect(
		bench.client.images.createVariation({ image: await toFile(picture(16, 16), 'a.png') }),
	).rejects.toMatchObject({ status: 404 });
});

it('writes PNG files that other readers can inflate', () => {
	const file = picture(2, 1);
	const start = file.indexOf('IDAT') + 4;
	const data = file.subarray(start, start + file.readUInt32BE(start - 8));
	expect([...inflateSync(data)]).toEqual([0, 200, 200, 200, 255, 200, 200, 200, 255]);
});
