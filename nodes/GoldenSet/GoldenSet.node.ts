import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { openAiFineTuningApiTest } from '../shared/credentialTest';
import { searchChatModels, searchModels } from '../shared/listSearch';

import { compare } from './compare';
import { compareFields } from './description/compareFields';
import { optionFields } from './description/optionFields';
import { recordFields } from './description/recordFields';
import { record } from './record';

export class GoldenSet implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Golden Set',
		name: 'goldenSet',
		icon: {
			light: 'file:../../icons/golden-set.svg',
			dark: 'file:../../icons/golden-set.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Record the answers of a model, and see whether another one behaves the same',
		defaults: { name: 'Golden Set' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Questions', 'Summary'],
		usableAsTool: true,
		credentials: [
			{ name: 'openAiFineTuningApi', required: true, testedBy: 'openAiFineTuningApiTest' },
		],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Compare',
						value: 'compare',
						action: 'Compare answers of two models',
						description: 'See in how many questions one model keeps the behaviour of another',
					},
					{
						name: 'Record',
						value: 'record',
						action: 'Record answers of a model',
						description: 'Ask a model a set of questions and keep its answers in a file',
					},
				],
				default: 'record',
			},
			...recordFields,
			...compareFields,
			...optionFields,
		],
	};

	methods = {
		listSearch: { searchChatModels, searchModels },
		credentialTest: { openAiFineTuningApiTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const isRecord = this.getNodeParameter('operation', 0) === 'record';
		const [questions, summary] = isRecord ? await record(this) : await compare(this);
		// An agent gets to see the first output only.
		return this.isToolExecution() ? [[...summary, ...questions], []] : [questions, summary];
	}
}
