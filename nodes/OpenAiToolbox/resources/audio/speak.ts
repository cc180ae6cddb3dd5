import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { plainText } from '../../../../lib/openai/chat/json';
import {
	speak as send,
	SPEECH_TYPES,
	speakableParts,
	type SpeechFormat,
	type SpeechSettings,
} from '../../../../lib/openai/toolbox/speech';
import { writeBinary } from '../../../shared/binary';
import type { OperationHandler } from '../../../shared/router';
import type { Connection } from '../../../shared/transport';
import { usableModel } from '../usableModel';

/** An item for each part of the text; one, unless a long text may be split. */
export const speak: OperationHandler = async (ctx, itemIndex, connection) => {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const settings = readSettings(ctx, itemIndex, connection, options);
	const text = plainText(ctx.getNodeParameter('text', itemIndex));
	const split = options.splitLongText === true ? speakableParts(text) : [];
	const parts = split.length > 1 ? split : [text];
	const items: INodeExecutionData[] = [];
	for (const [index, part] of parts.entries()) {
		const sound = await send(connection.transport, part, settings);
		const format = settings.format ?? 'mp3';
		const mimeType = SPEECH_TYPES[format] ?? 'application/octet-stream';
		const fileName = nameOf(options, format, parts.length > 1 ? index + 1 : undefined);
		const binary = await writeBinary(ctx, buffers(sound), { fileName, mimeType });
		const field = ctx.getNodeParameter('outputField', itemIndex) as string;
		items.push({
			json: {
				model: settings.model,
				voice: settings.voice,
				filename: fileName,
				mime_type: mimeType,
				characters: part.length,
				...(parts.length > 1 && { part: index + 1, parts: parts.length, text: part }),
			},
			binary: { [field]: binary },
			pairedItem: { item: itemIndex },
		});
	}
	return items;
};

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
