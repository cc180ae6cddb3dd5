import type { INodeProperties } from 'n8n-workflow';

import { listOrId, offeredBy, returnAllFields, simplifyField } from '../../../shared/fields';

const resource = ['deployment'];
const show = (...operation: string[]) => ({ resource, operation });

export const deploymentOperations: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	typeOptions: offeredBy('getOperations'),
	displayOptions: { show: { resource } },
	options: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create deployment of fine tuned model',
			description: 'Put a trained model to work, where the provider asks for that before a chat',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete deployment',
			description: 'Stop a model from answering, and from being billed by the hour',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get deployment',
			description: 'Retrieve the state of a deployment',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many deployments',
			description: 'Retrieve a list of deployments',
		},
	],
	default: 'create',
};

const costNotice: INodeProperties = {
	displayName:
		'Most providers bill a deployment by the hour, whether it is asked or not. Delete it when it is no longer needed.',
	name: 'deploymentNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: show('create') },
};

const modelField: INodeProperties = {
	displayName: 'Model',
	name: 'deployedModel',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	displayOptions: { show: show('create') },
	description: 'The trained model, or at Nebius the checkpoint, to put to work',
	...listOrId(
		'searchDeployableModels',
		'Select a model...',
		'e.g. gpt-4.1-2025-04-14.ft-0ab3f80e, or ftjob-abc:ftckpt_def',
	),
};

const deploymentField: INodeProperties = {
	displayName: 'Deployment',
	name: 'deploymentId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	displayOptions: { show: show('get', 'delete') },
	description: 'The deployment at the provider',
	...listOrId('searchDeployments', 'Select a deployment...', 'e.g. support-answers'),
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: { show: show('create') },
	options: [
		{
			displayName: 'Additional Fields (JSON)',
			name: 'additionalFields',
			type: 'json',
			default: '{}',
			placeholder: 'e.g. {"description": "Answers of the help desk"}',
			description:
				'Further fields for the request as a JSON object. They are laid over the other settings.',
		},
		{
			displayName: 'Base Model',
			name: 'baseModel',
			type: 'string',
			default: '',
			placeholder: 'e.g. meta-llama/Meta-Llama-3.1-8B-Instruct',
			description:
				'At Nebius, Together and LocalAI: the model that was trained. Empty for the one that the job names.',
		},
		{
			displayName: 'Capacity',
			name: 'capacity',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			description:
				'At Azure: thousands of tokens per minute, or for provisioned types the number of units',
		},
		{
			displayName: 'Deployment Type',
			name: 'deploymentType',
			type: 'options',
			default: 'Standard',
			description: 'At Azure: where the model runs, and how it is billed',
			options: [
				{
					name: 'Developer',
					value: 'DeveloperTier',
					description: 'No hourly fee and no guarantees; Azure deletes it after 24 hours',
				},
				{ name: 'Global Standard', value: 'GlobalStandard', description: 'In any region' },
				{
					name: 'Regional Provisioned Throughput',
					value: 'ProvisionedManaged',
					description: 'Reserved units',
				},
				{ name: 'Standard', value: 'Standard', description: 'In the region of the resource' },
			],
		},
	],
};

export const deploymentProperties: INodeProperties[] = [
	deploymentOperations,
	costNotice,
	modelField,
	deploymentField,
	{
		displayName: 'Deployment Name',
		name: 'deploymentName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. support-answers',
		displayOptions: { show: show('create') },
		description:
			'A name of your own. At Azure it is the model to chat with, and a deployment that has the name already gets this model.',
	},
	{
		displayName: 'Wait Until Ready',
		name: 'waitUntilReady',
		type: 'boolean',
		default: true,
		displayOptions: { show: show('create') },
		description: 'Whether to wait until the model answers, instead of returning at once',
	},
	{
		displayName: 'Max Wait (Minutes)',
		name: 'maxReadyMinutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1440 },
		default: 30,
		displayOptions: { show: { ...show('create'), waitUntilReady: [true] } },
		description:
			'How long to wait. After that the deployment is returned as it is, and Get tells how it goes on.',
	},
	...returnAllFields(show('getAll')),
	simplifyField(show('create', 'get', 'getAll')),
	options,
];
