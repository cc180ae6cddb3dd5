/** What a file is by its first bytes, whatever its name and type say. */
export interface FileKind {
	/** e.g. `png`, `mp3`; also the usual file name extension. */
	id: string;
	/** For texts, e.g. `a PNG image`. */
	name: string;
	mimeType: string;
	family: 'image' | 'audio' | 'other';
	/** Extensions under which such files go, the usual one first. */
	extensions: readonly string[];
}

/** So many first bytes tell all kinds here. */
export const KIND_BYTES = 512;

/**
 * The kind of a file by its magic bytes; undefined for what is not known.
 *
 * @param head - the first bytes of the file; `KIND_BYTES` are enough.
 */
export function fileKindOf(head: Uint8Array): FileKind | undefined {
	const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
	return SIGNATURES.find(({ fits }) => fits(bytes))?.kind ?? textKind(bytes);
}

type Fits = (bytes: Buffer) => boolean;

const at =
	(offset: number, text: string): Fits =>
	(bytes) =>
		bytes.toString('latin1', offset, offset + text.length) === text;
const all =
	(...tests: Fits[]): Fits =>
	(bytes) =>
		tests.every((test) => test(bytes));
const any =
	(...tests: Fits[]): Fits =>
	(bytes) =>
		tests.some((test) => test(bytes));

/** ISO base media files say their brand after `ftyp`. */
const brand = (pattern: RegExp) =>
	all(at(4, 'ftyp'), (bytes) => pattern.test(bytes.toString('latin1', 8, 12)));

/** Eleven set bits, then a version, a layer, a bit rate and a sample rate that exist. */
const mpegAudio: Fits = (bytes) =>
	bytes.length >= 4 &&
	bytes[0] === 0xff &&
	(bytes[1] & 0xe0) === 0xe0 &&
	(bytes[1] & 0x18) !== 0x08 &&
	(bytes[1] & 0x06) !== 0 &&
	(bytes[2] & 0xf0) !== 0xf0 &&
	(bytes[2] & 0x0c) !== 0x0c;
const adts: Fits = (bytes) => bytes.length >= 2 && bytes[0] === 0xff && (bytes[1] & 0xf6) === 0xf0;

const kind = (
	family: FileKind['family'],
	id: string,
	name: string,
	mimeType: string,
	...more: string[]
): FileKind => ({ id, name, mimeType, family, extensions: [id, ...more] });

const SIGNATURES: ReadonlyArray<{ fits: Fits; kind: FileKind }> = [
	{ fits: at(0, '\x89PNG\r\n\x1a\n'), kind: kind('image', 'png', 'a PNG image', 'image/png') },
	{
		fits: at(0, '\xff\xd8\xff'),
		kind: kind('image', 'jpg', 'a JPEG image', 'image/jpeg', 'jpeg', 'jpe'),
	},
	{
		fits: all(at(0, 'RIFF'), at(8, 'WEBP')),
		kind: kind('image', 'webp', 'a WebP image', 'image/webp'),
	},
	{
		fits: any(at(0, 'GIF87a'), at(0, 'GIF89a')),
		kind: kind('image', 'gif', 'a GIF image', 'image/gif'),
	},
	{ fits: at(0, 'BM'), kind: kind('image', 'bmp', 'a BMP image', 'image/bmp') },
	{
		fits: any(at(0, 'II*\0'), at(0, 'MM\0*')),
		kind: kind('image', 'tiff', 'a TIFF image', 'image/tiff', 'tif'),
	},
	{ fits: brand(/^(hei|hev|mif1)/), kind: kind('image', 'heic', 'a HEIC image', 'image/heic') },
	{ fits: brand(/^avi/), kind: kind('image', 'avif', 'an AVIF image', 'image/avif') },
	{
		fits: all(at(0, 'RIFF'), at(8, 'WAVE')),
		kind: kind('audio', 'wav', 'a WAV file', 'audio/wav', 'wave'),
	},
	{ fits: at(0, 'fLaC'), kind: kind('audio', 'flac', 'a FLAC file', 'audio/flac') },
	{
		fits: at(0, 'OggS'),
		kind: kind('audio', 'ogg', 'an Ogg file', 'audio/ogg', 'oga', 'opus'),
	},
	{
		fits: at(0, '\x1aE\xdf\xa3'),
		kind: kind('audio', 'webm', 'a WebM file', 'audio/webm', 'mkv'),
	},
	{ fits: brand(/^M4[AB]/), kind: kind('audio', 'm4a', 'an M4A file', 'audio/mp4', 'mp4') },
	{ fits: at(4, 'ftyp'), kind: kind('audio', 'mp4', 'an MP4 file', 'audio/mp4', 'm4a', 'mov') },
	{
		fits: at(0, '\0\0\x01\xba'),
		kind: kind('audio', 'mpeg', 'an MPEG file', 'audio/mpeg', 'mpg', 'mpga'),
	},
	{ fits: adts, kind: kind('audio', 'aac', 'an AAC file', 'audio/aac') },
	{
		fits: any(at(0, 'ID3'), mpegAudio),
		kind: kind('audio', 'mp3', 'an MP3 file', 'audio/mpeg', 'mpga', 'mpeg'),
	},
	{ fits: at(0, '#!AMR'), kind: kind('audio', 'amr', 'an AMR file', 'audio/amr') },
	{
		fits: all(at(0, 'FORM'), any(at(8, 'AIFF'), at(8, 'AIFC'))),
		kind: kind('audio', 'aiff', 'an AIFF file', 'audio/aiff', 'aif'),
	},
	{
		fits: at(0, '\x30\x26\xb2\x75'),
		kind: kind('audio', 'wma', 'a Windows Media file', 'audio/x-ms-wma', 'wmv', 'asf'),
	},
	{ fits: at(0, '%PDF'), kind: kind('other', 'pdf', 'a PDF document', 'application/pdf') },
	{
		fits: at(0, 'PK\x03\x04'),
		kind: kind('other', 'zip', 'a ZIP archive or an Office document', 'application/zip'),
	},
	{ fits: at(0, '\x1f\x8b'), kind: kind('other', 'gz', 'a compressed file', 'application/gzip') },
];

const SVG = kind('image', 'svg', 'an SVG image', 'image/svg+xml');
const HTML = kind('other', 'html', 'a web page', 'text/html', 'htm');
const JSON_TEXT = kind('other', 'json', 'JSON text', 'application/json', 'jsonl');
const TEXT = kind('other', 'txt', 'plain text', 'text/plain');

function textKind(bytes: Buffer): FileKind | undefined {
	const text = bytes
		.subarray(0, KIND_BYTES)
		.toString('utf8')
		.replace(/^\ufeff/, '')
		.trimStart();
	if (/^<\?xml|^<svg|^<!--/i.test(text)) return text.includes('<svg') ? SVG : TEXT;
	if (/^<(!doctype html|html|head|body)/i.test(text)) return HTML;
	if (/^[{[]/.test(text)) return JSON_TEXT;
	// Control characters do not occur in text; a character cut at the end of the head becomes U+FFFD.
	const end = bytes.length > KIND_BYTES - 4 ? text.slice(0, -1) : text;
	return end.length > 0 && [...end].every(isPrintable) ? TEXT : undefined;
}

function isPrintable(character: string): boolean {
	return character >= ' ' ? character !== '\ufffd' : '\t\n\v\f\r\x1b'.includes(character);
}
