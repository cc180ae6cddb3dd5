import { useNock } from '../harness';
import { MODEL, perItem, useImageServer } from './image.support';
import { byId, errorOf, jpegHead, partsOf, png, run } from './media.support';

// Megabytes pass through; a busy machine needs its time for them.
jest.setTimeout(60_000);

useNock();
const { server, vendor } = useImageServer();

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
