import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

// n8n evaluates this in its OAuth pages, where no code of the package runs: `acme` and the address of any page of the
// instance become its origin. Plain http is for this machine only.
const ORIGIN = [
	'{{ ($self["instanceUrl"] || "").trim()',
	'.replace(/^(?!https?:\\/\\/)(?=.)/i, "https://")',
	'.replace(/^http:\\/\\/(?!(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\])(:\\d+)?(\\/|$))/i, "https://")',
	'.replace(/^(https:\\/\\/[a-z0-9-]+)\\/*$/i, "$1.service-now.com")',
	'.replace(/^(https?:\\/\\/[^\\/?#]*)\\/(now|sp|esc|csm|kb|api|nav|[\\w$]+\\.do)(\\/.*|[?#].*)?$/i, "$1")',
	'.replace(/\\/+$/, "") }}',
].join('');

export class ServiceNowTicketsOAuth2Api implements ICredentialType {
	name = 'serviceNowTicketsOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'ServiceNow Tickets OAuth2 API';

	icon: Icon = {
		light: 'file:../icons/service-now-tickets.svg',
		dark: 'file:../icons/service-now-tickets.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-fine-tuning/n8n-nodes-fine-tuning/blob/main/docs/servicenow.md#oauth2';

	properties: INodeProperties[] = [
		{
			displayName: 'Instance URL',
			name: 'instanceUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://acme.service-now.com',
			description:
				'Full address of the instance, also one with a domain of your own, of a government cloud or in your own data centre',
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'options',
			options: [
				{
					name: 'Authorization Code',
					value: 'authorizationCode',
					description: 'n8n acts as the user who connects',
				},
				{
					name: 'Client Credentials',
					value: 'clientCredentials',
					description: 'n8n acts as the OAuth application user. Washington DC and later.',
				},
			],
			default: 'authorizationCode',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `=${ORIGIN}/oauth_auth.do`,
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `=${ORIGIN}/oauth_token.do`,
			required: true,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: 'useraccount',
			description:
				"The default gives all that the user may do. Enter the application's own scope where it has one.",
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
