/** One base URL from what a user picked and typed. */
import { SettingError } from './settingError';

export type Provider =
	| 'azureOpenAi'
	| 'fireworks'
	| 'liteLlm'
	| 'llMariner'
	| 'localAi'
	| 'nebius'
	| 'opea'
	| 'openAi'
	| 'other'
	| 'portkey'
	| 'sandbox'
	| 'telnyx'
	| 'together';

/** Used where the credential's field is left empty. Azure, LLMariner and Other have no common address. */
export const PRESET_BASE_URLS: Partial<Record<Provider, string>> = {
	fireworks: 'https://api.fireworks.ai/inference/v1',
	liteLlm: 'http://localhost:4000/v1',
	localAi: 'http://localhost:8080/v1',
	nebius: 'https://api.tokenfactory.nebius.com/v1',
	opea: 'http://localhost:8015/v1',
	openAi: 'https://api.openai.com/v1',
	portkey: 'https://api.portkey.ai/v1',
	sandbox: 'http://127.0.0.1:8787/v1',
	telnyx: 'https://api.telnyx.com/v2/ai',
	together: 'https://api.together.xyz/v1',
};

/**
 * Without trailing slash, and with the version segment that a copied address often lacks: `/v1` is added to a bare
 * host, `/openai/v1` to an Azure one. A path of the user's own is left alone. An endpoint that was copied with it
 * (`/chat/completions`, `/models`, …) is cut off.
 *
 * @throws SettingError when there is no address or it is no http(s) URL.
 */
export function normalizeBaseUrl(provider: string, typed: string | undefined): string {
	const text = typed?.trim() || presetOf(provider);
	if (!text) {
		throw new SettingError(
			"'Base URL' is empty",
			'Enter the address of the API in the credential, e.g. https://my-resource.openai.azure.com/openai/v1 for Azure OpenAI.',
		);
	}
	const url = parse(text);
	const path = url.pathname
		.replace(/\/{2,}/g, '/')
		.replace(
			/\/(chat\/completions|completions|responses|models|files|fine_tuning(\/jobs)?)\/?$/,
			'',
		)
		.replace(/\/$/, '');
	return `${url.origin}${withVersion(provider, url.hostname, path)}`;
}

function presetOf(provider: string): string | undefined {
	return Object.hasOwn(PRESET_BASE_URLS, provider)
		? PRESET_BASE_URLS[provider as Provider]
		: undefined;
}

function withVersion(provider: string, host: string, path: string): string {
	const azure = provider === 'azureOpenAi' || host.endsWith('.openai.azure.com');
	if (azure && (path === '' || path === '/openai')) return '/openai/v1';
	return path === '' ? '/v1' : path;
}

function parse(text: string): URL {
	// "localhost:8787" would parse as a URL of the scheme "localhost:".
	const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
		? text
		: `${defaultScheme(text)}://${text}`;
	const url = tryParse(withScheme);
	if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || !url.hostname) {
		throw new SettingError(
			`'Base URL' is not a web address: ${text.slice(0, 100)}`,
			'Enter an address that starts with https:// (or http:// for a server of your own), e.g. https://api.openai.com/v1.',
		);
	}
	if (url.username || url.password) {
		throw new SettingError(
			"'Base URL' contains a user name or password",
			"Remove the part before the @, and enter what it holds as 'API Key' or under 'Extra Headers'.",
		);
	}
	return url;
}

function tryParse(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

function defaultScheme(text: string): string {
	return /^(localhost|127\.|\[::1\]|host\.docker\.internal)/i.test(text) ? 'http' : 'https';
}
