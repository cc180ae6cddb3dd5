import type { INodeProperties } from 'n8n-workflow';

import {
	fileNameOption,
	inputTypeFields,
	longestLineOption,
	optionsField,
	outputFieldField,
} from '../../fields';
import { typeOptions } from '../redact/typeOptions';

const operation = ['unmask'];

export const unmaskProperties: INodeProperties[] = [
	...inputTypeFields(operation),
	{
		displayName: 'Vault Storage',
		name: 'vaultStorage',
		type: 'hidden',
		displayOptions: { show: { operation } },
		default: 'sealed',
	},
	{
		displayName: 'Vault Field',
		name: 'vaultField',
		type: 'string',
		required: true,
		displayOptions: { show: { operation } },
		default: 'vault',
		hint: 'The field that Redact put the vault in: of the item for items, a binary field for files',
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'string',
		displayOptions: { show: { operation, inputType: ['items'] } },
		default: '',
		placeholder: 'e.g. question, answer',
		description: 'Fields to restore, with commas in between. Leave empty for all of them.',
	},
	outputFieldField({ operation, inputType: ['binary'] }),
	optionsField(operation, [
		{
			displayName: 'Restore Changed Placeholders',
			name: 'tolerant',
			type: 'boolean',
			default: true,
			description:
				'Whether to also restore placeholders that a model wrote a little differently, e.g. in lower case or without brackets',
		},
		{
			displayName: 'Types',
			name: 'types',
			type: 'multiOptions',
			options: typeOptions,
			default: [],
			description: 'Types to restore; the placeholders of the others stay. All when empty.',
		},
		{
			displayName: 'Vault',
			name: 'vault',
			type: 'string',
			default: '',
			placeholder: "e.g. {{ $('Redact').item.json.vault }}",
			description: 'The vault itself, where it is not in a field of the item',
		},
		fileNameOption(''),
		longestLineOption,
	]),
];
