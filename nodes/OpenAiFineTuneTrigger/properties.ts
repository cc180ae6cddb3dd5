import { cronNodeOptions, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';

import { baseModelFilter, metadataFilter, simplifyField } from '../shared/fields';

const webhooks = ['manualWebhook', 'webhook'];

const ENDS: INodePropertyOptions[] = [
	{ name: 'Job Cancelled', value: 'jobCancelled', description: 'Somebody stopped a job' },
	{ name: 'Job Failed', value: 'jobFailed', description: 'A job ended without a model' },
	{ name: 'Job Succeeded', value: 'jobSucceeded', description: 'A job ended with a new model' },
];

const ALL: INodePropertyOptions[] = [
	{
		name: 'Checkpoint Created',
		value: 'checkpointCreated',
		description: 'A model was saved during training',
	},
	...ENDS,
	{
		name: 'Model Retiring',
		value: 'modelRetiring',
		description: 'A fine-tuned model ends within some days; told once for each model',
	},
	{
		name: 'Progress',
		value: 'progress',
		description: 'A job has trained some more steps',
	},
];

const modeFields: INodeProperties[] = [
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Polling',
				value: 'polling',
				description:
					'Ask the server at set times. Works with every provider, and knows all events.',
			},
			{
				name: 'Webhook',
				value: 'webhook',
				description:
					'Be told by OpenAI at once. The webhook is set up and removed at OpenAI with the workflow.',
			},
			{
				name: 'Webhook Set Up by Hand',
				value: 'manualWebhook',
				description: "Be told by OpenAI at once, through a webhook made in its project's settings",
			},
		],
		default: 'polling',
		description: 'How the node learns of events',
	},
	{
		displayName:
			'OpenAI must reach n8n at a public https address. It tells of the ends of jobs only; for progress, checkpoints and retiring models use Mode Polling.',
		name: 'webhookNotice',
		type: 'notice',
		displayOptions: { show: { mode: ['webhook'] } },
		default: '',
	},
	{
		displayName:
			"Make a webhook with the production URL above under Settings > Webhooks of the project at OpenAI, for the events fine_tuning.job.succeeded, failed and cancelled. Put its signing secret into 'Webhook Signing Secret' of the credential.",
		name: 'manualWebhookNotice',
		type: 'notice',
		displayOptions: { show: { mode: ['manualWebhook'] } },
		default: '',
	},
	{
		displayName: 'Poll Times',
		name: 'pollTimes',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Poll Time' },
		displayOptions: { show: { mode: ['polling'] } },
		default: { item: [{ mode: 'everyMinute' }] },
		placeholder: 'Add Poll Time',
		description: 'When to ask the server. What happened between is told at the next time.',
		options: cronNodeOptions,
	},
	// n8n reads it from every node that can poll.
	{
		displayName: 'Poll Times',
		name: 'pollTimes',
		type: 'hidden',
		displayOptions: { show: { mode: webhooks } },
		default: { item: [] },
	},
];

const eventFields: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		displayOptions: { show: { mode: ['polling'] } },
		options: ALL,
		default: ['jobSucceeded', 'jobFailed', 'jobCancelled'],
		description: 'What starts the workflow',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		displayOptions: { show: { mode: webhooks } },
		options: ENDS,
		default: ['jobSucceeded', 'jobFailed', 'jobCancelled'],
		description: 'What starts the workflow',
	},
	{
		displayName: 'Progress Every (Steps)',
		name: 'everySteps',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		displayOptions: { show: { mode: ['polling'], events: ['progress'] } },
		default: 10,
		description: 'After how many training steps to tell of progress again',
	},
	{
		displayName: 'Retiring Within (Days)',
		name: 'retiringWithinDays',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		displayOptions: { show: { mode: ['polling'], events: ['modelRetiring'] } },
		default: 30,
		description: 'How many days before its end to tell of a model',
	},
];

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	default: {},
	placeholder: 'Add Filter',
	options: [
		baseModelFilter,
		metadataFilter('Only jobs that have all of these fields'),
		{
			displayName: 'Suffix',
			name: 'suffix',
			type: 'string',
			default: '',
			placeholder: 'e.g. help-desk',
			description:
				'Only jobs with exactly this suffix. Providers that do not tell it before the model is there have it for succeeded jobs only.',
		},
	],
};

export const triggerProperties: INodeProperties[] = [
	...modeFields,
	...eventFields,
	filters,
	simplifyField({}),
];
