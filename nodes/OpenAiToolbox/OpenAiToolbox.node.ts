import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import { openAiFineTuningApiTest } from '../shared/credentialTest';
import { type OperationHandler, runPerItem } from '../shared/router';
import { createTransport } from '../shared/transport';

import * as audio from './resources/audio';
import * as embedding from './resources/embedding';
import * as image from './resources/image';
import * as text from './resources/text';
import * as listSearch from './shared/listSearch';

const HANDLERS: Record<string, Record<string, OperationHandler>> = {
	audio: audio.operations,
	image: image.operations,
	text: text.operations,
};

export class OpenAiToolbox implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OpenAI Toolbox',
		name: 'openAiToolbox',
		icon: {
			light: 'file:../../icons/openai-toolbox.svg',
			dark: 'file:../../icons/openai-toolbox.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Texts, embeddings, images and sound by OpenAI and compatible servers',
		defaults: { name: 'OpenAI Toolbox' },
		inputs: [NodeConnectionTypes.Main],
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
				options: [
					{ name: 'Audio', value: 'audio', description: 'Speech to text and text to speech' },
					{ name: 'Embedding', value: 'embedding', description: 'Texts as vectors' },
					{ name: 'Image', value: 'image', description: 'Images from words and other images' },
					{ name: 'Text', value: 'text', description: 'Complete, edit and moderate' },
				],
				default: 'text',
			},
			...audio.description,
			...embedding.description,
			...image.description,
			...text.description,
		],
	};

	methods = {
		listSearch: { ...listSearch },
		credentialTest: { openAiFineTuningApiTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0) as string;
		const operation = this.getNodeParameter('operation', 0) as string;
		if (resource === 'embedding') return [await embedding.createEmbeddings(this)];
		const output = await runPerItem(this, async (itemIndex) => {
			const handler = HANDLERS[resource]?.[operation];
			if (!handler) {
				throw new NodeOperationError(
					this.getNode(),
					`The resource '${resource}' has no operation '${operation}'`,
					{ itemIndex, description: 'Open the node and pick an operation from the list.' },
				);
			}
			return await handler(this, itemIndex, await createTransport(this, itemIndex));
		});
		return [output];
	}
}
