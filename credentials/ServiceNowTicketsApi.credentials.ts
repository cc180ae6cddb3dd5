import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { loginHeaders, type ServiceNowLogin } from '../lib/tickets/serviceNow/connection';

export class ServiceNowTicketsApi implements ICredentialType {
	name = 'serviceNowTicketsApi';

	displayName = 'ServiceNow Tickets API';

	icon: Icon = {
		light: 'file:../icons/service-now-tickets.svg',
		dark: 'file:../icons/service-now-tickets.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-fine-tuning/n8n-nodes-fine-tuning/blob/main/docs/servicenow.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Instance URL',
			name: 'instanceUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://acme.service-now.com',
			description:
				'Address of the instance, also one with a domain of your own, of a government cloud or in your own data centre',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'API Key',
					value: 'apiKey',
					description: 'A REST API key, sent in the header x-sn-apikey. Washington DC and later.',
				},
				{
					name: 'User and Password',
					value: 'basicAuth',
					description: 'A user of the instance, best one that is only for integrations',
				},
			],
			default: 'basicAuth',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			displayOptions: { show: { authentication: ['basicAuth'] } },
			default: '',
			required: true,
			placeholder: 'e.g. n8n.reader',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { authentication: ['basicAuth'] } },
			default: '',
			required: true,
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { authentication: ['apiKey'] } },
			default: '',
			required: true,
			description: 'The token of the REST API key record',
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return {
			...requestOptions,
			headers: { ...requestOptions.headers, ...loginHeaders(credentials as ServiceNowLogin) },
		};
	}
}
