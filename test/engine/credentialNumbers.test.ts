/** A field of a credential that is set by an expression may be a number: every Test says so, and asks nothing. */
import type { IDataObject, INodeType } from 'n8n-workflow';

import { JiraTickets } from '../../nodes/JiraTickets/JiraTickets.node';
import { JsonlBuilder } from '../../nodes/JsonlBuilder/JsonlBuilder.node';
import { OpenAiToolbox } from '../../nodes/OpenAiToolbox/OpenAiToolbox.node';
import { ServiceNowTickets } from '../../nodes/ServiceNowTickets/ServiceNowTickets.node';
import { SlackQuestionTrigger } from '../../nodes/SlackQuestionTrigger/SlackQuestionTrigger.node';
import { ZendeskTickets } from '../../nodes/ZendeskTickets/ZendeskTickets.node';
import { testCredential, useNock } from './harness';

// Nothing is foreseen: a request would fail.
useNock();

const NUMBER = 40_521_993;

interface Case {
	node: new () => INodeType;
	credential: string;
	/** With which the fields stand in the form. */
	data: IDataObject;
	fields: Array<[name: string, label: string]>;
}

const JIRA_SITE = { siteUrl: 'https://acme.atlassian.net', email: 'a@acme.test', apiToken: 'made' };
const JIRA_SERVER = { deployment: 'dataCenter', siteUrl: 'https://jira.acme.test' };
const INSTANCE = { instanceUrl: 'https://acme.service-now.com' };

const CASES: Case[] = [
	{
		node: OpenAiToolbox,
		credential: 'openAiFineTuningApi',
		data: { apiKey: 'sk-1' },
		fields: [
			['baseUrl', 'Base URL'],
			['apiKey', 'API Key'],
			['organizationId', 'Organization ID'],
			['projectId', 'Project ID'],
			['webhookSigningSecret', 'Webhook Signing Secret'],
			['adminApiKey', 'Admin API Key'],
		],
	},
	{
		node: OpenAiToolbox,
		credential: 'openAiFineTuningApi',
		data: { apiKey: 'sk-1', provider: 'portkey' },
		fields: [
			['portkeyProvider', 'Provider Behind the Gateway'],
			['portkeyApiKey', 'Portkey API Key'],
		],
	},
	{
		node: OpenAiToolbox,
		credential: 'openAiFineTuningApi',
		data: { apiKey: 'sk-1', provider: 'fireworks' },
		fields: [['accountId', 'Account ID']],
	},
	{
		node: OpenAiToolbox,
		credential: 'openAiFineTuningApi',
		data: { apiKey: 'sk-1', provider: 'liteLlm' },
		fields: [['customLlmProvider', 'Provider Behind the Proxy']],
	},
	{
		node: OpenAiToolbox,
		credential: 'openAiFineTuningApi',
		data: { apiKey: 'sk-1', provider: 'other', baseUrl: 'https://models.acme.test/v1' },
		fields: [['modelField', 'Tuned Model Field']],
	},
	{
		node: SlackQuestionTrigger,
		credential: 'slackQuestionsApi',
		data: { signingSecret: '0123456789abcdef'.repeat(2), botToken: 'xoxb-1' },
		fields: [
			['signingSecret', 'Signing Secret'],
			['botToken', 'Bot Token'],
			['apiUrl', 'API URL'],
		],
	},
	{
		node: JiraTickets,
		credential: 'jiraTicketsApi',
		data: JIRA_SITE,
		fields: [
			['siteUrl', 'Site URL'],
			['email', 'E-Mail'],
			['apiToken', 'API Token'],
		],
	},
	{
		node: JiraTickets,
		credential: 'jiraTicketsApi',
		data: { ...JIRA_SITE, accessKind: 'scoped' },
		fields: [['cloudId', 'Cloud ID']],
	},
	{
		node: JiraTickets,
		credential: 'jiraTicketsApi',
		data: JIRA_SERVER,
		fields: [['personalAccessToken', 'Personal Access Token']],
	},
	{
		node: JiraTickets,
		credential: 'jiraTicketsApi',
		data: { ...JIRA_SERVER, authentication: 'basic', username: 'ada', password: 'word' },
		fields: [
			['username', 'User'],
			['password', 'Password'],
		],
	},
	{
		node: ZendeskTickets,
		credential: 'zendeskTicketsApi',
		data: { subdomain: 'acme', email: 'a@acme.test', apiToken: 'made' },
		fields: [
			['subdomain', 'Subdomain'],
			['email', 'Email'],
			['apiToken', 'API Token'],
		],
	},
	{
		node: ServiceNowTickets,
		credential: 'serviceNowTicketsApi',
		data: { ...INSTANCE, user: 'ada', password: 'word' },
		fields: [
			['instanceUrl', 'Instance URL'],
			['user', 'User'],
			['password', 'Password'],
		],
	},
	{
		node: ServiceNowTickets,
		credential: 'serviceNowTicketsApi',
		data: { ...INSTANCE, authentication: 'apiKey' },
		fields: [['apiKey', 'API Key']],
	},
	{
		node: JsonlBuilder,
		credential: 'redactionVaultApi',
		data: {},
		fields: [['passphrase', 'Passphrase']],
	},
];

const ALL = CASES.flatMap(({ fields, ...one }) =>
	fields.map(([name, label]) => ({ ...one, name, label, provider: one.data.provider ?? '' })),
);

it.each(ALL)('$credential $provider: $label', async ({ node, credential, data, name, label }) => {
	const result = await testCredential({
		node: new node(),
		method: `${credential}Test`,
		credential,
		data: { ...data, [name]: NUMBER },
	});
	expect(result.status).toBe('Error');
	expect(result.message).toContain(
		`'${label}' of the credential is a number, not text. Let its expression give text`,
	);
	expect(result.message).not.toContain(String(NUMBER));
});

it('names a number among the extra headers', async () => {
	const values = [{ name: 'x-tenant', value: NUMBER }];
	const result = await testCredential({
		node: new OpenAiToolbox(),
		method: 'openAiFineTuningApiTest',
		credential: 'openAiFineTuningApi',
		data: { apiKey: 'sk-1', headers: { values } },
	});
	expect(result.message).toContain("'Extra Headers: Value' of the credential is a number");
});
