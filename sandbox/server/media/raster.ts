import { createHash } from 'node:crypto';

import { WORD_GLYPHS } from './glyphs';

/** Pixels, four bytes each: red, green, blue, alpha. */
export interface Raster {
	width: number;
	height: number;
	pixels: Buffer;
}

type Color = readonly [red: number, green: number, blue: number, alpha: number];

const GRID = 8;

/** A picture that any eye knows for no photograph: the prompt's hash as a symmetrical pattern, and a word on it. */
export function patternOf(
	seed: string,
	{ width, height, transparent = false }: { width: number; height: number; transparent?: boolean },
): Raster {
	const raster: Raster = { width, height, pixels: Buffer.alloc(width * height * 4) };
	const hash = createHash('sha256').update(seed).digest();
	const ink = inkOf(hash);
	const paper: Color = transparent ? [0, 0, 0, 0] : [244, 244, 240, 255];
	for (let row = 0; row < GRID; row++) {
		const line = lineOf(width, (x) =>
			isInked(hash, Math.floor((x * GRID) / width), row) ? ink : paper,
		);
		fillLines(raster, line, 0, [(row * height) / GRID, ((row + 1) * height) / GRID]);
	}
	writeWord(raster, 'SANDBOX');
	return raster;
}

/** The same picture with the prompt's pattern half over it and a word on it; only where `mask` is transparent. */
export function edited(source: Raster, prompt: string, mask?: Raster): Raster {
	const { width, height } = source;
	const raster: Raster = { width, height, pixels: Buffer.from(source.pixels) };
	const layer = patternOf(`edit:${prompt}`, { width, height, transparent: true });
	writeWord(layer, 'EDITED');
	for (let offset = 0; offset < raster.pixels.length; offset += 4) {
		if (mask && mask.pixels[offset + 3] !== 0) continue;
		if (layer.pixels[offset + 3] === 0) continue;
		for (let channel = 0; channel < 3; channel++) {
			const mean = (source.pixels[offset + channel] + layer.pixels[offset + channel]) >> 1;
			raster.pixels[offset + channel] = mean;
		}
		raster.pixels[offset + 3] = 255;
	}
	return raster;
}

/** Nearest pixels; good enough for patterns. */
export function resized(source: Raster, width: number, height: number): Raster {
	if (source.width === width && source.height === height) return source;
	const raster: Raster = { width, height, pixels: Buffer.alloc(width * height * 4) };
	for (let y = 0; y < height; y++) {
		const row = Math.floor((y * source.height) / height) * source.width;
		for (let x = 0; x < width; x++) {
			const from = (row + Math.floor((x * source.width) / width)) * 4;
			source.pixels.copy(raster.pixels, (y * width + x) * 4, from, from + 4);
		}
	}
	return raster;
}

/** Whether a cell of the grid is inked; left and right are alike. */
export function isInked(hash: Buffer, column: number, row: number): boolean {
	const mirrored = column < GRID / 2 ? column : GRID - 1 - column;
	return ((hash[row] >> mirrored) & 1) === 1;
}

export function inkOf(hash: Buffer): Color {
	return [40 + (hash[29] >> 1), 40 + (hash[30] >> 1), 40 + (hash[31] >> 1), 255];
}

function lineOf(width: number, color: (x: number) => Color): Buffer {
	const line = Buffer.alloc(width * 4);
	for (let x = 0; x < width; x++) line.set(color(x), x * 4);
	return line;
}

function fillLines(
	{ width, height, pixels }: Raster,
	line: Buffer,
	left: number,
	[from, to]: [number, number],
): void {
	const end = Math.min(height, Math.floor(to));
	for (let y = Math.max(0, Math.floor(from)); y < end; y++)
		line.copy(pixels, (y * width + left) * 4);
}

/** White on black, across the middle. */
function writeWord(raster: Raster, word: keyof typeof WORD_GLYPHS): void {
	const rows = WORD_GLYPHS[word];
	const { width, height } = raster;
	const columns = rows[0].length;
	const scale = Math.max(1, Math.floor((width * 0.8) / columns));
	const left = Math.max(0, Math.floor((width - columns * scale) / 2));
	const lift = word === 'EDITED' ? 0.75 : 0.5;
	const top = Math.max(0, Math.floor(height * lift - (rows.length * scale) / 2));
	rows.forEach((dots, index) => {
		const line = lineOf(Math.min(columns * scale, width - left), (x) => {
			const shade = dots[Math.floor(x / scale)] === '#' ? 255 : 20;
			return [shade, shade, shade, 255];
		});
		fillLines(raster, line, left, [top + index * scale, top + (index + 1) * scale]);
	});
}
