import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { plainText } from '../../../../lib/openai/chat/json';
import { SettingError } from '../../../../lib/openai/settingError';
import {
	checkEmbedding,
	type EmbeddingInput,
	embeddingInput,
	type EmbeddingSettings,
} from '../../../../lib/openai/toolbox/embed';
import { readTexts } from '../../../../lib/openai/toolbox/textInputs';
import { type Connection, createTransport, CREDENTIAL } from '../../../shared/transport';
import { modelOf } from '../../shared/textModel';

/** What one input item asks for. */
export interface EmbeddingRequest {
	itemIndex: number;
	inputs: EmbeddingInput[];
	settings: EmbeddingSettings;
	connection: Connection;
	/** The same for items whose texts may go in one request. */
	group: string;
}

/** Reads and checks the parameters of an item; nothing is sent. */
export async function readRequest(
	ctx: IExecuteFunctions,
	itemIndex: number,
): Promise<EmbeddingRequest> {
	const connection = await createTransport(ctx, itemIndex);
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const user = plainText(options.user).trim();
	const settings: EmbeddingSettings = {
		model: modelOf(ctx, itemIndex, 'embedding', connection),
		dimensions: wholeNumber(options.dimensions, 'Dimensions'),
		encoding: ctx.getNodeParameter('outputAs', itemIndex) === 'array' ? 'float' : 'base64',
		maxInputs: wholeNumber(options.maxInputs, 'Max Inputs per Request'),
		...(user ? { user } : {}),
	};
	const texts = readTexts(ctx.getNodeParameter('input', itemIndex, ''), 'Input');
	const inputs = texts.map(embeddingInput);
	checkEmbedding(inputs, settings);
	const credential = await ctx.getCredentials(CREDENTIAL, itemIndex);
	return {
		itemIndex,
		inputs,
		settings,
		connection,
		group: JSON.stringify([settings, credential]),
	};
}

function wholeNumber(value: unknown, setting: string): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const number = Number(value);
	if (Number.isSafeInteger(number) && number > 0) return number;
	throw new SettingError(
		`'${setting}' cannot be '${plainText(value).slice(0, 40)}'`,
		'Enter a whole number of at least 1, or remove the option.',
		setting,
	);
}
