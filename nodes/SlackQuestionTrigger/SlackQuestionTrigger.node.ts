import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { slackQuestionsApiTest } from '../shared/slackCredentialTest';

import { triggerProperties } from './properties';
import { receive } from './receive';

export class SlackQuestionTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Slack Question Trigger',
		name: 'slackQuestionTrigger',
		icon: {
			light: 'file:../../icons/slack-question.svg',
			dark: 'file:../../icons/slack-question.dark.svg',
		},
		group: ['trigger'],
		// Not 1: n8n resolves an expression for each request to a trigger of version 1, for which it makes a V8 isolate.
		version: 1.1,
		subtitle: '={{ $parameter["triggerOn"].length + " of 7 sources" }}',
		description: 'Starts the workflow when somebody asks the app in Slack, or rates its answer',
		defaults: { name: 'Slack Question Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Question', 'Feedback'],
		credentials: [{ name: 'slackQuestionsApi', required: true, testedBy: 'slackQuestionsApiTest' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: 'webhook',
			},
		],
		triggerPanel: {
			header: '',
			executionsHelp: {
				inactive:
					'Publish the workflow and enter its production URL in Slack: an app has one request URL only. For a test, listen here and enter the test URL instead for a moment.',
				active:
					'Questions start executions by the production URL, which are listed under Executions. For a test, listen here and enter the test URL in Slack for a moment.',
			},
			activationHint: 'Publish the workflow to take questions by its production URL.',
		},
		properties: [...triggerProperties],
	};

	methods = { credentialTest: { slackQuestionsApiTest } };

	/** Slack knows the URL from the app's manifest; there is nothing to register. */
	webhookMethods = {
		default: {
			async checkExists(): Promise<boolean> {
				return true;
			},
			async create(): Promise<boolean> {
				return true;
			},
			async delete(): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
