import fc from 'fast-check';

import { normalizeBaseUrl } from '../../../lib/openai/baseUrl';
import { authenticationHeaders, baseUrlOf, secretsOf } from '../../../lib/openai/connection';
import { SettingError } from '../../../lib/openai/settingError';

describe('normalizeBaseUrl', () => {
	it.each([
		['openAi', '', 'https://api.openai.com/v1'],
		['openAi', undefined, 'https://api.openai.com/v1'],
		['nebius', ' ', 'https://api.tokenfactory.nebius.com/v1'],
		['together', '', 'https://api.together.xyz/v1'],
		['liteLlm', '', 'http://localhost:4000/v1'],
		['sandbox', '', 'http://127.0.0.1:8787/v1'],
		['openAi', 'https://api.openai.com', 'https://api.openai.com/v1'],
		['openAi', 'https://api.openai.com/', 'https://api.openai.com/v1'],
		['openAi', ' https://api.openai.com/v1/ ', 'https://api.openai.com/v1'],
		['openAi', 'https://api.openai.com/v1//', 'https://api.openai.com/v1'],
		['openAi', 'https://eu.api.openai.com/v1/chat/completions', 'https://eu.api.openai.com/v1'],
		['openAi', 'https://api.openai.com/v1/fine_tuning/jobs/', 'https://api.openai.com/v1'],
		['openAi', 'https://api.openai.com/models', 'https://api.openai.com/v1'],
		['openAi', 'api.openai.com/v1', 'https://api.openai.com/v1'],
		['other', 'localhost:8787', 'http://localhost:8787/v1'],
		['other', '127.0.0.1:8787/v1', 'http://127.0.0.1:8787/v1'],
		['other', 'https://api.telnyx.com/v2/ai', 'https://api.telnyx.com/v2/ai'],
		['other', 'https://gateway.example.com/openai/', 'https://gateway.example.com/openai'],
		['other', 'https://h.example.com/v1?api-version=1#x', 'https://h.example.com/v1'],
		['azureOpenAi', 'https://r.openai.azure.com', 'https://r.openai.azure.com/openai/v1'],
		['azureOpenAi', 'https://r.openai.azure.com/openai/', 'https://r.openai.azure.com/openai/v1'],
		['azureOpenAi', 'https://r.openai.azure.com/openai/v1', 'https://r.openai.azure.com/openai/v1'],
		['azureOpenAi', 'https://r.services.ai.azure.com', 'https://r.services.ai.azure.com/openai/v1'],
		['other', 'r.openai.azure.com', 'https://r.openai.azure.com/openai/v1'],
	])('%s %j -> %s', (provider, typed, expected) => {
		expect(normalizeBaseUrl(provider, typed)).toBe(expected);
	});

	it.each([
		['azureOpenAi', '', "'Base URL' is empty"],
		['other', undefined, "'Base URL' is empty"],
		['constructor', '', "'Base URL' is empty"],
		['openAi', 'ftp://api.openai.com', 'is not a web address'],
		['openAi', 'javascript:alert(1)', 'is not a web address'],
		['openAi', 'https://', 'is not a web address'],
		['openAi', 'two words', 'is not a web address'],
		['openAi', 'https://user:pass@api.openai.com', 'user name or password'],
	])('refuses %s %j', (provider, typed, message) => {
		expect(() => normalizeBaseUrl(provider, typed)).toThrow(SettingError);
		expect(() => normalizeBaseUrl(provider, typed)).toThrow(message);
	});

	it('gives an address without trailing slash that stays as it is, or refuses', () => {
		const typed = fc.oneof(
			fc.string(),
			fc.webUrl({ withQueryParameters: true }),
			fc.webUrl().map((url) => `${url}//`),
		);
		fc.assert(
			fc.property(typed, fc.constantFrom('openAi', 'azureOpenAi', 'other'), (text, provider) => {
				let once: string;
				try {
					once = normalizeBaseUrl(provider, text);
				} catch (error) {
					expect(error).toBeInstanceOf(SettingError);
					return;
				}
				expect(once).toMatch(/^https?:\/\/[^/]+\/.*[^/]$/);
				expect(normalizeBaseUrl(provider, once)).toBe(once);
			}),
		);
	});
});

describe('authenticationHeaders', () => {
	it.each([
		['bearer', { Authorization: 'Bearer sk-1' }],
		['apiKeyHeader', { 'api-key': 'sk-1' }],
		['none', {}],
		[undefined, { Authorization: 'Bearer sk-1' }],
	])('%s', (authentication, expected) => {
		expect(authenticationHeaders({ authentication, apiKey: ' sk-1\n' })).toEqual(expected);
	});

	it('adds organization, project and own headers, which win', () => {
		const headers = authenticationHeaders({
			apiKey: 'sk-1',
			organizationId: 'org-1',
			projectId: ' ',
			headers: {
				values: [
					{ name: 'authorization', value: 'Custom abc' },
					{ name: ' x-portkey-provider ', value: 'openai' },
					{ name: '', value: '' },
				],
			},
		});
		expect(headers).toEqual({
			Authorization: 'Custom abc',
			'OpenAI-Organization': 'org-1',
			'x-portkey-provider': 'openai',
		});
	});

	it.each([
		[{ apiKey: '' }, "no 'API Key'"],
		[{ authentication: 'apiKeyHeader' }, "no 'API Key'"],
		[{ apiKey: 'sk-“quoted”' }, "'API Key' of the credential holds a character"],
		[{ apiKey: 'sk-1\r\nX-Evil: 1' }, "'API Key' of the credential holds a character"],
		[{ apiKey: 'k', headers: { values: [{ name: 'a b', value: '1' }] } }, "'a b' cannot be used"],
		[{ apiKey: 'k', headers: { values: [{ name: 'Host', value: '1' }] } }, "'Host' cannot be used"],
		[{ apiKey: 'k', headers: { values: [{ value: 'v' }] } }, "'' cannot be used"],
	])('refuses %j without showing the value', (fields, message) => {
		expect(() => authenticationHeaders(fields)).toThrow(message);
		try {
			authenticationHeaders(fields);
		} catch (error) {
			const said = `${(error as SettingError).message} ${(error as SettingError).description}`;
			expect(said).not.toContain('sk-');
		}
	});

	it('lets nothing through that could start another header', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (name, value) => {
				const fields = { authentication: 'none', headers: { values: [{ name, value }] } };
				let headers: Record<string, string> = {};
				try {
					headers = authenticationHeaders(fields);
				} catch (error) {
					expect(error).toBeInstanceOf(SettingError);
				}
				// The platform's own judge.
				expect(() => new Headers(headers)).not.toThrow();
			}),
		);
	});
});

it('lists every secret', () => {
	expect(
		secretsOf({
			apiKey: 'a',
			adminApiKey: 'b',
			webhookSigningSecret: 'c',
			headers: { values: [{ name: 'x', value: 'd' }, {}] },
			projectId: 'p',
		}),
	).toEqual(['a', 'b', 'c', 'd']);
});

it('starts from OpenAI when the credential says nothing', () => {
	expect(baseUrlOf({})).toBe('https://api.openai.com/v1');
});
