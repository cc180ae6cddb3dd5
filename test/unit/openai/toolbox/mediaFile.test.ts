import { SettingError } from '../../../../lib/openai/settingError';
import { audioFile, imageFile, isImage, maskFile } from '../../../../lib/openai/toolbox/mediaFile';
import {
	MAX_AUDIO_BYTES,
	MAX_IMAGE_BYTES,
	MAX_MASK_BYTES,
} from '../../../../lib/openai/toolbox/mediaLimits';
import { encodePng } from '../../../../sandbox/server/media/png';
import { wavOf } from '../../../../sandbox/server/media/sound';
import { memoryFile } from './media.support';

const wav = wavOf('Hello', 1);
const png = encodePng({ width: 4, height: 2, pixels: Buffer.alloc(32) });

it('names and types a file by what it is', async () => {
	const named = await audioFile(memoryFile(wav, { fileName: 'call' }), 'data', 'other');
	expect(named).toMatchObject({ fileName: 'call.wav', mimeType: 'audio/wav' });
	const kept = await imageFile(memoryFile(png, { fileName: 'A.PNG' }), 'data', 'other');
	expect(kept).toMatchObject({ fileName: 'A.PNG', size: { width: 4, height: 2 } });
	const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(90)]);
	const jpeg = await imageFile(memoryFile(photo, { fileName: 'b.jpeg' }), 'data', 'other');
	expect(jpeg).toMatchObject({ fileName: 'b.jpeg', mimeType: 'image/jpeg', size: undefined });
});

it('reads no more of a recording than its first bytes', async () => {
	const long = memoryFile(Buffer.concat([wav, Buffer.alloc(1_000_000)]));
	await audioFile(long, 'data', 'openAi');
	expect(long.read).toBeLessThanOrEqual(2048);
});

it.each([
	['openAi', MAX_AUDIO_BYTES, true],
	['openAi', MAX_AUDIO_BYTES + 1, false],
	['azureOpenAi', MAX_AUDIO_BYTES + 1, false],
	['other', MAX_AUDIO_BYTES + 1, true],
])('audio at %s with %d bytes: %s', async (provider, bytes, fits) => {
	const looked = audioFile(memoryFile(wav, { bytes }), 'data', provider);
	if (fits) expect(await looked).toMatchObject({ bytes });
	else await expect(looked).rejects.toBeInstanceOf(SettingError);
});

it.each([
	['openAi', MAX_IMAGE_BYTES - 1, true],
	['openAi', MAX_IMAGE_BYTES, false],
	['other', MAX_IMAGE_BYTES, true],
])('an image at %s with %d bytes: %s', async (provider, bytes, fits) => {
	const looked = imageFile(memoryFile(png, { bytes }), 'data', provider);
	if (fits) expect(await looked).toMatchObject({ bytes });
	else await expect(looked).rejects.toThrow('less than 50 MB');
});

it('takes a mask of the size of the image, also of a photo that is shown turned', async () => {
	const image = await imageFile(memoryFile(png), 'data', 'openAi');
	const mask = await maskFile(memoryFile(png), 'mask', 'openAi', image);
	expect(mask.size).toEqual({ width: 4, height: 2 });
	const turned = { ...image, size: { width: 2, height: 4 } };
	await expect(maskFile(memoryFile(png), 'mask', 'openAi', turned)).rejects.toThrow('4x2 pixels');
	const photo = { ...turned, kind: { ...image.kind, id: 'jpg' } };
	expect(await maskFile(memoryFile(png), 'mask', 'openAi', photo)).toMatchObject({
		size: mask.size,
	});
	await expect(
		maskFile(memoryFile(png, { bytes: MAX_MASK_BYTES }), 'mask', 'openAi', image),
	).rejects.toThrow('less than 4 MB');
});

it('tells images from other files', async () => {
	expect(await isImage(memoryFile(png))).toBe(true);
	expect(await isImage(memoryFile(wav))).toBe(false);
	expect(await isImage(memoryFile(Buffer.alloc(0)))).toBe(false);
});
