/** Width and height of an image, from its first bytes. */
export interface ImageSize {
	width: number;
	height: number;
}

/** The size of a JPEG image stands behind its metadata, which may hold a preview. */
export const SIZE_BYTES = 1024 * 1024;

/**
 * Pixels of a PNG, JPEG or WebP image; undefined when they are not in `head` or the image is of another kind. A JPEG
 * image may be shown turned, which is not looked at.
 *
 * @param head - the first bytes of the file; `SIZE_BYTES` are enough.
 */
export function imageSizeOf(head: Uint8Array): ImageSize | undefined {
	const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
	if (bytes.length < 32) return undefined;
	if (bytes.readUInt32BE(0) === 0x89504e47) {
		return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
	}
	if (bytes.readUInt16BE(0) === 0xffd8) return jpegSize(bytes);
	if (bytes.toString('latin1', 8, 12) === 'WEBP') return webpSize(bytes);
	return undefined;
}

/** Whether a PNG image has transparent pixels at all: an alpha channel, or a chunk that names transparent colours. */
export function pngHasAlpha(head: Uint8Array): boolean {
	const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
	if (bytes.length < 33) return false;
	if ((bytes[25] & 4) !== 0) return true;
	for (let offset = 33; offset + 8 <= bytes.length; offset += 12 + bytes.readUInt32BE(offset)) {
		const type = bytes.toString('latin1', offset + 4, offset + 8);
		if (type === 'tRNS') return true;
		if (type === 'IDAT') return false;
	}
	return false;
}

/** Segments one after the other, until one that begins a frame (SOF0 to SOF15, less DHT, JPG and DAC). */
function jpegSize(bytes: Buffer): ImageSize | undefined {
	let offset = 2;
	while (offset + 9 < bytes.length) {
		if (bytes[offset] !== 0xff) return undefined;
		const marker = bytes[offset + 1];
		if (marker === 0xff) offset += 1;
		else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
			return { width: bytes.readUInt16BE(offset + 7), height: bytes.readUInt16BE(offset + 5) };
		} else offset += 2 + bytes.readUInt16BE(offset + 2);
	}
	return undefined;
}

/** https://developers.google.com/speech/webp/docs/riff_container */
function webpSize(bytes: Buffer): ImageSize | undefined {
	switch (bytes.toString('latin1', 12, 16)) {
		case 'VP8 ':
			return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
		case 'VP8L': {
			const bits = bytes.readUInt32LE(21);
			return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
		}
		case 'VP8X':
			return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
	}
	return undefined;
}
