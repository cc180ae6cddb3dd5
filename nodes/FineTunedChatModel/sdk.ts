import { SettingError } from '../../lib/openai/settingError';

export type Sdk = typeof import('@n8n/ai-node-sdk');

/**
 * n8n brings the SDK along. It is loaded only when the model is used, so that an n8n without it still loads the other
 * nodes of the package.
 *
 * @throws SettingError when this n8n does not have it
 */
export async function loadSdk(): Promise<Sdk> {
	const sdk = await import('@n8n/ai-node-sdk').catch(() => undefined);
	if (sdk) return sdk;
	throw new SettingError(
		'This n8n is too old for the Fine-Tuned Chat Model',
		'Update n8n to a version that brings @n8n/ai-node-sdk along (2.41 does). Until then Fine-Tuned Chat asks the same models, also as a tool of an AI Agent.',
	);
}
