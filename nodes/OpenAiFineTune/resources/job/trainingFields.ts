import type { INodeProperties } from 'n8n-workflow';

import { graderFields } from '../grader/fields';

const resource = ['job'];

const HYPERPARAMETERS: Record<string, INodeProperties> = {
	batchSize: {
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'string',
		default: '',
		placeholder: 'auto',
		description: 'Examples in each batch, 1 to 256. Empty for automatic.',
	},
	beta: {
		displayName: 'Beta',
		name: 'beta',
		type: 'string',
		default: '',
		placeholder: 'auto',
		description:
			'How closely the model stays to the base model, above 0 and up to 2. Empty for automatic.',
	},
	computeMultiplier: {
		displayName: 'Compute Multiplier',
		name: 'computeMultiplier',
		type: 'string',
		default: '',
		placeholder: 'auto',
		description: 'Compute used to explore, above 0.00001 and up to 10. Empty for automatic.',
	},
	epochs: {
		displayName: 'Epochs',
		name: 'epochs',
		type: 'string',
		default: '',
		placeholder: 'auto',
		description:
			'How often the whole training file is gone through, 1 to 50. Each one is billed. Empty for automatic.',
	},
	evalInterval: {
		displayName: 'Evaluation Interval',
		name: 'evalInterval',
		type: 'string',
		default: '',
		placeholder: 'auto',
		description: 'Training steps between two evaluations. Empty for automatic.',
	},
	evalSamples: {
		displayName: 'Evaluation Samples',
		name: 'evalSamples',
		type: 'string',
		default: '',
		placeholder: 'auto',
		description: 'Answers generated for each evaluation step. Empty for automatic.',
	},
	learningRateMultiplier: {
		displayName: 'Learning Rate Multiplier',
		name: 'learningRateMultiplier',
		type: 'string',
		default: '',
		placeholder: 'auto',
		description: 'A smaller one may avoid overfitting, above 0. Empty for automatic.',
	},
	reasoningEffort: {
		displayName: 'Reasoning Effort',
		name: 'reasoningEffort',
		type: 'options',
		default: 'default',
		description: 'How much the model thinks while it is trained',
		options: [
			{ name: 'Default', value: 'default' },
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Medium', value: 'medium' },
		],
	},
};

/** Node parameter -> API name. */
export const HYPERPARAMETER_NAMES: Record<string, string> = {
	batchSize: 'batch_size',
	beta: 'beta',
	computeMultiplier: 'compute_multiplier',
	epochs: 'n_epochs',
	evalInterval: 'eval_interval',
	evalSamples: 'eval_samples',
	learningRateMultiplier: 'learning_rate_multiplier',
	reasoningEffort: 'reasoning_effort',
};

const OF_METHOD: Record<string, string[]> = {
	supervised: ['batchSize', 'epochs', 'learningRateMultiplier'],
	dpo: ['batchSize', 'beta', 'epochs', 'learningRateMultiplier'],
	reinforcement: Object.keys(HYPERPARAMETERS).filter((name) => name !== 'beta'),
};

/** Method, its grader, and its hyperparameters. */
export function methodFields(operation: string[]): INodeProperties[] {
	const hyperparameters = (method: string): INodeProperties => ({
		displayName: 'Hyperparameters',
		name: 'hyperparameters',
		type: 'collection',
		default: {},
		placeholder: 'Add Hyperparameter',
		displayOptions: { show: { resource, operation, method: [method] } },
		description: 'What is not added here is chosen by the service',
		options: OF_METHOD[method].map((name) => HYPERPARAMETERS[name]),
	});
	return [
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			default: 'supervised',
			displayOptions: { show: { resource, operation } },
			options: [
				{
					name: 'Direct Preference Optimization (DPO)',
					value: 'dpo',
					description: 'Learn from pairs of a preferred and a rejected answer',
				},
				{
					name: 'Reinforcement',
					value: 'reinforcement',
					description: 'Learn from scores that a grader gives to answers',
				},
				{ name: 'Supervised', value: 'supervised', description: 'Learn from example answers' },
			],
		},
		...graderFields({ resource, operation, method: ['reinforcement'] }),
		...Object.keys(OF_METHOD).map(hyperparameters),
		{
			displayName: 'Hyperparameters of Provider',
			name: 'providerHyperparameters',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Hyperparameter',
			displayOptions: { show: { resource, operation } },
			description:
				'Those that the provider of the credential has beside the common ones, e.g. a learning rate or the rank of an adapter. OpenAI and Azure OpenAI have none.',
			options: [
				{
					displayName: 'Hyperparameter',
					name: 'values',
					values: [
						{
							displayName: 'Name or ID',
							name: 'name',
							type: 'options',
							typeOptions: {
								loadOptionsMethod: 'getHyperparameters',
								loadOptionsDependsOn: ['method'],
							},
							default: '',
							description:
								'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. 0.0001, 16 or true',
						},
					],
				},
			],
		},
	];
}
