import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

// n8n evaluates these in its OAuth pages, where no code of the package runs. Plain http is for this machine only.
const DOMAIN = [
	'($self["myDomainUrl"] || "").trim()',
	'.replace(/^(?!https?:\\/\\/)(?=.)/i, "https://")',
	'.replace(/^http:\\/\\/(?!(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\])(:\\d+)?(\\/|$))/i, "https://")',
	'.replace(/^(https?:\\/\\/[^\\/?#]*).*$/i, "$1")',
].join('');
const LOGIN =
	'($self["environment"] === "sandbox" ? "https://test.salesforce.com" : "https://login.salesforce.com")';
const ORIGIN = `(${DOMAIN} || ${LOGIN})`;

export class SalesforceCasesOAuth2Api implements ICredentialType {
	name = 'salesforceCasesOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Salesforce Cases OAuth2 API';

	icon: Icon = {
		light: 'file:../icons/salesforce-cases.svg',
		dark: 'file:../icons/salesforce-cases.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-fine-tuning/n8n-nodes-fine-tuning/blob/main/docs/salesforce.md#the-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'options',
			options: [
				{
					name: 'Authorization Code (PKCE)',
					value: 'pkce',
					description: 'Somebody signs in once, and cases are read in their name',
				},
				{
					name: 'Client Credentials',
					value: 'clientCredentials',
					description:
						"Nobody signs in: cases are read as the user that the app is set to run as. Needs 'My Domain URL'.",
				},
			],
			default: 'pkce',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			displayOptions: { show: { grantType: ['pkce'] } },
			options: [
				{ name: 'Production', value: 'production' },
				{ name: 'Sandbox', value: 'sandbox' },
			],
			default: 'production',
			description: "Where to sign in, when 'My Domain URL' is empty",
		},
		{
			displayName: 'My Domain URL',
			name: 'myDomainUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://acme.my.salesforce.com',
			description:
				"Address of the organization (Setup > My Domain). Needed for client credentials, and where people sign in at their organization's own address; otherwise it may stay empty.",
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: "'Consumer Key' of the external client app or connected app",
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: "'Consumer Secret' of the same app",
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `={{ ${ORIGIN} + "/services/oauth2/authorize" }}`,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ ${ORIGIN} + "/services/oauth2/token" }}`,
		},
		{
			// Without a scope, client credentials give those of the app; refresh_token is refused there since Winter '26.
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: '={{ $self["grantType"] === "clientCredentials" ? "" : "api refresh_token" }}',
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
