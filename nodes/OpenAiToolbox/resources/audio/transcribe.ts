import { transcribe as send } from '../../../../lib/openai/toolbox/transcriptions';
import type { OperationHandler } from '../../../shared/router';
import { usableModel } from '../usableModel';

import { transcriptItem, transcriptJson } from './output';
import { readAudio, readTranscription } from './parameters';

export const transcribe: OperationHandler = async (ctx, itemIndex, connection) => {
	const { provider, transport } = connection;
	const model = usableModel(ctx, itemIndex, connection, { name: 'model', kind: 'transcription' });
	const settings = await readTranscription(ctx, itemIndex, provider, model);
	const file = await readAudio(ctx, itemIndex, provider);
	const transcript = await send(transport, file, settings);
	const simplify = ctx.getNodeParameter('simplify', itemIndex, true) as boolean;
	const json = transcriptJson(transcript, model, simplify);
	return [await transcriptItem(ctx, itemIndex, { json, file, text: transcript.text })];
};
