import { imageTokens } from '../../../lib/tokens';
import { imageSize } from '../../../lib/tokens/imageSize';

const dataUrl = (type: string, bytes: Buffer) =>
	`data:image/${type};base64,${bytes.toString('base64')}`;

function png(width: number, height: number): string {
	const head = Buffer.alloc(33);
	head.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 0, 'latin1');
	head.writeUInt32BE(width, 16);
	head.writeUInt32BE(height, 20);
	return dataUrl('png', head);
}

/** A JPEG with `before` bytes of camera data in front of the frame. */
function jpeg(width: number, height: number, { before = 16, frame = 0xc0 } = {}): string {
	const app = Buffer.alloc(2 + before);
	app.writeUInt16BE(0xffe1, 0);
	app.writeUInt16BE(before, 2);
	const table = Buffer.from([0xff, 0xc4, 0, 3, 0]);
	const start = Buffer.alloc(19);
	start.writeUInt16BE(0xff00 + frame, 0);
	start.writeUInt16BE(17, 2);
	start.writeUInt16BE(height, 5);
	start.writeUInt16BE(width, 7);
	return dataUrl('jpeg', Buffer.concat([Buffer.from([0xff, 0xd8]), app, table, start]));
}

function webp(kind: string, fill: (chunk: Buffer) => void): string {
	const head = Buffer.alloc(34);
	head.write(`RIFF\0\0\0\0WEBP${kind}`, 0, 'latin1');
	fill(head);
	return dataUrl('webp', head);
}

describe('imageSize', () => {
	it.each([
		['PNG', png(640, 480)],
		['JPEG', jpeg(640, 480)],
		['JPEG, progressive', jpeg(640, 480, { frame: 0xc2 })],
		['JPEG behind much camera data', jpeg(640, 480, { before: 65_000 })],
		[
			'WebP, lossy',
			webp('VP8 ', (head) => (head.writeUInt16LE(640, 26), head.writeUInt16LE(480, 28))),
		],
		['WebP, lossless', webp('VP8L', (head) => head.writeUInt32LE((479 << 14) | 639, 21))],
		[
			'WebP, extended',
			webp('VP8X', (head) => (head.writeUIntLE(639, 24, 3), head.writeUIntLE(479, 27, 3))),
		],
	])('reads %s', (_, url) => {
		expect(imageSize(url)).toEqual({ width: 640, height: 480 });
	});

	it.each([
		['a URL', 'https://example.com/a.png'],
		['another type', 'data:image/gif;base64,R0lGODlhAQABAAAAACw='],
		['text', 'data:image/png,hello'],
		['nothing', 'data:image/png;base64,'],
		['half a head', png(640, 480).slice(0, 40)],
		['no size', png(0, 480)],
		['a JPEG that ends early', jpeg(640, 480).slice(0, 50)],
		['a JPEG of segments without length', dataUrl('jpeg', Buffer.alloc(5000, 0xff))],
	])('does not know that of %s', (_, url) => {
		expect(imageSize(url)).toBeUndefined();
	});
});

describe('imageTokens', () => {
	// The worked examples of OpenAI's guide to images.
	it.each([
		['1024 x 1024, high', { url: png(1024, 1024), detail: 'high' }, 765],
		['2048 x 4096, high', { url: png(2048, 4096), detail: 'high' }, 1105],
		['4096 x 8192, low', { url: png(4096, 8192), detail: 'low' }, 85],
		['small, not said', { url: png(100, 100) }, 255],
		['unknown size', { url: 'https://example.com/a.png', detail: 'auto' }, 765],
		['no URL at all', {}, 765],
	])('%s', (_, image, tokens) => {
		expect(imageTokens(image)).toBe(tokens);
	});
});
