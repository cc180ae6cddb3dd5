import type { INodeProperties } from 'n8n-workflow';

import {
	baseModelFilter,
	inputFileField,
	metadataFilter,
	offeredBy,
	returnAllFields,
	simplifyField,
} from '../../../shared/fields';

import { baseModelField, jobField, trainingFileField, validationFileField } from './locators';
import { optionFields } from './optionFields';
import { methodFields } from './trainingFields';
import { waitFields } from './waitFields';

const resource = ['job'];
const simplified = [
	'cancel',
	'create',
	'get',
	'getAll',
	'getCheckpoints',
	'getEvents',
	'pause',
	'resume',
	'run',
	'wait',
];
const lists = ['getAll', 'getEvents', 'getCheckpoints'];
const ofOneJob = [
	'get',
	'cancel',
	'pause',
	'resume',
	'getEvents',
	'getCheckpoints',
	'getMetrics',
	'wait',
];

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	typeOptions: offeredBy('getOperations'),
	displayOptions: { show: { resource } },
	options: [
		{
			name: 'Cancel',
			value: 'cancel',
			action: 'Cancel fine tuning job',
			description: 'Stop a job for good',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create fine tuning job',
			description: 'Start to train a model with an uploaded file',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get fine tuning job',
			description: 'Retrieve the status of a job and its model',
		},
		{
			name: 'Get Checkpoints',
			value: 'getCheckpoints',
			action: 'Get checkpoints of fine tuning job',
			description: 'Retrieve the models that were saved during training',
		},
		{
			name: 'Get Events',
			value: 'getEvents',
			action: 'Get events of fine tuning job',
			description: 'Retrieve messages and metrics of a job',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many fine tuning jobs',
			description: 'Retrieve a list of jobs',
		},
		{
			name: 'Get Metrics',
			value: 'getMetrics',
			action: 'Get metrics of fine tuning job',
			description: 'Draw the loss and accuracy of a training, or retrieve them step by step',
		},
		{
			name: 'Pause',
			value: 'pause',
			action: 'Pause fine tuning job',
			description: 'Halt a running job',
		},
		{
			name: 'Resume',
			value: 'resume',
			action: 'Resume fine tuning job',
			description: 'Continue a paused job',
		},
		{
			name: 'Run',
			value: 'run',
			action: 'Run fine tuning from upload to finished model',
			description: 'Check and upload a JSONL file, start a job with it, and wait for the model',
		},
		{
			name: 'Wait',
			value: 'wait',
			action: 'Wait for fine tuning job',
			description: 'Wait until a job has ended',
		},
	],
	default: 'create',
};

const costNotice: INodeProperties = {
	displayName:
		"Training is billed by the token and the epoch as soon as the job runs. The JSONL Builder's Validate operation estimates the cost beforehand.",
	name: 'costNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { resource, operation: ['create', 'run'] } },
};

const waitToggle: INodeProperties = {
	displayName: 'Wait Until Finished',
	name: 'waitUntilFinished',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	displayOptions: { show: { resource, operation: ['create'] } },
	description: 'Whether to wait for the job to end instead of returning it at once',
};

const jobFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	default: {},
	placeholder: 'Add Filter',
	displayOptions: { show: { resource, operation: ['getAll'] } },
	options: [
		baseModelFilter,
		{
			displayName: 'Created After',
			name: 'createdAfter',
			type: 'dateTime',
			default: '',
			description: 'Only jobs that were created at this time or later',
		},
		metadataFilter('Only jobs that have all of these fields'),
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			default: [],
			description: 'Only jobs in one of these states',
			options: [
				{ name: 'Cancelled', value: 'cancelled' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'Paused', value: 'paused' },
				{ name: 'Queued', value: 'queued' },
				{ name: 'Running', value: 'running' },
				{ name: 'Succeeded', value: 'succeeded' },
				{ name: 'Validating Files', value: 'validating_files' },
			],
		},
	],
};

const eventOptions: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	default: {},
	placeholder: 'Add Filter',
	displayOptions: { show: { resource, operation: ['getEvents'] } },
	options: [
		{
			displayName: 'Level',
			name: 'level',
			type: 'multiOptions',
			default: [],
			description: 'Only events of these levels',
			options: [
				{ name: 'Error', value: 'error' },
				{ name: 'Info', value: 'info' },
				{ name: 'Warning', value: 'warn' },
			],
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			default: 'message',
			description: 'Only events of this type',
			options: [
				{ name: 'Message', value: 'message' },
				{ name: 'Metrics', value: 'metrics', description: 'Steps and losses' },
			],
		},
	],
};

const metricsOutput: INodeProperties = {
	displayName: 'Output',
	name: 'metricsOutput',
	type: 'options',
	default: 'report',
	displayOptions: { show: { resource, operation: ['getMetrics'] } },
	options: [
		{
			name: 'One Item per Step',
			value: 'steps',
			description: 'The measurements of each step',
		},
		{
			name: 'Report',
			value: 'report',
			description:
				'One item with a summary and three files: a page (field "report"), a picture ("chart") and a CSV table ("data")',
		},
	],
};

const includeProgress: INodeProperties = {
	displayName: 'Include Progress',
	name: 'includeProgress',
	type: 'boolean',
	default: false,
	displayOptions: { show: { resource, operation: ['get'] } },
	description:
		"Whether to add the field 'progress' with step, percent, losses and the estimated end, which costs one request more",
};

export const jobProperties: INodeProperties[] = [
	operationField,
	costNotice,
	jobField(ofOneJob),
	inputFileField(
		{ resource, operation: ['run'] },
		'Binary field with the JSONL file to train with',
	),
	baseModelField(['create', 'run']),
	trainingFileField(['create']),
	validationFileField(['create']),
	...methodFields(['create', 'run']),
	...returnAllFields({ resource, operation: lists }),
	metricsOutput,
	...returnAllFields({ resource, operation: ['getMetrics'], metricsOutput: ['steps'] }),
	jobFilters,
	eventOptions,
	waitToggle,
	includeProgress,
	...waitFields({ resource, operation: ['wait', 'run'] }),
	...waitFields({ resource, operation: ['create'], waitUntilFinished: [true] }),
	simplifyField({ resource, operation: simplified }),
	...optionFields,
];
