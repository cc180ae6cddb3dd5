import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { authenticationHeaders, type ConnectionFields } from '../lib/openai/connection';

// n8n's credential form fills a field once, with the default of the first property of its name, and does not change
// it when another provider is picked. So the field stays empty, the address of each preset is shown as placeholder,
// and an empty field means that address (lib/openai/baseUrl.ts).
export class OpenAiFineTuningApi implements ICredentialType {
	name = 'openAiFineTuningApi';

	displayName = 'OpenAI Fine-Tuning API';

	icon: Icon = {
		light: 'file:../icons/fine-tuning.svg',
		dark: 'file:../icons/fine-tuning.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-fine-tuning/n8n-nodes-fine-tuning#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Provider',
			name: 'provider',
			type: 'options',
			options: [
				{ name: 'Azure OpenAI', value: 'azureOpenAi' },
				{ name: 'LiteLLM Proxy', value: 'liteLlm' },
				{ name: 'Nebius Token Factory', value: 'nebius' },
				{ name: 'OpenAI', value: 'openAi' },
				{ name: 'Other (OpenAI-Compatible)', value: 'other' },
				{ name: 'Sandbox', value: 'sandbox' },
				{ name: 'Together AI', value: 'together' },
			],
			default: 'openAi',
			description: 'The service that trains and serves the models',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { provider: ['openAi'] } },
			default: '',
			placeholder: 'https://api.openai.com/v1',
			description: 'Leave empty for https://api.openai.com/v1',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { provider: ['azureOpenAi'] } },
			default: '',
			required: true,
			placeholder: 'https://my-resource.openai.azure.com/openai/v1',
			description:
				'Address of the Azure OpenAI or Foundry resource. The path /openai/v1 is added where it is missing.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { provider: ['liteLlm'] } },
			default: '',
			placeholder: 'http://localhost:4000/v1',
			description: 'Address of the proxy. Leave empty for http://localhost:4000/v1.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { provider: ['nebius'] } },
			default: '',
			placeholder: 'https://api.tokenfactory.nebius.com/v1',
			description: 'Leave empty for https://api.tokenfactory.nebius.com/v1',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { provider: ['together'] } },
			default: '',
			placeholder: 'https://api.together.xyz/v1',
			description: 'Leave empty for https://api.together.xyz/v1',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { provider: ['sandbox'] } },
			default: '',
			placeholder: 'http://127.0.0.1:8787/v1',
			description:
				'Address of the stand-in server that comes with this project. Leave empty for http://127.0.0.1:8787/v1.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { provider: ['other'] } },
			default: '',
			required: true,
			placeholder: 'e.g. https://llm.example.com/v1',
			description:
				'Address of the API up to and including the version. The path /v1 is added to a bare host name.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'API Key Header',
					value: 'apiKeyHeader',
					description: 'Send the key in the header api-key, as Azure OpenAI documents it',
				},
				{
					name: 'Bearer Token',
					value: 'bearer',
					description: 'Send the key in the header Authorization. OpenAI and most others.',
				},
				{
					name: 'None',
					value: 'none',
					description:
						'Send no key, for a server that asks for none or takes it in an extra header',
				},
			],
			default: 'bearer',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { authentication: ['bearer', 'apiKeyHeader'] } },
			default: '',
			required: true,
		},
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			displayOptions: { show: { provider: ['openAi', 'liteLlm', 'sandbox', 'other'] } },
			default: '',
			placeholder: 'e.g. org-…',
			description:
				'For keys that belong to several organizations. Sent in the header OpenAI-Organization.',
		},
		{
			displayName: 'Project ID',
			name: 'projectId',
			type: 'string',
			displayOptions: { show: { provider: ['openAi', 'liteLlm', 'sandbox', 'other'] } },
			default: '',
			placeholder: 'e.g. proj_…',
			description:
				'For keys that reach several projects. Files, jobs and models belong to one project. Sent in the header OpenAI-Project.',
		},
		{
			displayName: 'Extra Headers',
			name: 'headers',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Header',
			description:
				'Sent with every request, e.g. for a gateway. They replace headers of the same name.',
			options: [
				{
					displayName: 'Header',
					name: 'values',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. x-portkey-provider',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							typeOptions: { password: true },
							default: '',
						},
					],
				},
			],
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSigningSecret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { provider: ['openAi', 'sandbox', 'other'] } },
			default: '',
			placeholder: 'e.g. whsec_…',
			description: 'Checks that webhook events come from the provider. Only needed for webhooks.',
		},
		{
			displayName: 'Admin API Key',
			name: 'adminApiKey',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { provider: ['openAi', 'sandbox', 'other'] } },
			default: '',
			placeholder: 'e.g. sk-admin-…',
			description: 'Only needed for the operations on checkpoint permissions',
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const headers = authenticationHeaders(credentials as ConnectionFields);
		return { ...requestOptions, headers: { ...requestOptions.headers, ...headers } };
	}
}
