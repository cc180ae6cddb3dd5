import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { plainText } from '../../../../lib/openai/chat/json';
import type { ImagePrompt, ImageSettings } from '../../../../lib/openai/toolbox/images';
import type { Connection } from '../../../shared/transport';
import { usableModel } from '../usableModel';

/** What the item asks for; options that are not set stay absent. */
export function readImagePrompt(
	ctx: IExecuteFunctions,
	itemIndex: number,
	connection: Connection,
): ImagePrompt {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	return {
		model: usableModel(ctx, itemIndex, connection, { name: 'model', kind: 'image' }),
		prompt: plainText(ctx.getNodeParameter('prompt', itemIndex)),
		...imageSettings(options),
	};
}

function imageSettings(options: IDataObject): ImageSettings {
	const text = <T extends string>(name: string) =>
		String(options[name] ?? '').trim() === '' ? undefined : (String(options[name]).trim() as T);
	const number = (name: string) =>
		(options[name] ?? '') === '' ? undefined : Number(options[name]);
	const all: ImageSettings = {
		background: text('background'),
		complexity: text('complexity'),
		frame_count: number('frameCount'),
		frame_duration_ms: number('frameDurationMs'),
		input_fidelity: text('inputFidelity'),
		moderation: text('moderation'),
		n: number('n'),
		output_compression: number('outputCompression'),
		output_format: text('outputFormat'),
		quality: text<NonNullable<ImageSettings['quality']>>('quality'),
		response_format: text('responseFormat'),
		safety_identifier: text('safetyIdentifier'),
		size: text('size'),
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
