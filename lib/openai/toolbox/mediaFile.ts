/** Images and sounds before they are sent: what they really are, and whether the vendor takes them. */
import type { LocalFile } from '../files';
import { SettingError } from '../settingError';

import { type FileKind, fileKindOf, KIND_BYTES } from '../fileKind';
import { type ImageSize, imageSizeOf, pngHasAlpha, SIZE_BYTES } from './imageSize';
import {
	hasOpenAiLimits,
	MAX_AUDIO_BYTES,
	MAX_IMAGE_BYTES,
	MAX_MASK_BYTES,
	megabytes,
} from './mediaLimits';

/** A file that has been looked at, with a name and a type that tell what it is. */
export interface MediaFile extends LocalFile {
	kind: FileKind;
}

export interface ImageFile extends MediaFile {
	/** Absent where the image does not tell it in its first megabyte. */
	size?: ImageSize;
}

/** What OpenAI transcribes. */
const AUDIO_KINDS = ['flac', 'mp3', 'mp4', 'mpeg', 'm4a', 'ogg', 'wav', 'webm'];
const IMAGE_KINDS = ['png', 'jpg', 'webp'];
/** A header alone; no sound is so short. */
const MIN_AUDIO_BYTES = 64;

/**
 * An audio file that can be sent.
 *
 * @param field - of the item, for texts.
 * @throws SettingError when it is empty, no sound, or more or other than the vendor takes.
 */
export async function audioFile(
	file: LocalFile,
	field: string,
	provider: string,
): Promise<MediaFile> {
	const head = await readHead(file, KIND_BYTES);
	assertNotEmpty(file, field, head);
	const kind = fileKindOf(head);
	if (kind?.family !== 'audio') throw notWhatIsNeeded(file, field, kind, 'audio');
	if (file.bytes < MIN_AUDIO_BYTES || isWavWithoutSound(head, kind)) {
		throw new SettingError(
			`The audio file ${file.fileName} in the field '${field}' holds no sound: it has ${file.bytes} bytes`,
			'Check the recording, and the node that made the file. Nothing was sent.',
		);
	}
	if (hasOpenAiLimits(provider)) {
		if (!AUDIO_KINDS.includes(kind.id)) {
			throw new SettingError(
				`The file ${file.fileName} in the field '${field}' is ${kind.name}, which OpenAI does not transcribe`,
				'Convert it to MP3, MP4, M4A, FLAC, OGG, WAV or WebM, then run again. Nothing was sent.',
			);
		}
		assertSmaller(file, field, MAX_AUDIO_BYTES + 1, 'audio');
	}
	return named(file, kind);
}

/**
 * An image that can be sent, with its size.
 *
 * @throws SettingError when it is empty, no image, or more or other than the vendor takes.
 */
export async function imageFile(
	file: LocalFile,
	field: string,
	provider: string,
): Promise<ImageFile> {
	const head = await readHead(file, SIZE_BYTES);
	assertNotEmpty(file, field, head);
	const kind = fileKindOf(head);
	if (kind?.family !== 'image') throw notWhatIsNeeded(file, field, kind, 'image');
	if (!IMAGE_KINDS.includes(kind.id)) {
		throw new SettingError(
			`The file ${file.fileName} in the field '${field}' is ${kind.name}; only PNG, JPEG and WebP images can be edited`,
			"Convert it first, e.g. with n8n's Edit Image node, then run again. Nothing was sent.",
		);
	}
	if (hasOpenAiLimits(provider)) assertSmaller(file, field, MAX_IMAGE_BYTES, 'image');
	return { ...named(file, kind), size: imageSizeOf(head) };
}

/**
 * A mask for `image`: a PNG image of the same size with transparent pixels where the image may change.
 *
 * @throws SettingError when it is none.
 */
export async function maskFile(
	file: LocalFile,
	field: string,
	provider: string,
	image: ImageFile,
): Promise<ImageFile> {
	const mask = await imageFile(file, field, provider);
	if (mask.kind.id !== 'png') {
		throw new SettingError(
			`The mask ${file.fileName} in the field '${field}' is ${mask.kind.name}, and must be a PNG image`,
			'Only PNG masks can say where the image is transparent. Nothing was sent.',
		);
	}
	if (hasOpenAiLimits(provider)) assertSmaller(file, field, MAX_MASK_BYTES, 'mask');
	if (!pngHasAlpha(await readHead(file, SIZE_BYTES))) {
		throw new SettingError(
			`The mask ${file.fileName} in the field '${field}' has no transparent pixels`,
			'The transparent pixels of a mask say where the image may change. Save it as PNG with transparency. Nothing was sent.',
		);
	}
	assertSameSize(mask, field, image);
	return mask;
}

