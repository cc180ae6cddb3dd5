import type { INodeProperties } from 'n8n-workflow';

import {
	baseModelField,
	inputFields,
	longestLineOption,
	optionsField,
	reportOptions,
} from '../../fields';

const operation = ['validate'];

export const validateProperties: INodeProperties[] = [
	...inputFields(operation),
	baseModelField(operation),
	optionsField(operation, [
		{
			displayName: 'Format',
			name: 'format',
			type: 'options',
			options: [
				{ name: 'Chat', value: 'chat' },
				{ name: 'Detect', value: 'auto' },
				{ name: 'Preference Pairs (DPO)', value: 'dpo' },
				{ name: 'Prompt and Completion (Legacy)', value: 'completion' },
				{ name: 'Reinforcement (RFT)', value: 'rft' },
			],
			default: 'auto',
			description: 'What the file has to hold. The first example decides when it is detected.',
		},
		longestLineOption,
		...reportOptions,
	]),
];
