/** What the fields of the credential mean for a request. */
import { normalizeBaseUrl } from './baseUrl';
import { assertTexts } from './credentialTexts';
import { SettingError } from './settingError';

/** The fields of the credential `openAiFineTuningApi`, as n8n hands them over: hidden ones are absent. */
export interface ConnectionFields {
	provider?: string;
	baseUrl?: string;
	authentication?: string;
	apiKey?: string;
	organizationId?: string;
	projectId?: string;
	headers?: { values?: Array<{ name?: string; value?: string }> };
	webhookSigningSecret?: string;
	adminApiKey?: string;
	/** Fireworks: the account that jobs and models belong to. */
	accountId?: string;
	/** LiteLLM: the provider behind the proxy, e.g. `azure`. */
	customLlmProvider?: string;
	/** Portkey: the provider behind the gateway, and the key of the gateway itself. */
	portkeyProvider?: string;
	portkeyApiKey?: string;
	/** JSON objects, as text or value. */
	extraBody?: string | object;
	extraQuery?: string | object;
	extraHyperparameters?: string | object;
	/** Other: how the server differs. */
	hyperparameterPlacement?: string;
	missing?: string[];
	statusWords?: { values?: Array<{ word?: string; status?: string }> };
	modelField?: string;
	answerLimitField?: string;
}

/** Every field that is typed as text, with the name it has in the credential. */
const TEXT_FIELDS = {
	provider: 'Provider',
	baseUrl: 'Base URL',
	apiKey: 'API Key',
	organizationId: 'Organization ID',
	projectId: 'Project ID',
	webhookSigningSecret: 'Webhook Signing Secret',
	adminApiKey: 'Admin API Key',
	accountId: 'Account ID',
	customLlmProvider: 'Provider Behind the Proxy',
	portkeyProvider: 'Provider Behind the Gateway',
	portkeyApiKey: 'Portkey API Key',
	modelField: 'Tuned Model Field',
};

/** https://datatracker.ietf.org/doc/html/rfc9110#section-5.6.2 */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Set by the client; a second value would corrupt the request. */
const RESERVED = new Set([
	'connection',
	'content-length',
	'content-type',
	'host',
	'transfer-encoding',
]);

/** @throws SettingError for what is no address, and for any field of the credential that has to be text and is none. */
export function baseUrlOf(fields: ConnectionFields): string {
	assertTexts(fields, TEXT_FIELDS);
	const { provider = 'openAi', baseUrl } = fields;
	return normalizeBaseUrl(provider, baseUrl);
}

/**
 * Headers that identify the caller. The user's own come last and win.
 *
 * @throws SettingError when a value cannot be sent as a header.
 */
export function authenticationHeaders(fields: ConnectionFields): Record<string, string> {
	assertTexts(fields, TEXT_FIELDS);
	const { authentication = 'bearer', organizationId, projectId } = fields;
	const headers: Record<string, string> = {};
	if (authentication === 'bearer') headers.Authorization = `Bearer ${apiKeyOf(fields)}`;
	if (authentication === 'apiKeyHeader') headers['api-key'] = apiKeyOf(fields);
	if (organizationId?.trim()) {
		headers['OpenAI-Organization'] = headerValue('Organization ID', organizationId);
	}
	if (projectId?.trim()) headers['OpenAI-Project'] = headerValue('Project ID', projectId);
	for (const [name, value] of portkeyHeaders(fields)) headers[name] = value;
	for (const [name, value] of extraHeaders(fields)) setHeader(headers, name, value);
	return headers;
}

/** Values that must never be shown. */
export function secretsOf(fields: ConnectionFields): string[] {
	const extra = (fields.headers?.values ?? []).map(({ value }) => value);
	const { apiKey, adminApiKey, portkeyApiKey, webhookSigningSecret } = fields;
	return [apiKey, adminApiKey, portkeyApiKey, webhookSigningSecret, ...extra].filter(
		(value): value is string => typeof value === 'string' && value !== '',
	);
}

function apiKeyOf({ apiKey }: ConnectionFields): string {
	if (!apiKey?.trim()) {
		throw new SettingError(
			"The credential has no 'API Key'",
			"Enter it in the credential, or set 'Authentication' to None for a server that asks for none.",
			'API Key',
		);
	}
	return headerValue('API Key', apiKey);
}

/** https://portkey.ai/docs/api-reference/inference-api/headers */
function portkeyHeaders({
	provider,
	portkeyProvider,
	portkeyApiKey,
}: ConnectionFields): Array<[string, string]> {
	if (provider !== 'portkey') return [];
	const upstream = portkeyProvider?.trim();
	const own = portkeyApiKey?.trim();
	return [
		...(upstream
			? [['x-portkey-provider', headerValue('Provider Behind', upstream)] as [string, string]]
			: []),
		...(own
			? [['x-portkey-api-key', headerValue('Portkey API Key', own)] as [string, string]]
			: []),
	];
}

function extraHeaders({ headers }: ConnectionFields): Array<[string, string]> {
	const extra: Array<[string, string]> = [];
	for (const row of headers?.values ?? []) {
		assertTexts(row, { name: 'Extra Headers: Name', value: 'Extra Headers: Value' });
		const { name: typed, value = '' } = row;
		const name = typed?.trim() ?? '';
		if (name === '' && value === '') continue;
		if (!HEADER_NAME.test(name) || RESERVED.has(name.toLowerCase())) {
			throw new SettingError(
				`'${name.slice(0, 50)}' cannot be used as the name of an extra header`,
				"Use letters, digits and hyphens under 'Extra Headers' of the credential, e.g. x-portkey-provider. Host, Content-Type and the like are set by n8n.",
				'Extra Headers',
			);
		}
		extra.push([name, headerValue(`Extra Headers: ${name}`, value)]);
	}
	return extra;
}

function headerValue(setting: string, value: string): string {
	const trimmed = value.trim();
	// Node refuses what is not printable; it would name the value in its message.
	if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(trimmed)) {
		throw new SettingError(
			`'${setting}' of the credential holds a character that cannot be sent`,
			'Copy it again without line breaks, typographic quotes or invisible characters.',
			setting,
		);
	}
	return trimmed;
}

function setHeader(headers: Record<string, string>, name: string, value: string): void {
	const present = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase());
	headers[present ?? name] = value;
}
