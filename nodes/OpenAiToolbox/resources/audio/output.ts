import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { LocalFile } from '../../../../lib/openai/files';
import type {
	Transcript,
	TranscriptionSegment,
} from '../../../../lib/openai/toolbox/transcriptions';

const FILE_TYPES = new Map([
	['srt', 'application/x-subrip'],
	['text', 'text/plain'],
	['vtt', 'text/vtt'],
]);

/** What a transcript comes to in an item: always `text`, the rest as far as the server tells it. */
export function transcriptJson(
	transcript: Transcript,
	model: string,
	simplify: boolean,
): IDataObject {
	const { raw, segments, ...known } = transcript;
	if (!simplify) {
		const answer = typeof raw === 'object' ? raw : { text: raw };
		return { ...(answer as IDataObject), model };
	}
	const { text, languages, duration, words, logprobs, usage } = known;
	return {
		text,
		model,
		...(languages && { languages }),
		...(duration !== undefined && { duration }),
		...(segments && { segments: segments.map(simpleSegment) }),
		...(words && { words }),
		...(logprobs && { logprobs }),
		...(usage !== undefined && { usage }),
	} as IDataObject;
}

/** The item of a transcript, with its text as a file where that is asked for. */
export async function transcriptItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ json, file, text }: { json: IDataObject; file: LocalFile; text: string },
): Promise<INodeExecutionData> {
	const item: INodeExecutionData = { json, pairedItem: { item: itemIndex } };
	const format = ctx.getNodeParameter('responseFormat', itemIndex) as string;
	const mimeType = FILE_TYPES.get(format);
	if (!mimeType || ctx.getNodeParameter('outputFile', itemIndex, false) !== true) return item;
	const field = ctx.getNodeParameter('outputField', itemIndex) as string;
	const name = `${file.fileName.replace(/\.[^.]{1,8}$/, '')}.${format === 'text' ? 'txt' : format}`;
	const binary = await ctx.helpers.prepareBinaryData(Buffer.from(text), name, mimeType);
	return { ...item, binary: { [field]: binary } };
}

function simpleSegment({ speaker, start, end, text }: TranscriptionSegment): IDataObject {
	return {
		...(speaker !== undefined && { speaker }),
		start: start ?? null,
		end: end ?? null,
		text: typeof text === 'string' ? text.trim() : null,
	};
}
