/** The character of one to four bytes that begins there; -1 where there is none. */
export function characterAt(source: Uint8Array, at: number, end: number): number {
	const first = source[at];
	if (first < 0x80) return first;
	const size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	if (first < 0xc2 || first > 0xf4 || at + size > end) return -1;
	let code = first & (0xff >> (size + 1));
	for (let next = at + 1; next < at + size; next++) {
		if ((source[next] & 0xc0) !== 0x80) return -1;
		code = (code << 6) | (source[next] & 0x3f);
	}
	const isSurrogate = code >= 0xd800 && code <= 0xdfff;
	return isSurrogate || sizeOf(code) !== size || code > 0x10ffff ? -1 : code;
}

/** Where the character before an offset begins; the bytes before it must be UTF-8. */
export function startOfCharacterBefore(source: Uint8Array, at: number): number {
	let start = at - 1;
	while ((source[start] & 0xc0) === 0x80) start--;
	return start;
}

/** Bytes of a character in UTF-8. */
export function sizeOf(code: number): number {
	if (code < 0x80) return 1;
	return code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
