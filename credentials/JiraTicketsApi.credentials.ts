import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { jiraConnection, type JiraFieldsOfCredential } from '../lib/tickets/jira/connection';

export class JiraTicketsApi implements ICredentialType {
	name = 'jiraTicketsApi';

	displayName = 'Jira Tickets API';

	icon: Icon = {
		light: 'file:../icons/jira-tickets.svg',
		dark: 'file:../icons/jira-tickets.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-fine-tuning/n8n-nodes-fine-tuning/blob/main/docs/jira.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Deployment',
			name: 'deployment',
			type: 'options',
			options: [
				{
					name: 'Cloud',
					value: 'cloud',
					description: 'Jira or Jira Service Management at an address like acme.atlassian.net',
				},
				{
					name: 'Data Center',
					value: 'dataCenter',
					description: 'Jira on servers of your own, also the former Jira Server',
				},
			],
			default: 'cloud',
		},
		{
			displayName: 'Site URL',
			name: 'siteUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://acme.atlassian.net',
			description:
				'Address of Jira itself. For Data Center with its context path where there is one, e.g. https://tools.acme.com/jira.',
		},
		{
			displayName: 'Token Kind',
			name: 'accessKind',
			type: 'options',
			displayOptions: { show: { deployment: ['cloud'] } },
			options: [
				{
					name: 'API Token',
					value: 'classic',
					description: 'A token without scopes. It may do all that its owner may.',
				},
				{
					name: 'API Token With Scopes',
					value: 'scoped',
					description:
						'A token with scopes, or one of a service account. It needs read:jira-work and read:jira-user.',
				},
			],
			default: 'classic',
		},
		{
			displayName: 'E-Mail',
			name: 'email',
			type: 'string',
			displayOptions: { show: { deployment: ['cloud'] } },
			default: '',
			placeholder: 'e.g. name@email.com',
			description:
				'Of the Atlassian account that the token belongs to. Leave empty for a service account.',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { deployment: ['cloud'] } },
			default: '',
			required: true,
			description:
				'From the security settings of the Atlassian account, under API tokens. It lives for a year at most.',
		},
		{
			displayName: 'Cloud ID',
			name: 'cloudId',
			type: 'string',
			displayOptions: { show: { deployment: ['cloud'], accessKind: ['scoped'] } },
			default: '',
			placeholder: 'e.g. 1f2e3d4c-5b6a-7988-a7b6-c5d4e3f2a1b0',
			description: 'Leave empty to have it found by the site URL',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			displayOptions: { show: { deployment: ['dataCenter'] } },
			options: [
				{ name: 'Personal Access Token', value: 'personalAccessToken' },
				{ name: 'User and Password', value: 'basic' },
			],
			default: 'personalAccessToken',
		},
		{
			displayName: 'Personal Access Token',
			name: 'personalAccessToken',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: {
				show: { deployment: ['dataCenter'], authentication: ['personalAccessToken'] },
			},
			default: '',
			required: true,
			description: 'From your profile in Jira, under Personal Access Tokens',
		},
		{
			displayName: 'User',
			name: 'username',
			type: 'string',
			displayOptions: { show: { deployment: ['dataCenter'], authentication: ['basic'] } },
			default: '',
			required: true,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { deployment: ['dataCenter'], authentication: ['basic'] } },
			default: '',
			required: true,
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			displayOptions: { show: { deployment: ['dataCenter'] } },
			default: false,
			description: 'Whether to connect even if the certificate of the server cannot be checked',
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { headers } = jiraConnection(credentials as JiraFieldsOfCredential);
		return { ...requestOptions, headers: { ...requestOptions.headers, ...headers } };
	}
}
