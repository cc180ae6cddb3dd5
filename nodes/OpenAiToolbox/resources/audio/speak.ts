import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { plainText } from '../../../../lib/openai/chat/json';
import {
	speak as send,
	SPEECH_TYPES,
	speakableParts,
	type SpeechFormat,
	type SpeechSettings,
	textFrom,
} from '../../../../lib/openai/toolbox/speech';
import { writeBinary } from '../../../shared/binary';
import { toNodeError } from '../../../shared/errors';
import type { OperationHandler } from '../../../shared/router';
import type { Connection } from '../../../shared/transport';
import { usableModel } from '../usableModel';

import { partsUntilFailure } from './partFailure';

/** An item for each part of the text; one, unless a long text may be split. */
export const speak: OperationHandler = async (ctx, itemIndex, connection) => {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const settings = readSettings(ctx, itemIndex, connection, options);
	const field = ctx.getNodeParameter('outputField', itemIndex) as string;
	const text = plainText(ctx.getNodeParameter('text', itemIndex));
	const split = options.splitLongText === true ? speakableParts(text) : [];
	const parts = split.length > 1 ? split : [text];
	const made: INodeExecutionData[] = [];
	for (const [index, part] of parts.entries()) {
		const place = parts.length > 1 ? { part: index + 1, parts: parts.length } : undefined;
		try {
			const sound = await send(connection.transport, part, settings);
			made.push(
				await soundItem(ctx, itemIndex, { sound, text: part, settings, options, field, place }),
			);
		} catch (error) {
			if (!place || index === 0) throw toNodeError(ctx.getNode(), error, itemIndex);
			const missingText = textFrom(text, parts, index);
			return partsUntilFailure(ctx, itemIndex, error, { ...place, missingText, made });
		}
	}
	return made;
};

interface Spoken {
	sound: AsyncIterable<Uint8Array>;
	text: string;
	settings: SpeechSettings;
	options: IDataObject;
	/** In which the sound goes. */
	field: string;
	/** Of a text that was split. */
	place?: { part: number; parts: number };
}

async function soundItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ sound, text, settings, options, field, place }: Spoken,
): Promise<INodeExecutionData> {
	const format = settings.format ?? 'mp3';
	const mimeType = SPEECH_TYPES[format] ?? 'application/octet-stream';
	const fileName = nameOf(options, format, place?.part);
	const binary = await writeBinary(ctx, buffers(sound), { fileName, mimeType });
	return {
		json: {
			model: settings.model,
			voice: settings.voice,
			filename: fileName,
			mime_type: mimeType,
			characters: text.length,
			...(place && { ...place, complete: true, text }),
		},
		binary: { [field]: binary },
		pairedItem: { item: itemIndex },
	};
}

function readSettings(
	ctx: IExecuteFunctions,
	itemIndex: number,
	connection: Connection,
	{ responseFormat, instructions, speed }: IDataObject,
): SpeechSettings {
	const voice = plainText(ctx.getNodeParameter('voice', itemIndex));
	return {
		model: usableModel(ctx, itemIndex, connection, { name: 'model', kind: 'speech' }),
		voice:
			voice === 'other' ? plainText(ctx.getNodeParameter('customVoice', itemIndex)).trim() : voice,
		format: responseFormat ? (responseFormat as SpeechFormat) : undefined,
		instructions: plainText(instructions) || undefined,
		speed: (speed ?? '') === '' ? undefined : Number(speed),
	};
}

function nameOf({ fileName }: IDataObject, format: SpeechFormat, part?: number): string {
	const name = String(fileName ?? '').trim() || 'speech';
	return `${name}${part === undefined ? '' : `_${part}`}.${format}`;
}

async function* buffers(sound: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
	for await (const chunk of sound) yield Buffer.from(chunk);
}
