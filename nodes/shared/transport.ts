/** The connection to an OpenAI-compatible server, from the credential of one item. */
import type { IDataObject } from 'n8n-workflow';

import { scrubber } from '../../lib/http/scrub';
import type { Surroundings, Transport } from '../../lib/http/types';
import {
	authenticationHeaders,
	baseUrlOf,
	type ConnectionFields,
	secretsOf,
} from '../../lib/openai/connection';
import { dialectOf } from '../../lib/openai/dialects';
import { speak } from '../../lib/openai/dialects/speak';
import type { Dialect } from '../../lib/openai/dialects/types';
import { answerError } from '../../lib/openai/errors';

import { createHttp, type HttpContext, surroundingsOf } from './http';

export const CREDENTIAL = 'openAiFineTuningApi';

export interface Connection {
	/** Takes OpenAI's requests and gives OpenAI's answers, whatever server is behind it. */
	transport: Transport;
	dialect: Dialect;
	surroundings: Surroundings;
	/** As chosen in the credential, e.g. `openAi`. */
	provider: string;
	baseUrl: string;
	hasAdminKey: boolean;
	/** Takes the credential's values out of a text. */
	scrub: (text: string) => string;
}

/**
 * A connection with the credential of one item.
 *
 * @throws SettingError when the credential cannot be used as it is.
 */
export async function createTransport(ctx: HttpContext, itemIndex = 0): Promise<Connection> {
	const fields = await ctx.getCredentials<ConnectionFields & IDataObject>(CREDENTIAL, itemIndex);
	const { provider = 'openAi' } = fields;
	const baseUrl = baseUrlOf(fields);
	// Checked here, because n8n would wrap what `authenticate` throws.
	authenticationHeaders(fields);
	const scrub = scrubber(secretsOf(fields));
	const dialect = dialectOf(provider, fields);
	const send = createHttp(ctx, {
		credential: CREDENTIAL,
		baseUrl,
		scrub,
		answerError,
		data: ({ admin }) => (admin ? asAdmin(fields) : { ...fields }),
	});
	return {
		transport: speak(dialect, send),
		dialect,
		surroundings: surroundingsOf(ctx),
		provider,
		baseUrl,
		hasAdminKey: Boolean(fields.adminApiKey?.trim()),
		scrub,
	};
}

function asAdmin(fields: ConnectionFields & IDataObject): IDataObject {
	return fields.adminApiKey?.trim() ? { ...fields, apiKey: fields.adminApiKey } : { ...fields };
}
