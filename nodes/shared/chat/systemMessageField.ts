import type { INodeProperties } from 'n8n-workflow';

export const systemMessageField: INodeProperties = {
	displayName: 'System Message',
	name: 'systemMessage',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. You answer questions about company surveys in one sentence.',
	description:
		'Instructions for the model. A tuned model answers best with the same text that its training examples had.',
};
