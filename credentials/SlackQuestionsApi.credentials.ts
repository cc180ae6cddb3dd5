import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { botTokenOf, DEFAULT_API_URL, type SlackFields } from '../lib/slack/api/connection';

export class SlackQuestionsApi implements ICredentialType {
	name = 'slackQuestionsApi';

	displayName = 'Slack Questions API';

	icon: Icon = {
		light: 'file:../icons/slack-answer.svg',
		dark: 'file:../icons/slack-answer.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-fine-tuning/n8n-nodes-fine-tuning#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Under Basic Information of the app; questions that are not signed with it are refused',
		},
		{
			displayName: 'Bot Token',
			name: 'botToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'xoxb-…',
			description:
				'Bot User OAuth Token under OAuth & Permissions of the app, once it is installed',
		},
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'string',
			default: DEFAULT_API_URL,
			description: 'For GovSlack: https://slack-gov.com/api',
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const token = botTokenOf(credentials as SlackFields);
		const headers = { ...requestOptions.headers, Authorization: `Bearer ${token}` };
		return { ...requestOptions, headers };
	}
}
