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
				{ name: 'Fireworks AI', value: 'fireworks' },
				{ name: 'LiteLLM Proxy', value: 'liteLlm' },
				{ name: 'LLMariner (Self-Hosted)', value: 'llMariner' },
				{ name: 'LocalAI (Self-Hosted)', value: 'localAi' },
				{ name: 'Nebius Token Factory', value: 'nebius' },
				{ name: 'OPEA (Self-Hosted)', value: 'opea' },
				{ name: 'OpenAI', value: 'openAi' },
				{ name: 'Other (OpenAI-Compatible)', value: 'other' },
				{ name: 'Portkey Gateway', value: 'portkey' },
				{ name: 'Sandbox', value: 'sandbox' },
				{ name: 'Telnyx', value: 'telnyx' },
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
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { provider: ['fireworks'] } },
			default: '',
			placeholder: 'https://api.fireworks.ai/inference/v1',
			description: 'Leave empty for https://api.fireworks.ai/inference/v1',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { provider: ['llMariner'] } },
			default: '',
			required: true,
			placeholder: 'e.g. https://api.llm.example.com/v1',
			description: 'Address of the API of the cluster. The path /v1 is added to a bare host name.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { provider: ['localAi'] } },
			default: '',
			placeholder: 'http://localhost:8080/v1',
			description: 'Address of the server. Leave empty for http://localhost:8080/v1.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { provider: ['opea'] } },
			default: '',
			placeholder: 'http://localhost:8015/v1',
			description: 'Address of the fine-tuning service. Leave empty for http://localhost:8015/v1.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { provider: ['portkey'] } },
			default: '',
			placeholder: 'https://api.portkey.ai/v1',
			description:
				'Leave empty for https://api.portkey.ai/v1, or enter the address of a gateway of your own, e.g. http://localhost:8787/v1',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { provider: ['telnyx'] } },
			default: '',
			placeholder: 'https://api.telnyx.com/v2/ai',
			description: 'Leave empty for https://api.telnyx.com/v2/ai',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			displayOptions: { show: { provider: ['fireworks'] } },
			default: '',
			required: true,
			placeholder: 'e.g. my-account',
			description: 'The Fireworks account that datasets, jobs and models belong to',
		},
		{
			displayName: 'Provider Behind the Proxy',
			name: 'customLlmProvider',
			type: 'string',
			displayOptions: { show: { provider: ['liteLlm'] } },
			default: '',
			placeholder: 'e.g. openai, azure or vertex_ai',
			description:
				"Sent as custom_llm_provider with every request for files and jobs. Leave it empty for managed files, and name the model under 'Extra Query Fields (JSON)'.",
		},
		{
			displayName: 'Provider Behind the Gateway',
			name: 'portkeyProvider',
			type: 'string',
			displayOptions: { show: { provider: ['portkey'] } },
			default: '',
			placeholder: 'e.g. openai, azure-openai or @my-provider',
			description:
				'Sent in the header x-portkey-provider. Events and checkpoints exist for openai only: in front of all others the gateway would answer with the job itself.',
		},
		{
			displayName: 'Portkey API Key',
			name: 'portkeyApiKey',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { provider: ['portkey'] } },
			default: '',
			description:
				"Sent in the header x-portkey-api-key. Not needed for a gateway of your own. 'API Key' is then the key of the provider behind it.",
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
			displayName: 'Hyperparameter Placement',
			name: 'hyperparameterPlacement',
			type: 'options',
			displayOptions: { show: { provider: ['other'] } },
			options: [
				{ name: 'Both Places', value: 'both' },
				{
					name: 'Top Level',
					value: 'topLevel',
					description: 'In the field hyperparameters. Most compatible servers read only this one.',
				},
				{
					name: 'Under Method',
					value: 'method',
					description: "In the field method, as OpenAI's own API has it",
				},
			],
			default: 'method',
			description: 'Where the server reads the hyperparameters of a new job',
		},
		{
			displayName: 'Max Tokens Field',
			name: 'answerLimitField',
			type: 'options',
			displayOptions: { show: { provider: ['other'] } },
			options: [
				{
					name: 'Max Completion Tokens',
					value: 'max_completion_tokens',
					description: 'As the node asks: max_completion_tokens unless it says otherwise',
				},
				{
					name: 'Max Tokens',
					value: 'max_tokens',
					description: 'For servers that only know the older name: max_tokens',
				},
			],
			default: 'max_completion_tokens',
			description: 'Name of the limit of an answer in chat requests',
		},
		{
			displayName: 'Not Available',
			name: 'missing',
			type: 'multiOptions',
			displayOptions: { show: { provider: ['other'] } },
			options: [
				{ name: 'Checkpoints of a Job', value: 'checkpoints' },
				{ name: 'Deletion of Models', value: 'deleteModels' },
				{ name: 'Download of Files', value: 'downloadFiles' },
				{ name: 'Events of a Job', value: 'events' },
				{ name: 'Graders', value: 'graders' },
				{ name: 'List of Files', value: 'listFiles' },
				{ name: 'List of Models', value: 'listModels' },
				{ name: 'Metadata of Jobs', value: 'metadata' },
				{ name: 'Pause and Resume', value: 'pause' },
				{ name: 'Upload in Parts', value: 'uploads' },
			],
			default: [],
			description: 'What the server has not. Nodes do not offer it and never ask for it.',
		},
		{
			displayName: 'Status Words',
			name: 'statusWords',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			displayOptions: { show: { provider: ['other'] } },
			default: {},
			placeholder: 'Add Word',
			description:
				"The server's own words for the state of a job, where they differ from OpenAI's. Common ones such as completed, error and pending are understood as soon as one word is entered here.",
			options: [
				{
					displayName: 'Word',
					name: 'values',
					values: [
						{
							displayName: 'Word of the Server',
							name: 'word',
							type: 'string',
							default: '',
							placeholder: 'e.g. DONE',
						},
						{
							displayName: 'Status',
							name: 'status',
							type: 'options',
							options: [
								{ name: 'Cancelled', value: 'cancelled' },
								{ name: 'Failed', value: 'failed' },
								{ name: 'Paused', value: 'paused' },
								{ name: 'Queued', value: 'queued' },
								{ name: 'Running', value: 'running' },
								{ name: 'Succeeded', value: 'succeeded' },
								{ name: 'Validating Files', value: 'validating_files' },
							],
							default: 'succeeded',
						},
					],
				},
			],
		},
		{
			displayName: 'Tuned Model Field',
			name: 'modelField',
			type: 'string',
			displayOptions: { show: { provider: ['other'] } },
			default: '',
			placeholder: 'e.g. result.model_name',
			description:
				'Where a finished job names its model, with dots between levels. Leave empty for fine_tuned_model.',
		},
		{
			displayName: 'Extra Body Fields (JSON)',
			name: 'extraBody',
			type: 'json',
			displayOptions: { show: { provider: ['liteLlm', 'other', 'portkey'] } },
			default: '',
			placeholder: 'e.g. {"region": "eu"}',
			description: 'Fields that the server wants in every request for a new job',
		},
		{
			displayName: 'Extra Hyperparameters (JSON)',
			name: 'extraHyperparameters',
			type: 'json',
			displayOptions: { show: { provider: ['liteLlm', 'other', 'portkey'] } },
			default: '',
			placeholder: 'e.g. {"lora_r": 16}',
			description: 'Hyperparameters of every new job. Those of the node win.',
		},
		{
			displayName: 'Extra Query Fields (JSON)',
			name: 'extraQuery',
			type: 'json',
			displayOptions: { show: { provider: ['liteLlm', 'other', 'portkey'] } },
			default: '',
			placeholder: 'e.g. {"api-version": "preview"}',
			description: 'Fields that the server wants in the address of every request for jobs',
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
