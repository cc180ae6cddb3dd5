import type { INodeProperties } from 'n8n-workflow';

import { listOrId, offeredBy, returnAllFields, simplifyField } from '../../../shared/fields';

const resource = ['model'];
const show = (...operation: string[]) => ({ resource, operation });

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	typeOptions: offeredBy('getOperations'),
	displayOptions: { show: { resource } },
	options: [
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete fine tuned model',
			description: 'Delete a fine-tuned model for good',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get model',
			description: 'Retrieve a model with its base model and shutdown date',
		},
		{
			name: 'Get Inventory',
			value: 'getInventory',
			action: 'Get inventory of fine tuned models',
			description:
				'Retrieve all fine-tuned models and checkpoints with base model, shutdown date, days left and last use',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many models',
			description: 'Retrieve a list of models, e.g. those that will be shut down soon',
		},
	],
	default: 'getAll',
};

const locatorOf = (
	operation: string,
	searchListMethod: string,
	description: string,
): INodeProperties => ({
	displayName: 'Model',
	name: 'modelId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	displayOptions: { show: show(operation) },
	description,
	...listOrId(
		searchListMethod,
		'Select a model...',
		'e.g. ft:gpt-4.1-mini-2025-04-14:my-org:support:abc123',
	),
});

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	displayOptions: { show: show('getAll') },
	options: [
		{
			displayName: 'Retiring Within (Days)',
			name: 'retiringWithinDays',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 90,
			description:
				'Only models that will be shut down within this many days, or have been already. Models without a known date are left out.',
		},
	],
};

const inventoryOptions: INodeProperties = {
	displayName: 'Options',
	name: 'inventoryOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: { show: show('getInventory') },
	options: [
		{
			displayName: 'Include Checkpoints',
			name: 'includeCheckpoints',
			type: 'boolean',
			default: true,
			description:
				'Whether to list the models that were saved during training as well; costs one request a job',
		},
		{
			displayName: 'Last Use (Days)',
			name: 'lastUseDays',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 366, numberPrecision: 0 },
			default: 60,
			description:
				'How many days to look back for the last request to each model, as "last_used_on". Needs the Admin API Key of the credential. OpenAI trains no more for organizations that have not asked a fine-tuned model for 60 days.',
		},
		{
			displayName: 'Warn at (Days Left)',
			name: 'warnDays',
			type: 'string',
			default: '60, 30, 7',
			description:
				'Thresholds, separated by commas. "warn_at" is the nearest one that a model has reached, and 0 once it has been shut down.',
		},
	],
};

export const modelProperties: INodeProperties[] = [
	operationField,
	locatorOf('get', 'searchModels', 'The model to look up'),
	locatorOf(
		'delete',
		'searchTunedModels',
		'The fine-tuned model to delete. The key must belong to an owner of the organization.',
	),
	{
		displayName: 'Fine-Tuned Only',
		name: 'fineTunedOnly',
		type: 'boolean',
		displayOptions: { show: show('getAll') },
		default: true,
		description: 'Whether to leave out the models of the provider itself',
	},
	...returnAllFields(show('getAll')),
	filters,
	inventoryOptions,
	simplifyField(show('get', 'getAll')),
];
