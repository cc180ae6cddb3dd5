import type { INodeProperties } from 'n8n-workflow';

import { offeredBy, simplifyField } from '../../../shared/fields';

import { graderFields } from './fields';

const resource = ['grader'];
const show = (operation: string[]) => ({ show: { resource, operation } });

export const graderProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		typeOptions: offeredBy('getOperations'),
		displayOptions: { show: { resource } },
		options: [
			{
				name: 'Run',
				value: 'run',
				action: 'Run grader',
				description: 'Grade one answer, e.g. to compare a tuned model with its base model',
			},
			{
				name: 'Validate',
				value: 'validate',
				action: 'Validate grader',
				description:
					'Find out whether the service accepts a grader before a job is started with it',
			},
		],
		default: 'run',
	},
	...graderFields({ resource, operation: ['run', 'validate'] }),
	{
		displayName:
			'Graders that ask a model are billed like any other use of that model. Other graders are free.',
		name: 'graderCostNotice',
		type: 'notice',
		default: '',
		displayOptions: show(['run']),
	},
	{
		displayName: 'Answer',
		name: 'modelSample',
		type: 'string',
		typeOptions: { rows: 3 },
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.answer }}',
		displayOptions: show(['run']),
		description: 'The answer to grade, <code>{{sample.output_text}}</code> in the grader',
	},
	{
		displayName: 'Item',
		name: 'item',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"reference_answer": "Lighting"}',
		displayOptions: show(['run']),
		description:
			'Fields of the dataset line as a JSON object, <code>{{item.…}}</code> in the grader',
	},
	simplifyField({ resource, operation: ['run'] }),
];
