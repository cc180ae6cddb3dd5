import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

// n8n evaluates this where no code of the package runs. Plain http is for this machine only.
const origin = (field: string) =>
	[
		`{{ ($self["${field}"] || "").trim()`,
		'.replace(/^http:\\/\\/(?!(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\])(:\\d+)?(\\/|$))/i, "https://")',
		'.replace(/\\/+$/, "") }}',
	].join('');

/** The login at Azure's resource manager, which alone can deploy a tuned model. n8n keeps and renews the token. */
export class AzureDeploymentOAuth2Api implements ICredentialType {
	name = 'azureDeploymentOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Azure Deployment OAuth2 API';

	icon: Icon = {
		light: 'file:../icons/fine-tuning.svg',
		dark: 'file:../icons/fine-tuning.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-fine-tuning/n8n-nodes-fine-tuning/blob/main/docs/providers.md#azure-openai';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'clientCredentials',
		},
		{
			displayName: 'Tenant ID',
			name: 'tenantId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 72f988bf-86f1-41af-91ab-2d7cd011db47',
			description:
				'Directory (tenant) ID of the app registration whose client ID and secret follow',
		},
		{
			displayName: 'Subscription ID',
			name: 'subscriptionId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 00000000-0000-0000-0000-000000000000',
		},
		{
			displayName: 'Resource Group',
			name: 'resourceGroup',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. my-group',
		},
		{
			displayName: 'Resource Name',
			name: 'accountName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. my-resource',
			description: 'Name of the Azure OpenAI or Foundry resource, as in its address',
		},
		{
			displayName: 'Login Address',
			name: 'authorityUrl',
			type: 'string',
			default: 'https://login.microsoftonline.com',
			description: 'Another one for national clouds, e.g. https://login.microsoftonline.us',
		},
		{
			displayName: 'Management Address',
			name: 'managementUrl',
			type: 'string',
			default: 'https://management.azure.com',
			description: 'Another one for national clouds, e.g. https://management.usgovcloudapi.net',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `=${origin('authorityUrl')}/{{ $self["tenantId"].trim() }}/oauth2/v2.0/token`,
			required: true,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: `=${origin('managementUrl')}/.default`,
		},
		{ displayName: 'Authorization URL', name: 'authUrl', type: 'hidden', default: '' },
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
	];
}
