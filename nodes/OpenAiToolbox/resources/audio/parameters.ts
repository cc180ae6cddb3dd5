import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { plainText } from '../../../../lib/openai/chat/json';
import { SettingError } from '../../../../lib/openai/settingError';
import { audioFile, type MediaFile } from '../../../../lib/openai/toolbox/mediaFile';
import type {
	KnownSpeaker,
	TranscriptFormat,
	TranscriptionSettings,
} from '../../../../lib/openai/toolbox/transcriptions';
import { localFile } from '../../../shared/localFile';

/** Ten seconds in the largest format that is usual have about 2 MB. */
const MAX_SAMPLE_BYTES = 10 * 1024 * 1024;

/** The recording of an item, looked at. */
export async function readAudio(
	ctx: IExecuteFunctions,
	itemIndex: number,
	provider: string,
): Promise<MediaFile> {
	const field = ctx.getNodeParameter('binaryPropertyName', itemIndex) as string;
	return await audioFile(await localFile(ctx, itemIndex, field), field, provider);
}

/** Settings that transcription and translation share. */
export function readSpeechHints(options: IDataObject) {
	const { languages, prompt, temperature } = options;
	return {
		languages: listOf(languages),
		prompt: plainText(prompt).trim() === '' ? undefined : plainText(prompt),
		temperature: (temperature ?? '') === '' ? undefined : Number(temperature),
	};
}

export async function readTranscription(
	ctx: IExecuteFunctions,
	itemIndex: number,
	provider: string,
	model: string,
): Promise<TranscriptionSettings> {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const format = ctx.getNodeParameter('responseFormat', itemIndex) as TranscriptFormat;
	return {
		model,
		format,
		...readSpeechHints(options),
		keywords: listOf(options.keywords),
		timestamps: options.timestampGranularities as TranscriptionSettings['timestamps'],
		logprobs: options.logprobs as boolean | undefined,
		chunking: readChunking(options),
		speakers: await readSpeakers(ctx, itemIndex, provider, options),
	};
}

/** Words separated by commas or line breaks, or a list from an expression. */
function listOf(value: unknown): string[] {
	const words = Array.isArray(value) ? value : String(value ?? '').split(/[,\n]/);
	return words.map((word) => String(word).trim()).filter((word) => word !== '');
}

function readChunking(options: IDataObject): TranscriptionSettings['chunking'] {
	const strategy = options.chunkingStrategy as string | undefined;
	const settings = {
		prefix_padding_ms: options.vadPrefixPaddingMs,
		silence_duration_ms: options.vadSilenceDurationMs,
		threshold: options.vadThreshold,
	};
	const detection = Object.entries(settings).filter(([, value]) => (value ?? '') !== '');
	if (strategy !== 'server_vad' && detection.length > 0) {
		throw new SettingError(
			"The options 'Voice Detection' are for the chunking strategy 'Server VAD'",
			"Set 'Chunking Strategy' to Server VAD, or remove the options 'Voice Detection'.",
		);
	}
	if (strategy !== 'server_vad') return strategy === 'auto' ? 'auto' : undefined;
	const numbers = detection.map(([name, value]) => [name, Number(value)] as const);
	return { type: 'server_vad', ...Object.fromEntries(numbers) };
}

async function readSpeakers(
	ctx: IExecuteFunctions,
	itemIndex: number,
	provider: string,
	options: IDataObject,
): Promise<KnownSpeaker[]> {
	const { speaker = [] } = (options.knownSpeakers ?? {}) as { speaker?: IDataObject[] };
	const speakers: KnownSpeaker[] = [];
	for (const [index, { name, binaryPropertyName }] of speaker.entries()) {
		const field = String(binaryPropertyName ?? '').trim();
		if (String(name ?? '').trim() === '' || field === '') {
			throw new SettingError(
				`Known speaker ${index + 1} has no name or no sample`,
				"Enter both 'Name' and 'Sample Field Name', or remove the speaker.",
			);
		}
		const file = await audioFile(await localFile(ctx, itemIndex, field), field, provider);
		if (file.bytes > MAX_SAMPLE_BYTES) {
			throw new SettingError(
				`The sample in the field '${field}' is too large to have 2 to 10 seconds`,
				'Cut out a few seconds in which only this person speaks. Nothing was sent.',
			);
		}
		const content = await ctx.helpers.getBinaryDataBuffer(itemIndex, field);
		const sample = `data:${file.mimeType};base64,${content.toString('base64')}`;
		speakers.push({ name: String(name).trim(), sample });
	}
	return speakers;
}
