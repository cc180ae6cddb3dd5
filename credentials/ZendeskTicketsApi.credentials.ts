import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { apiTokenHeaders, type ZendeskConnectionFields } from '../lib/tickets/zendesk/connection';

export class ZendeskTicketsApi implements ICredentialType {
	name = 'zendeskTicketsApi';

	displayName = 'Zendesk Tickets API';

	icon: Icon = {
		light: 'file:../icons/zendesk-tickets.svg',
		dark: 'file:../icons/zendesk-tickets.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-fine-tuning/n8n-nodes-fine-tuning/blob/main/docs/zendesk.md#api-token';

	properties: INodeProperties[] = [
		{
			displayName:
				'Zendesk has let nobody make new API tokens since 2026-10-27, and turns all of them off on 2027-04-30. Use OAuth2 where you can.',
			name: 'retirementNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Subdomain',
			name: 'subdomain',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. acme',
			description:
				'The part before .zendesk.com in the address of your Zendesk, or the whole address',
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. agent@example.com',
			description: 'Address of the agent or administrator in whose name tickets are read',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const headers = apiTokenHeaders(credentials as ZendeskConnectionFields);
		return { ...requestOptions, headers: { ...requestOptions.headers, ...headers } };
	}
}