/** Whether the content of a file is an image of any kind. */
export async function isImage(file: LocalFile): Promise<boolean> {
	return fileKindOf(await readHead(file, KIND_BYTES))?.family === 'image';
}

/** The first bytes of a file; at most `count`, and all there are of a shorter one. */
async function readHead(file: LocalFile, count: number): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	// Leaving the loop closes the file.
	for await (const chunk of await file.open()) {
		chunks.push(chunk);
		bytes += chunk.length;
		if (bytes >= count) break;
	}
	return Buffer.concat(chunks).subarray(0, count);
}

/** Servers go by the name: it gets the extension of what the file is, unless it has one of them. */
function named(file: LocalFile, kind: FileKind): MediaFile {
	const extension = /\.([^.]{1,8})$/.exec(file.fileName)?.[1].toLowerCase() ?? '';
	const fits = kind.extensions.includes(extension);
	const fileName = fits ? file.fileName : `${file.fileName}.${kind.id}`;
	return { ...file, fileName, mimeType: kind.mimeType, kind };
}

function assertNotEmpty(file: LocalFile, field: string, head: Buffer): void {
	if (file.bytes > 0 && head.length > 0) return;
	throw new SettingError(
		`The file ${file.fileName} in the field '${field}' is empty`,
		'Check the node that made the file. Nothing was sent.',
	);
}

function assertSmaller(
	{ fileName, bytes }: LocalFile,
	field: string,
	limit: number,
	what: 'audio' | 'image' | 'mask',
): void {
	if (bytes < limit) return;
	const most = megabytes(limit);
	const advice = {
		audio:
			'Split the recording, or save it with a lower bit rate or as mono MP3: an hour of speech at 48 kbit/s has 21 MB.',
		image: "Make it smaller first, e.g. with n8n's Edit Image node (Resize), or save it as JPEG.",
		mask: 'Save the mask with fewer colors, or make image and mask smaller by the same measure.',
	}[what];
	throw new SettingError(
		`The ${what === 'audio' ? 'audio file' : what} ${fileName} in the field '${field}' has ${megabytes(bytes)}, and OpenAI takes ${what === 'audio' ? `at most ${most}` : `less than ${most}`}`,
		`${advice} Nothing was sent.`,
	);
}

function assertSameSize(mask: ImageFile, field: string, image: ImageFile): void {
	if (!mask.size || !image.size) return;
	const { width, height } = image.size;
	const same = mask.size.width === width && mask.size.height === height;
	// A photo may be stored lying down and shown upright.
	const turned = mask.size.width === height && mask.size.height === width;
	if (same || (turned && image.kind.id === 'jpg')) return;
	throw new SettingError(
		`The mask in the field '${field}' has ${mask.size.width}x${mask.size.height} pixels, and the image ${image.fileName} has ${width}x${height}`,
		'A mask must be of the same size as the first image. Nothing was sent.',
	);
}

/** A RIFF file of which the chunk with the samples is empty. */
function isWavWithoutSound(head: Buffer, { id }: FileKind): boolean {
	if (id !== 'wav') return false;
	const data = head.indexOf('data', 12, 'latin1');
	return data >= 0 && data + 8 <= head.length && head.readUInt32LE(data + 4) === 0;
}

function notWhatIsNeeded(
	{ fileName, mimeType }: LocalFile,
	field: string,
	kind: FileKind | undefined,
	needed: 'audio' | 'image',
): SettingError {
	const is = kind ? `is ${kind.name}` : 'is of an unknown type';
	const what = needed === 'audio' ? 'an audio file' : 'an image';
	const claims =
		!kind || mimeType.startsWith(needed)
			? ` It is called ${mimeType}, but its content does not look so.`
			: '';
	return new SettingError(
		`The file ${fileName} in the field '${field}' ${is}, and ${what} is needed`,
		`Pick the field that holds ${what}.${claims} Nothing was sent.`,
	);
}
