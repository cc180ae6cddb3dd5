import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { openAiFineTuningApiTest } from '../shared/credentialTest';
import { searchChatModels } from '../shared/listSearch';

import { chatProperties } from './resources/chat/description';
import { message } from './resources/chat/message';

export class FineTunedChat implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fine-Tuned Chat',
		name: 'fineTunedChat',
		icon: {
			light: 'file:../../icons/fine-tuned-chat.svg',
			dark: 'file:../../icons/fine-tuned-chat.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Ask a fine-tuned model, with fallback to other models',
		defaults: { name: 'Fine-Tuned Chat' },
		inputs: [
			NodeConnectionTypes.Main,
			{ type: NodeConnectionTypes.AiMemory, displayName: 'Memory', maxConnections: 1 },
		],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{ name: 'openAiFineTuningApi', required: true, testedBy: 'openAiFineTuningApiTest' },
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Chat', value: 'chat' }],
				default: 'chat',
			},
			...chatProperties,
		],
	};

	methods = {
		listSearch: { searchChatModels },
		credentialTest: { openAiFineTuningApiTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await message(this)];
	}
}
