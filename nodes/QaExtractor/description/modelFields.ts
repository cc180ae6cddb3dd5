import type { INodeProperties } from 'n8n-workflow';

import { listOrId } from '../../shared/fields';

export const modeField: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'With Model',
			value: 'model',
			description: 'A chat model reads each ticket and writes its questions and answers',
		},
		{
			name: 'Without Model',
			value: 'withoutModel',
			description:
				"The requester's first message is the question, the agent's last public one the answer. Costs nothing; for trying, and for pages that are question and answer already.",
		},
	],
	default: 'model',
	description: 'Who finds question and answer in a ticket',
};

export const modelField: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'resourceLocator',
	required: true,
	displayOptions: { show: { mode: ['model'] } },
	default: { mode: 'list', value: '' },
	description: 'The chat model that reads the tickets; a small one does for most',
	...listOrId('searchChatModels', 'Select a model...', 'e.g. gpt-4.1-mini'),
};
