import { createHash } from 'node:crypto';

import { inkOf, isInked } from './raster';

/** The same pattern as `patternOf`, as shapes. */
export function patternSvg(seed: string, width: number, height: number): Buffer {
	const hash = createHash('sha256').update(seed).digest();
	const [red, green, blue] = inkOf(hash);
	const cells: string[] = [];
	for (let row = 0; row < 8; row++) {
		for (let column = 0; column < 8; column++) {
			if (!isInked(hash, column, row)) continue;
			const place = `x="${(column * width) / 8}" y="${(row * height) / 8}"`;
			cells.push(`<rect ${place} width="${width / 8}" height="${height / 8}"/>`);
		}
	}
	return Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
			`<rect width="100%" height="100%" fill="#f4f4f0"/><g fill="rgb(${red},${green},${blue})">${cells.join('')}</g>` +
			`<text x="50%" y="50%" text-anchor="middle" font-family="monospace" font-size="${Math.round(width / 8)}" fill="#000">SANDBOX</text></svg>`,
	);
}
