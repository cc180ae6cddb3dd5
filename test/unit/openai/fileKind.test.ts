import fc from 'fast-check';

import { fileKindOf, KIND_BYTES } from '../../../lib/openai/fileKind';

const latin = (text: string, length = 64) =>
	Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(length)]);

it.each([
	['\x89PNG\r\n\x1a\n', 'png'],
	['\xff\xd8\xff\xe1', 'jpg'],
	['RIFF\0\0\0\0WEBPVP8 ', 'webp'],
	['RIFF\0\0\0\0WAVEfmt ', 'wav'],
	['GIF89a', 'gif'],
	['\0\0\0\x18ftypheic', 'heic'],
	['\0\0\0\x18ftypavif', 'avif'],
	['\0\0\0\x18ftypM4A ', 'm4a'],
	['\0\0\0\x18ftypisom', 'mp4'],
	['fLaC', 'flac'],
	['OggS', 'ogg'],
	['\x1aE\xdf\xa3', 'webm'],
	['ID3\x04', 'mp3'],
	['\xff\xfb\x90\x00', 'mp3'],
	['\xff\xf3\x44\xc4', 'mp3'],
	['\xff\xf1\x50\x80', 'aac'],
	['#!AMR\n', 'amr'],
	['FORM\0\0\0\0AIFF', 'aiff'],
	['%PDF-1.7', 'pdf'],
	['PK\x03\x04', 'zip'],
])('knows %j as %s', (begin, id) => {
	expect(fileKindOf(latin(begin))?.id).toBe(id);
});

it.each([
	['<!DOCTYPE html><p>', 'html'],
	['\ufeff  <html>', 'html'],
	['<?xml version="1.0"?><svg xmlns="">', 'svg'],
	['{"error": 1}', 'json'],
	['Liebe Grüße', 'txt'],
])('knows the text %j as %s', (text, id) => {
	expect(fileKindOf(Buffer.from(text))?.id).toBe(id);
});

it('knows text whose last character is cut', () => {
	const text = Buffer.from('ä'.repeat(400)).subarray(0, KIND_BYTES - 1);
	expect(fileKindOf(text)?.id).toBe('txt');
});

it('knows nothing of other bytes, and of none', () => {
	expect(fileKindOf(Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]))).toBeUndefined();
	expect(fileKindOf(Buffer.alloc(0))).toBeUndefined();
	expect(fileKindOf(Buffer.from([0xff, 0xff, 0xff, 0xff]))).toBeUndefined();
});

it('takes any bytes', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: KIND_BYTES }), (bytes) => {
			const kind = fileKindOf(bytes);
			expect(kind === undefined || kind.extensions.includes(kind.id)).toBe(true);
		}),
	);
});
