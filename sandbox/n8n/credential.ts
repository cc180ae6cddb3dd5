import { SANDBOX_API_KEY } from './openAiSandbox';
import type { CredentialBody } from './rest';

/** The name that n8n itself proposes: workflow files refer to the credential by it. */
export const CREDENTIAL_NAME = 'OpenAI Fine-Tuning account';
export const CREDENTIAL_TYPE = 'openAiFineTuningApi';

export function sandboxCredential(sandboxUrl: string): CredentialBody {
	return credential({
		provider: 'sandbox',
		baseUrl: `${sandboxUrl}/v1`,
		apiKey: SANDBOX_API_KEY,
	});
}

export function openAiCredential(apiKey: string): CredentialBody {
	return credential({ provider: 'openAi', baseUrl: 'https://api.openai.com/v1', apiKey });
}

export function credential(data: Record<string, unknown>): CredentialBody {
	return { name: CREDENTIAL_NAME, type: CREDENTIAL_TYPE, data };
}
