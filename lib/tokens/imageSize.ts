/** In pixels. */
export interface ImageSize {
	width: number;
	height: number;
}

/** Photographs carry up to 64 KiB of camera data in front of their size. */
const HEAD_BYTES = 128 * 1024;
/** Base64 writes three bytes as four characters. */
const HEAD_CHARACTERS = (HEAD_BYTES / 3) * 4;

/** Size of the image in a `data:` URL with base64, from its first bytes; undefined for all that is not PNG, JPEG or WebP. */
export function imageSize(url: string): ImageSize | undefined {
	const comma = url.slice(0, 200).indexOf(',');
	if (comma < 0 || !/^data:.*;base64$/i.test(url.slice(0, comma))) return undefined;
	const head = Buffer.from(url.slice(comma + 1, comma + 1 + HEAD_CHARACTERS), 'base64');
	const size = pngSize(head) ?? webpSize(head) ?? jpegSize(head);
	return size && size.width > 0 && size.height > 0 ? size : undefined;
}

/** https://www.w3.org/TR/png-3/#11IHDR */
function pngSize(head: Buffer): ImageSize | undefined {
	if (head.length < 24 || head.toString('latin1', 1, 4) !== 'PNG') return undefined;
	return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(head: Buffer): ImageSize | undefined {
	if (head.length < 30 || head.toString('latin1', 8, 12) !== 'WEBP') return undefined;
	switch (head.toString('latin1', 12, 16)) {
		case 'VP8 ':
			return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
		case 'VP8L': {
			const bits = head.readUInt32LE(21);
			return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
		}
		case 'VP8X':
			return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
	}
	return undefined;
}

/** The first "start of frame" segment has the size: https://www.w3.org/Graphics/JPEG/itu-t81.pdf B.2.2 */
function jpegSize(head: Buffer): ImageSize | undefined {
	if (head.length < 4 || head.readUInt16BE(0) !== 0xffd8) return undefined;
	for (let at = 2; at + 9 <= head.length && head[at] === 0xff;) {
		const marker = head[at + 1];
		const length = head.readUInt16BE(at + 2);
		if (isStartOfFrame(marker)) {
			return { width: head.readUInt16BE(at + 7), height: head.readUInt16BE(at + 5) };
		}
		at += 2 + length;
	}
	return undefined;
}

/** 0xc0 to 0xcf but for the tables among them. */
function isStartOfFrame(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
