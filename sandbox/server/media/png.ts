import { deflateSync, inflateSync } from 'node:zlib';

import type { Raster } from './raster';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const MAX_PIXELS = 20_000_000;
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** https://www.w3.org/TR/png-3/ */
export function encodePng({ width, height, pixels }: Raster): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 6, 0, 0, 0], 8);
	const stride = width * 4;
	const lines = Buffer.alloc(height * (stride + 1));
	for (let y = 0; y < height; y++) {
		pixels.copy(lines, y * (stride + 1) + 1, y * stride, (y + 1) * stride);
	}
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header),
		chunk('tEXt', Buffer.from('Software\0sandbox', 'latin1')),
		chunk('IDAT', deflateSync(lines)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

/** Images with 8 bits a channel that are not interlaced; undefined for others and for broken ones. */
export function decodePng(file: Buffer): Raster | undefined {
	if (!file.subarray(0, 8).equals(SIGNATURE) || file.length < 33) return undefined;
	const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
	const [depth, type, , , interlaced] = file.subarray(24, 29);
	const channels = CHANNELS[type];
	if (depth !== 8 || !channels || interlaced !== 0 || width * height > MAX_PIXELS) return undefined;
	const parts = chunksOf(file);
	const size = height * (width * channels + 1);
	try {
		const packed = Buffer.concat(parts.filter(({ name }) => name === 'IDAT').map((p) => p.data));
		const lines = inflateSync(packed, { maxOutputLength: size });
		if (lines.length !== size) return undefined;
		const raw = unfiltered(lines, width * channels, height, channels);
		const find = (wanted: string) => parts.find(({ name }) => name === wanted)?.data;
		return { width, height, pixels: toRgba(raw, type, find('PLTE'), find('tRNS')) };
	} catch {
		return undefined;
	}
}

function chunksOf(file: Buffer): Array<{ name: string; data: Buffer }> {
	const parts = [];
	for (let at = 8; at + 12 <= file.length;) {
		const length = file.readUInt32BE(at);
		const name = file.toString('latin1', at + 4, at + 8);
		parts.push({ name, data: file.subarray(at + 8, at + 8 + length) });
		at += 12 + length;
	}
	return parts;
}

function unfiltered(lines: Buffer, stride: number, height: number, step: number): Buffer {
	const out = Buffer.alloc(stride * height);
	for (let y = 0; y < height; y++) {
		const filter = lines[y * (stride + 1)];
		for (let x = 0; x < stride; x++) {
			const at = y * stride + x;
			const left = x >= step ? out[at - step] : 0;
			const up = y > 0 ? out[at - stride] : 0;
			const corner = x >= step && y > 0 ? out[at - stride - step] : 0;
			out[at] = lines[y * (stride + 1) + 1 + x] + guessOf(filter, left, up, corner);
		}
	}
	return out;
}

function guessOf(filter: number, left: number, up: number, corner: number): number {
	switch (filter) {
		case 1:
			return left;
		case 2:
			return up;
		case 3:
			return (left + up) >> 1;
		case 4:
			return paeth(left, up, corner);
	}
	return 0;
}

function paeth(left: number, up: number, corner: number): number {
	const guess = left + up - corner;
	const a = Math.abs(guess - left);
	const b = Math.abs(guess - up);
	const c = Math.abs(guess - corner);
	if (a <= b && a <= c) return left;
	return b <= c ? up : corner;
}

function toRgba(raw: Buffer, type: number, palette?: Buffer, alpha?: Buffer): Buffer {
	const channels = CHANNELS[type];
	const count = raw.length / channels;
	const out = Buffer.alloc(count * 4, 255);
	for (let i = 0; i < count; i++) {
		const at = i * channels;
		if (type === 3) {
			palette?.copy(out, i * 4, raw[at] * 3, raw[at] * 3 + 3);
			out[i * 4 + 3] = alpha?.[raw[at]] ?? 255;
		} else if (type === 0 || type === 4) {
			out.fill(raw[at], i * 4, i * 4 + 3);
			if (type === 4) out[i * 4 + 3] = raw[at + 1];
		} else raw.copy(out, i * 4, at, at + channels);
	}
	return out;
}

function chunk(name: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc(body));
	return Buffer.concat([length, body, check]);
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
	let value = n;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
	return value >>> 0;
});

function crc(bytes: Buffer): number {
	let value = 0xffffffff;
	for (const byte of bytes) value = CRC_TABLE[(value ^ byte) & 255] ^ (value >>> 8);
	return (value ^ 0xffffffff) >>> 0;
}
