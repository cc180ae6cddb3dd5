import type { INodeProperties } from 'n8n-workflow';

import {
	fileNameOption,
	inputFields,
	longestLineOption,
	maxLeftOutOption,
	optionsField,
	outputFieldField,
} from '../../fields';

const operation = ['repair'];

export const repairProperties: INodeProperties[] = [
	{
		displayName:
			'Mends what can be understood in one way only: objects over several lines, JSON arrays, gzip, UTF-16, byte order marks, trailing commas, wrong quotes, unknown keys and more. What would take guessing goes to the output "Left Out".',
		name: 'repairNotice',
		type: 'notice',
		displayOptions: { show: { operation } },
		default: '',
	},
	...inputFields(operation),
	outputFieldField({ operation }),
	optionsField(operation, [
		{
			displayName: 'Convert Prompt and Completion to Chat',
			name: 'promptCompletionToChat',
			type: 'boolean',
			default: true,
			description: 'Whether to turn prompt/completion pairs into a question and its answer',
		},
		{
			displayName: 'Decode HTML',
			name: 'unescapeHtml',
			type: 'boolean',
			default: true,
			description:
				'Whether to decode HTML characters such as &amp;amp; and &amp;#39; in all texts, as help desks export them',
		},
		fileNameOption(''),
		longestLineOption,
		maxLeftOutOption,
		{
			displayName: 'Max Mends',
			name: 'maxMends',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 10000 },
			default: 100,
			description: 'How many mends to list with their line; all of them are counted',
		},
	]),
];
