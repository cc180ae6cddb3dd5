import { createHash } from 'node:crypto';

import { encodeGif } from './gif';
import { encodeJpeg } from './jpeg';
import { decodePng, encodePng } from './png';
import { edited, patternOf, type Raster, resized } from './raster';
import { patternSvg } from './svg';

/** What was ordered. */
export interface Order {
	prompt: string;
	width: number;
	height: number;
	format: 'png' | 'jpeg' | 'gif' | 'svg';
	count: number;
	transparent: boolean;
	/** Of a GIF. */
	frames: number;
	frameMs: number;
}

/** The same order always gives the same pictures; each of several is another one. */
export function newPictures(order: Order): Buffer[] {
	return Array.from({ length: order.count }, (_, index) => {
		const seed = `${index}:${order.prompt}`;
		if (order.format === 'svg') return patternSvg(seed, order.width, order.height);
		return encode(order, (frame) => patternOf(frame === 0 ? seed : `${frame}/${seed}`, order));
	});
}

/**
 * The first picture with a pattern and a word over it. Of JPEG and WebP, which the sandbox cannot open, a pattern of
 * its bytes stands in for the picture.
 */
export function changedPictures(order: Order, sources: Buffer[], mask?: Raster): Buffer[] {
	const [first, ...more] = sources;
	const hash = createHash('sha256');
	for (const other of more) hash.update(other);
	const others = more.length > 0 ? hash.digest('hex') : '';
	const base =
		decodePng(first) ??
		patternOf(createHash('sha256').update(first).digest('hex'), {
			width: mask?.width ?? order.width,
			height: mask?.height ?? order.height,
		});
	return Array.from({ length: order.count }, (_, index) => {
		return encode(order, (frame) => {
			const seed = `${frame === 0 ? '' : `${frame}/`}${index}:${order.prompt}${others}`;
			return resized(edited(base, seed, mask), order.width, order.height);
		});
	});
}

function encode(order: Order, draw: (frame: number) => Raster): Buffer {
	if (order.format === 'jpeg') return encodeJpeg(draw(0));
	if (order.format === 'png') return encodePng(draw(0));
	const frames = Array.from({ length: order.frames }, (_, frame) => draw(frame));
	return encodeGif(frames, order.frameMs);
}
