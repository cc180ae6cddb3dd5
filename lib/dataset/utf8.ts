/**
 * Where bytes stop being UTF-8: the offset of the first byte of the first ill-formed sequence, or -1.
 * Follows table 3-7 of the Unicode standard, so overlong forms, surrogates (ED A0 80) and code points
 * beyond U+10FFFF count as ill-formed, as they do for every server.
 */
export function invalidUtf8Offset(bytes: Uint8Array): number {
	let at = 0;
	while (at < bytes.length) {
		const length = sequenceLength(bytes, at);
		if (length === 0) return at;
		at += length;
	}
	return -1;
}

/** Bytes of the well-formed sequence at `at`, 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
	const first = bytes[at];
	if (first < 0x80) return 1;
	if (first < 0xc2 || first > 0xf4) return 0;
	const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	if (at + length > bytes.length) return 0;
	const [low, high] = secondByteRange(first);
	if (bytes[at + 1] < low || bytes[at + 1] > high) return 0;
	for (let next = at + 2; next < at + length; next++) {
		if (bytes[next] < 0x80 || bytes[next] > 0xbf) return 0;
	}
	return length;
}

function secondByteRange(first: number): [number, number] {
	if (first === 0xe0) return [0xa0, 0xbf];
	if (first === 0xed) return [0x80, 0x9f];
	if (first === 0xf0) return [0x90, 0xbf];
	if (first === 0xf4) return [0x80, 0x8f];
	return [0x80, 0xbf];
}
