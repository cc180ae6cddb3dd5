import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import { openAiFineTuningApiTest } from '../shared/credentialTest';
import { offeredBy } from '../shared/fields';
import * as listSearch from '../shared/listSearch';
import { type OperationHandler, runPerItem } from '../shared/router';
import { createTransport } from '../shared/transport';

import { offeredOptions } from './providerOptions';
import * as checkpointPermission from './resources/checkpointPermission';
import * as deployment from './resources/deployment';
import * as file from './resources/file';
import * as grader from './resources/grader';
import * as job from './resources/job';
import * as model from './resources/model';
import * as storedCompletion from './resources/storedCompletion';

const HANDLERS: Record<string, Record<string, OperationHandler>> = {
	checkpointPermission: checkpointPermission.operations,
	deployment: deployment.operations,
	file: file.operations,
	grader: grader.operations,
	job: job.operations,
	model: model.operations,
	storedCompletion: storedCompletion.operations,
};

export class OpenAiFineTune implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OpenAI Fine-Tune',
		name: 'openAiFineTune',
		icon: {
			light: 'file:../../icons/openai-fine-tune.svg',
			dark: 'file:../../icons/openai-fine-tune.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Upload training files, run fine-tuning jobs and manage fine-tuned models',
		defaults: { name: 'OpenAI Fine-Tune' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{ name: 'openAiFineTuningApi', required: true, testedBy: 'openAiFineTuningApiTest' },
			{
				name: 'azureDeploymentOAuth2Api',
				required: false,
				displayOptions: { show: { resource: ['deployment'] } },
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				typeOptions: offeredBy('getResources'),
				options: [
					{
						name: 'Checkpoint Permission',
						value: 'checkpointPermission',
						description: 'Which projects may use a checkpoint',
					},
					{
						name: 'Deployment',
						value: 'deployment',
						description: 'A trained model at work, where a provider asks for that',
					},
					{ name: 'File', value: 'file', description: 'Training files and results' },
					{ name: 'Grader', value: 'grader', description: 'Rules that score answers' },
					{ name: 'Job', value: 'job', description: 'The training of a model' },
					{ name: 'Model', value: 'model', description: 'Base models and fine-tuned models' },
					{
						name: 'Stored Completion',
						value: 'storedCompletion',
						description: 'Answers that the provider keeps, as training data',
					},
				],
				default: 'job',
			},
			...checkpointPermission.checkpointPermissionProperties,
			...deployment.deploymentProperties,
			...file.fileProperties,
			...grader.graderProperties,
			...job.jobProperties,
			...model.modelProperties,
			...storedCompletion.storedCompletionProperties,
		],
	};

	methods = {
		listSearch: { ...listSearch },
		loadOptions: offeredOptions(this.description.properties),
		credentialTest: { openAiFineTuningApiTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output = await runPerItem(this, async (itemIndex) => {
			const resource = this.getNodeParameter('resource', itemIndex) as string;
			const operation = this.getNodeParameter('operation', itemIndex) as string;
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
