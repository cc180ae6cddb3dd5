import type { Raster } from './raster';

const MAX_CODES = 4096;
const CLEAR = 256;
const END = 257;

/** An animation that goes on for ever, in 256 colours, https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
export function encodeGif(frames: Raster[], durationMs: number): Buffer {
	const [{ width, height }] = frames;
	const screen = Buffer.alloc(7);
	screen.writeUInt16LE(width, 0);
	screen.writeUInt16LE(height, 2);
	screen.set([0xf7, 0, 0], 4);
	return Buffer.concat([
		Buffer.from('GIF89a', 'latin1'),
		screen,
		palette(),
		Buffer.from('\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', 'latin1'),
		Buffer.from('\x21\xfe\x07sandbox\0', 'latin1'),
		...frames.map((frame) => picture(frame, Math.min(65_535, Math.round(durationMs / 10)))),
		Buffer.from([0x3b]),
	]);
}

/** Three bits of red, three of green, two of blue. */
function palette(): Buffer {
	const colors = Buffer.alloc(256 * 3);
	for (let index = 0; index < 256; index++) {
		const [red, green, blue] = [index >> 5, (index >> 2) & 7, index & 3];
		colors.set([(red * 255) / 7, (green * 255) / 7, (blue * 255) / 3].map(Math.round), index * 3);
	}
	return colors;
}

function picture({ width, height, pixels }: Raster, delay: number): Buffer {
	const control = Buffer.from([0x21, 0xf9, 4, 0, delay & 255, delay >> 8, 0, 0]);
	const place = Buffer.alloc(10);
	place[0] = 0x2c;
	place.writeUInt16LE(width, 5);
	place.writeUInt16LE(height, 7);
	const indices = Buffer.alloc(width * height);
	for (let i = 0; i < indices.length; i++) {
		const [red, green, blue] = [pixels[i * 4], pixels[i * 4 + 1], pixels[i * 4 + 2]];
		indices[i] = (red & 0xe0) | ((green & 0xe0) >> 3) | (blue >> 6);
	}
	return Buffer.concat([control, place, Buffer.from([8]), blocks(compressed(indices))]);
}

/** LZW with codes of 9 to 12 bits. */
function compressed(indices: Buffer): Buffer {
	const bytes: number[] = [];
	let pending = 0;
	let count = 0;
	let size = 9;
	let next = END + 1;
	const known = new Int32Array(MAX_CODES * 256).fill(-1);
	const emit = (code: number) => {
		pending |= code << count;
		count += size;
		for (; count >= 8; count -= 8) {
			bytes.push(pending & 255);
			pending >>>= 8;
		}
	};
	emit(CLEAR);
	let prefix = indices[0];
	for (let i = 1; i < indices.length; i++) {
		const slot = prefix * 256 + indices[i];
		if (known[slot] >= 0) {
			prefix = known[slot];
			continue;
		}
		emit(prefix);
		prefix = indices[i];
		if (next === MAX_CODES) {
			emit(CLEAR);
			known.fill(-1);
			[size, next] = [9, END + 1];
		} else {
			if (next === 1 << size) size += 1;
			known[slot] = next++;
		}
	}
	emit(prefix);
	emit(END);
	if (count > 0) bytes.push(pending & 255);
	return Buffer.from(bytes);
}

function blocks(data: Buffer): Buffer {
	const parts: Buffer[] = [];
	for (let at = 0; at < data.length; at += 255) {
		const part = data.subarray(at, at + 255);
		parts.push(Buffer.from([part.length]), part);
	}
	return Buffer.concat([...parts, Buffer.from([0])]);
}
