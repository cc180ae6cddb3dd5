import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { openAiFineTuningApiTest } from '../shared/credentialTest';
import { searchChatModels } from '../shared/listSearch';
import { runPerItem } from '../shared/router';
import { slackQuestionsApiTest } from '../shared/slackCredentialTest';

import { slackAnswerProperties } from './description';
import { operationOf } from './operations';

export class SlackAnswer implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Slack Answer',
		name: 'slackAnswer',
		icon: {
			light: 'file:../../icons/slack-answer.svg',
			dark: 'file:../../icons/slack-answer.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle:
			'={{ { answer: "answer: question", createManifest: "create: manifest", getThread: "get: thread", post: "post: answer", setStatus: "set: status" }[$parameter["operation"]] }}',
		description: 'Answer questions from Slack with a fine-tuned model, in the thread',
		defaults: { name: 'Slack Answer' },
		// Only an answer reads a memory: the other operations show no connector for one.
		inputs:
			'={{ $parameter["operation"] === "answer" ? ["main", { type: "ai_memory", displayName: "Memory", maxConnections: 1 }] : ["main"] }}',
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'slackQuestionsApi',
				required: true,
				testedBy: 'slackQuestionsApiTest',
				displayOptions: { show: { operation: ['answer', 'getThread', 'post', 'setStatus'] } },
			},
			{
				name: 'openAiFineTuningApi',
				required: true,
				testedBy: 'openAiFineTuningApiTest',
				displayOptions: { show: { operation: ['answer'] } },
			},
		],
		properties: [...slackAnswerProperties],
	};

	methods = {
		listSearch: { searchChatModels },
		credentialTest: { openAiFineTuningApiTest, slackQuestionsApiTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [
			await runPerItem(
				this,
				async (itemIndex) => await operationOf(this, itemIndex)(this, itemIndex),
			),
		];
	}
}
