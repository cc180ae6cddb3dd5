import fc from 'fast-check';

import { imageSizeOf, pngHasAlpha, SIZE_BYTES } from '../../../../lib/openai/toolbox/imageSize';
import { withoutHanging } from '../../../support/withoutHanging';
import { encodePng } from '../../../../sandbox/server/media/png';
import { encodeJpeg } from '../../../../sandbox/server/media/jpeg';

const raster = (width: number, height: number) => ({
	width,
	height,
	pixels: Buffer.alloc(width * height * 4, 255),
});
const webp = (type: string, fill: (file: Buffer) => void) => {
	const file = Buffer.alloc(64);
	file.write(`RIFF\0\0\0\0WEBP${type}`, 'latin1');
	fill(file);
	return file;
};

it('reads PNG, JPEG and WebP', () => {
	expect(imageSizeOf(encodePng(raster(31, 7)))).toEqual({ width: 31, height: 7 });
	expect(imageSizeOf(encodeJpeg(raster(31, 7)))).toEqual({ width: 31, height: 7 });
	const lossy = webp('VP8 ', (file) => {
		file.writeUInt16LE(300 | 0x4000, 26);
		file.writeUInt16LE(200, 28);
	});
	expect(imageSizeOf(lossy)).toEqual({ width: 300, height: 200 });
	const lossless = webp('VP8L', (file) => file.writeUInt32LE(299 | (199 << 14), 21));
	expect(imageSizeOf(lossless)).toEqual({ width: 300, height: 200 });
	const extended = webp('VP8X', (file) => {
		file.writeUIntLE(299, 24, 3);
		file.writeUIntLE(199, 27, 3);
	});
	expect(imageSizeOf(extended)).toEqual({ width: 300, height: 200 });
});

it('passes over the metadata of a JPEG, and gives up on one that is broken', () => {
	const jpeg = encodeJpeg(raster(31, 7));
	const note = Buffer.alloc(40_004, 0xc0);
	note.set([0xff, 0xe1, 40_002 >> 8, 40_002 & 255]);
	const noted = Buffer.concat([jpeg.subarray(0, 2), note, jpeg.subarray(2)]);
	expect(imageSizeOf(noted)).toEqual({ width: 31, height: 7 });
	expect(imageSizeOf(Buffer.concat([jpeg.subarray(0, 2), Buffer.alloc(100)]))).toBeUndefined();
});

it('sees whether a PNG has transparent pixels', () => {
	const png = encodePng(raster(4, 4));
	expect(pngHasAlpha(png)).toBe(true);
	const opaque = Buffer.from(png);
	opaque[25] = 2;
	expect(pngHasAlpha(opaque)).toBe(false);
	const named = Buffer.alloc(16);
	named.writeUInt32BE(4);
	named.write('tRNS', 4, 'latin1');
	const keyed = Buffer.concat([opaque.subarray(0, 33), named, opaque.subarray(33)]);
	expect(pngHasAlpha(keyed)).toBe(true);
	expect(pngHasAlpha(Buffer.alloc(10))).toBe(false);
});

it('takes any bytes', () => {
	const begins = ['', '\x89PNG', '\xff\xd8', 'RIFF\0\0\0\0WEBPVP8 ', 'RIFF\0\0\0\0WEBPVP8X'];
	fc.assert(
		fc.property(fc.constantFrom(...begins), fc.uint8Array({ maxLength: 200 }), (begin, rest) => {
			const bytes = Buffer.concat([Buffer.from(begin, 'latin1'), rest]);
			expect(typeof imageSizeOf(bytes)).toMatch(/object|undefined/);
			expect(typeof pngHasAlpha(bytes)).toBe('boolean');
		}),
	);
});

it('is done with a megabyte of nothing at once', () => {
	const jpeg = Buffer.alloc(SIZE_BYTES, 0xff);
	jpeg[1] = 0xd8;
	const png = Buffer.alloc(SIZE_BYTES);
	encodePng(raster(2, 2)).copy(png, 0, 0, 33);
	png[25] = 2;
	expect(withoutHanging(() => imageSizeOf(jpeg))).toBeUndefined();
	expect(withoutHanging(() => pngHasAlpha(png))).toBe(false);
});
