import type { ConnectionFields } from '../connection';

import { azureDialect } from './azure';
import { fireworksDialect } from './fireworks';
import { liteLlmDialect } from './liteLlm';
import { llMarinerDialect } from './llMariner';
import { localAiDialect } from './localAi';
import { nebiusDialect } from './nebius';
import { opeaDialect } from './opea';
import { openAiDialect } from './openai';
import { otherDialect } from './other';
import { portkeyDialect } from './portkey';
import { telnyxDialect } from './telnyx';
import { togetherDialect } from './together';
import type { Dialect } from './types';

/** Each provider of the credential. A dialect that depends on further fields of the credential is made from them. */
const DIALECTS: Readonly<Record<string, (fields: ConnectionFields) => Dialect>> = {
	azureOpenAi: () => azureDialect,
	fireworks: fireworksDialect,
	liteLlm: liteLlmDialect,
	llMariner: () => llMarinerDialect,
	localAi: () => localAiDialect,
	nebius: () => nebiusDialect,
	opea: () => opeaDialect,
	openAi: () => openAiDialect,
	other: otherDialect,
	portkey: portkeyDialect,
	sandbox: () => openAiDialect,
	telnyx: () => telnyxDialect,
	together: () => togetherDialect,
};

/**
 * The one place where a provider gets its dialect. A server that is not known speaks OpenAI's.
 *
 * @param fields - of the credential, where there is one.
 * @throws SettingError for fields of the credential that cannot be used.
 */
export function dialectOf(provider: string, fields: ConnectionFields = {}): Dialect {
	return Object.hasOwn(DIALECTS, provider) ? DIALECTS[provider](fields) : openAiDialect;
}
