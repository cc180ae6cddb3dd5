import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

// n8n evaluates these in its OAuth pages, where no code of the package runs: `acme`, `acme.zendesk.com` and
// `https://acme.zendesk.com/agent` all become `https://acme.zendesk.com`. Plain http is for this machine only.
const SITE = [
	'($self["subdomain"] || "").trim()',
	'.replace(/^(?!https?:\\/\\/)/i, "https://")',
	'.replace(/^http:\\/\\/(?!(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\])(:\\d+)?(\\/|$))/i, "https://")',
	'.replace(/^(https:\\/\\/[a-z0-9-]+)\\/*$/i, "$1.zendesk.com")',
	'.replace(/^(https?:\\/\\/[^\\/?#]*).*$/i, "$1")',
].join('');

export class ZendeskTicketsOAuth2Api implements ICredentialType {
	name = 'zendeskTicketsOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Zendesk Tickets OAuth2 API';

	icon: Icon = {
		light: 'file:../icons/zendesk-tickets.svg',
		dark: 'file:../icons/zendesk-tickets.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-fine-tuning/n8n-nodes-fine-tuning/blob/main/docs/zendesk.md#oauth2';

	properties: INodeProperties[] = [
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
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'options',
			options: [
				{
					name: 'Authorization Code',
					value: 'authorizationCode',
					description: 'Somebody signs in once, and tickets are read in their name',
				},
				{
					name: 'Client Credentials',
					value: 'clientCredentials',
					description:
						'Nobody signs in: tickets are read in the name of the user who made the OAuth client, which must be a confidential one',
				},
			],
			default: 'authorizationCode',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: "'Identifier' of the OAuth client in Zendesk's Admin Center",
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `={{ ${SITE} + "/oauth/authorizations/new" }}`,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ ${SITE} + "/oauth/tokens" }}`,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: 'read',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
	];
}
