import type { Raster } from './raster';

/** How many codes there are of each length, and the categories they stand for (ITU-T T.81, table K.3). */
const DC_LENGTHS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
/** One code alone: the block has ended. */
const AC_LENGTHS = [1, ...Array<number>(15).fill(0)];

/** A baseline JPEG of squares of 8 by 8 pixels, each in its mean colour: small, quick to make, and read by anything. */
export function encodeJpeg(raster: Raster): Buffer {
	const { width, height } = raster;
	const frame = Buffer.alloc(15);
	frame.writeUInt8(8, 0);
	frame.writeUInt16BE(height, 1);
	frame.writeUInt16BE(width, 3);
	frame.set([3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0], 5);
	return Buffer.concat([
		Buffer.from([0xff, 0xd8]),
		segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
		segment(0xfe, Buffer.from('sandbox')),
		segment(0xdb, Buffer.from([0, ...Array<number>(64).fill(8)])),
		segment(0xc0, frame),
		segment(0xc4, Buffer.from([0x00, ...DC_LENGTHS, ...DC_VALUES])),
		segment(0xc4, Buffer.from([0x10, ...AC_LENGTHS, 0])),
		segment(0xda, Buffer.from([3, 1, 0, 2, 0, 3, 0, 0, 63, 0])),
		scan(raster),
		Buffer.from([0xff, 0xd9]),
	]);
}

function segment(marker: number, data: Buffer): Buffer {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(data.length + 2, 2);
	return Buffer.concat([head, data]);
}

function scan(raster: Raster): Buffer {
	const writer = new BitWriter();
	const codes = codesOf(DC_LENGTHS, DC_VALUES);
	const last = [0, 0, 0];
	for (let y = 0; y < raster.height; y += 8) {
		for (let x = 0; x < raster.width; x += 8) {
			const mean = toYcc(meanOf(raster, x, y));
			mean.forEach((value, part) => {
				const difference = value - last[part];
				last[part] = value;
				const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
				const { code, length } = codes[size];
				writer.write(code, length);
				writer.write(difference > 0 ? difference : difference + (1 << size) - 1, size);
				writer.write(0, 1);
			});
		}
	}
	return writer.end();
}

function meanOf({ width, height, pixels }: Raster, left: number, top: number): number[] {
	const sum = [0, 0, 0];
	let count = 0;
	for (let y = top; y < Math.min(top + 8, height); y++) {
		for (let x = left; x < Math.min(left + 8, width); x++, count++) {
			for (let part = 0; part < 3; part++) sum[part] += pixels[(y * width + x) * 4 + part];
		}
	}
	return sum.map((value) => value / count);
}

/** Around zero, as the transform leaves them: with a divisor of 8 the mean of a block is its first coefficient. */
function toYcc([red, green, blue]: number[]): number[] {
	return [
		0.299 * red + 0.587 * green + 0.114 * blue - 128,
		-0.1687 * red - 0.3313 * green + 0.5 * blue,
		0.5 * red - 0.4187 * green - 0.0813 * blue,
	].map(Math.round);
}

function codesOf(lengths: number[], values: number[]): Array<{ code: number; length: number }> {
	const codes: Array<{ code: number; length: number }> = [];
	let code = 0;
	let next = 0;
	lengths.forEach((count, index) => {
		for (let i = 0; i < count; i++) codes[values[next++]] = { code: code++, length: index + 1 };
		code <<= 1;
	});
	return codes;
}

class BitWriter {
	private readonly bytes: number[] = [];
	private pending = 0;
	private count = 0;

	write(value: number, length: number): void {
		for (let bit = length - 1; bit >= 0; bit--) {
			this.pending = (this.pending << 1) | ((value >> bit) & 1);
			if (++this.count < 8) continue;
			this.bytes.push(this.pending);
			if (this.pending === 0xff) this.bytes.push(0);
			this.pending = this.count = 0;
		}
	}

	end(): Buffer {
		while (this.count > 0) this.write(1, 1);
		return Buffer.from(this.bytes);
	}
}
