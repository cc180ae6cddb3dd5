import type { INodeProperties } from 'n8n-workflow';

import { optionsCollection } from '../../../shared/fields';

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields (JSON)',
	name: 'additionalFields',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"tags": "support"}',
	description:
		'Further fields for the request as a JSON object, for services that know more than OpenAI. They are laid over the other settings.',
};

const additionalHyperparameters: INodeProperties = {
	displayName: 'Additional Hyperparameters (JSON)',
	name: 'additionalHyperparameters',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"lora_r": 16}',
	description:
		'Hyperparameters as a JSON object, sent unchecked, for services that know more than the fields above. They win.',
};

const trainingTier: INodeProperties = {
	displayName: 'Training Tier',
	name: 'trainingTier',
	type: 'options',
	default: 'standard',
	description: 'At Azure: where the job runs, and what it costs',
	options: [
		{
			name: 'Developer',
			value: 'developerTier',
			description: 'Cheapest; the job may be interrupted and go on later',
		},
		{ name: 'Global Standard', value: 'globalStandard', description: 'In any region, cheaper' },
		{ name: 'Standard', value: 'standard', description: 'In the region of the resource' },
	],
};

const checkForJob: INodeProperties = {
	displayName: 'Check for Existing Job',
	name: 'checkForExistingJob',
	type: 'boolean',
	default: true,
	description:
		'Whether to mark the job in its metadata and to look for it in the jobs list before one is started, so that a retry never pays twice. Turn it off only for services that have no metadata or no jobs list.',
};

const metadata: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Metadata',
	description:
		'Up to 15 fields of your own, to find the job again. One more is used to start each job only once.',
	options: [
		{
			displayName: 'Metadata',
			name: 'values',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. team',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. HR',
				},
			],
		},
	],
};

const suffix: INodeProperties = {
	displayName: 'Model Name Suffix',
	name: 'suffix',
	type: 'string',
	default: '',
	placeholder: 'e.g. support-answers',
	description: 'Becomes part of the name of the tuned model, up to 64 characters',
};

const reuseFile: INodeProperties = {
	displayName: 'Reuse File With Same Content',
	name: 'reuse',
	type: 'boolean',
	default: true,
	description:
		'Whether to use a file that the provider already has, if purpose, size and content are the same',
};

const runId: INodeProperties = {
	displayName: 'Run ID',
	name: 'runId',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.batch }}',
	description:
		'One run ID starts one job: when one with it was started in the last 7 days, that job is returned, even if it has failed. Empty for an ID made from execution, node and item, which covers retries within one execution.',
};

const seed: INodeProperties = {
	displayName: 'Seed',
	name: 'seed',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 2147483647 },
	default: 42,
	description: 'The same seed and settings should give the same model',
};

const checkDataset: INodeProperties = {
	displayName: 'Check Before Upload',
	name: 'checkBeforeUpload',
	type: 'boolean',
	default: true,
	description:
		'Whether to check every line against the rules of the provider first, and to upload nothing if one is broken',
};

const validationBinary: INodeProperties = {
	displayName: 'Validation Data Field Name',
	name: 'validationBinaryPropertyName',
	type: 'string',
	default: 'validation',
	hint: 'The name of the input field containing the file',
	description:
		'Binary field with a JSONL file of other examples, to measure what the model has learned',
};

const wandb: INodeProperties = {
	displayName: 'Weights & Biases',
	name: 'wandb',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Add Project',
	description: 'Sends metrics to a project. The integration must be set up with the service first.',
	options: [
		{
			displayName: 'Project',
			name: 'values',
			values: [
				{
					displayName: 'Entity',
					name: 'entity',
					type: 'string',
					default: '',
					description: 'Team or user that the run belongs to',
				},
				{ displayName: 'Project', name: 'project', type: 'string', default: '' },
				{
					displayName: 'Run Name',
					name: 'name',
					type: 'string',
					default: '',
					description: 'The job ID if empty',
				},
				{
					displayName: 'Tags',
					name: 'tags',
					type: 'string',
					default: '',
					placeholder: 'e.g. support, q3',
					description: 'Separated by commas',
				},
			],
		},
	],
};

const CREATE = [
	additionalFields,
	additionalHyperparameters,
	checkForJob,
	metadata,
	suffix,
	runId,
	seed,
	trainingTier,
	wandb,
];
const RUN = [...CREATE, reuseFile, checkDataset, validationBinary];

/** The Options collection of Create and of Run. */
export const optionFields: INodeProperties[] = [optionsOf('create', CREATE), optionsOf('run', RUN)];

function optionsOf(operation: string, options: INodeProperties[]): INodeProperties {
	const show = { resource: ['job'], operation: [operation] };
	return optionsCollection(options, { displayOptions: { show } });
}
