import type { IDataObject } from 'n8n-workflow';

import {
	translate as send,
	type Translation,
	type TranslationSettings,
} from '../../../../lib/openai/toolbox/translations';
import type { OperationHandler } from '../../../shared/router';
import { usableModel } from '../usableModel';

import { transcriptItem, transcriptJson } from './output';
import { readAudio, readSpeechHints } from './parameters';

export const translate: OperationHandler = async (ctx, itemIndex, connection) => {
	const { provider, surroundings, transport } = connection;
	const route = ctx.getNodeParameter('endpoint', itemIndex) as TranslationSettings['route'];
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const settings: TranslationSettings = {
		route,
		model: usableModel(ctx, itemIndex, connection, { name: 'model', kind: 'transcription' }),
		chatModel:
			route === 'translations'
				? ''
				: usableModel(ctx, itemIndex, connection, { name: 'chatModel', kind: 'chat' }),
		format: ctx.getNodeParameter('responseFormat', itemIndex) as TranslationSettings['format'],
		...readSpeechHints(options),
	};
	const file = await readAudio(ctx, itemIndex, provider);
	const translation = await send(transport, file, settings, {
		provider,
		now: surroundings.now(),
	});
	const simplify = ctx.getNodeParameter('simplify', itemIndex, true) as boolean;
	const json = translationJson(translation, settings, simplify);
	return [await transcriptItem(ctx, itemIndex, { json, file, text: translation.text })];
};

function translationJson(
	translation: Translation,
	{ model, chatModel }: TranslationSettings,
	simplify: boolean,
): IDataObject {
	const { via, note, original, chatUsage, text } = translation;
	if (!original) return { ...transcriptJson(translation, model, simplify), via };
	const { text: said, model: _model, ...more } = transcriptJson(original, model, true);
	return {
		text,
		via,
		...(note && { note }),
		original_text: said,
		model,
		chat_model: chatModel,
		...(simplify ? more : { transcription: original.raw, chat: translation.raw }),
		...(simplify && chatUsage !== undefined && { chat_usage: chatUsage }),
	} as IDataObject;
}
