import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { openAiFineTuningApiTest } from '../shared/credentialTest';

import * as endpoint from './endpoint';
import { passOn } from './passOn';
import { poll } from './poll';
import { triggerProperties } from './properties';
import { receive } from './receive';

/**
 * Webhooks and polling in one node: n8n registers each for itself. `execute` hands on what either has brought; without
 * it, n8n would poll in place of showing the event that "Listen for test event" has received.
 */
export class OpenAiFineTuneTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OpenAI Fine-Tune Trigger',
		name: 'openAiFineTuneTrigger',
		icon: {
			light: 'file:../../icons/openai-fine-tune-trigger.svg',
			dark: 'file:../../icons/openai-fine-tune-trigger.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["mode"] + ": " + $parameter["events"].join(", ") }}',
		// n8n shows it for OpenAI Fine-Tune as well, which it lists as one with its trigger.
		description:
			'Run fine-tuning jobs and manage models, or start the workflow when a job ends or a model retires',
		defaults: { name: 'OpenAI Fine-Tune Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'openAiFineTuningApi', required: true, testedBy: 'openAiFineTuningApiTest' },
		],
		webhooks: [
			{
				name: 'default',
				// Without a method n8n registers nothing, and nobody listens.
				httpMethod: '={{ $parameter["mode"] === "polling" ? "" : "POST" }}',
				responseMode: 'onReceived',
				path: 'webhook',
				ndvHideUrl: '={{ $parameter["mode"] !== "manualWebhook" }}',
			},
		],
		triggerPanel: {
			header: '',
			executionsHelp: {
				inactive:
					'While building, test the node: with Mode Polling it fetches the newest event that fits, with webhooks it listens until a job ends. Publish the workflow to have it started by every event.',
				active:
					'Events start executions, which are listed under Executions. A test here fetches the newest event that fits (Mode Polling), or listens until a job ends (webhooks).',
			},
			activationHint: 'Publish the workflow to have it started by every event.',
		},
		properties: [...triggerProperties],
	};

	methods = { credentialTest: { openAiFineTuningApiTest } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await endpoint.checkExists(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await endpoint.create(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await endpoint.remove(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await passOn(this);
	}
}
