import type { INodeProperties } from 'n8n-workflow';

import { optionsCollection, simplifyField } from '../../../shared/fields';
import { modelField } from '../../shared/modelField';

import { samplingOptions } from './samplingOptions';

const show = { resource: ['text'], operation: ['edit'] };

export const editFields: INodeProperties[] = [
	modelField({
		show,
		searchListMethod: 'searchTextModels',
		standard: 'gpt-6-luna',
		description: 'The chat model that edits the text',
	}),
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Teh invoice were payed twice.',
		displayOptions: { show },
		description: 'The text to edit',
	},
	{
		displayName: 'Instruction',
		name: 'instruction',
		type: 'string',
		typeOptions: { rows: 2 },
		required: true,
		default: '',
		placeholder: 'e.g. Correct spelling and grammar',
		displayOptions: { show },
		description: 'What to do with the text',
	},
	{
		displayName: 'Diff',
		name: 'diff',
		type: 'options',
		default: 'none',
		options: [
			{
				name: 'Both',
				value: 'both',
				description: 'Unified text and list of changes',
			},
			{
				name: 'List of Changes',
				value: 'changes',
				description: 'What was deleted and inserted, word by word, as "changes"',
			},
			{ name: 'None', value: 'none', description: 'The edited text only' },
			{
				name: 'Unified Text',
				value: 'unified',
				description: 'The changed lines as in a patch, as "diff"',
			},
		],
		displayOptions: { show },
		description: 'Whether and how to show what has changed; computed here, without the model',
	},
	simplifyField(show),
	optionsCollection(samplingOptions, { displayOptions: { show } }),
];
