import type { INodeProperties } from 'n8n-workflow';

import {
	fileNameOption,
	inputTypeFields,
	longestLineOption,
	maxLeftOutOption,
	optionsField,
	outputFieldField,
} from '../../fields';

import { DEFAULT_TYPES, typeOptions } from './typeOptions';

const operation = ['redact'];

export const redactProperties: INodeProperties[] = [
	{
		displayName:
			'Finds personal data and secrets by their form, check digits and the words around them. Names are best effort. See docs/redaction.md for what is found and what is not.',
		name: 'redactNotice',
		type: 'notice',
		displayOptions: { show: { operation } },
		default: '',
	},
	...inputTypeFields(operation),
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'string',
		displayOptions: { show: { operation, inputType: ['items'] } },
		default: '',
		placeholder: 'e.g. question, answer, messages',
		description:
			'Fields of the items to redact, with commas in between. Leave empty for all of them. Attached files are never looked into.',
	},
	{
		displayName: 'Types',
		name: 'types',
		type: 'multiOptions',
		displayOptions: { show: { operation } },
		options: typeOptions,
		default: [...DEFAULT_TYPES],
		description: 'What to look for',
	},
	{
		displayName: 'Replacement',
		name: 'replacement',
		type: 'options',
		displayOptions: { show: { operation } },
		options: [
			{
				name: 'Mask',
				value: 'mask',
				description: 'Replace by a placeholder such as [EMAIL_1]; the value is gone',
			},
			{
				name: 'Pseudonymize',
				value: 'pseudonym',
				description:
					'Replace by a placeholder that is the same for the same value in the whole run, and that Unmask can turn back',
			},
			{ name: 'Remove', value: 'remove', description: 'Take the value out' },
		],
		default: 'mask',
		description: 'What takes the place of what is found',
	},
	{
		displayName: 'Vault',
		name: 'vaultStorage',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { operation, replacement: ['pseudonym'] } },
		options: [
			{
				name: 'Discard',
				value: 'discard',
				description: 'Keep the values in memory during the run only; nothing can be turned back',
			},
			{
				name: 'Put Out Encrypted',
				value: 'sealed',
				description: 'Seal placeholders and values with the passphrase of a credential, for Unmask',
			},
		],
		default: 'sealed',
		description: 'Where the map from placeholders to values goes',
	},
	{
		displayName: 'Put Vault in Field',
		name: 'vaultField',
		type: 'string',
		required: true,
		displayOptions: { show: { operation, replacement: ['pseudonym'], vaultStorage: ['sealed'] } },
		default: 'vault',
		hint: 'Items get a field of this name with encrypted text, files a binary field of this name',
	},
	outputFieldField({ operation, inputType: ['binary'] }),
	optionsField(operation, [
		{
			displayName: 'Names by Context',
			name: 'cuedNames',
			type: 'boolean',
			default: true,
			description:
				'Whether to also look for names in greetings, signatures, mentions and after words such as "my name is"',
		},
		{
			displayName: 'Names Field',
			name: 'peopleField',
			type: 'string',
			default: 'people',
			description:
				'Field of each item, or of each line of the file, that lists the people to be masked wherever they stand in it. Ticket nodes fill in the field people.',
		},
		{
			displayName: 'Never Redact',
			name: 'allow',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. support@example.com',
			description: 'Values that stay as they are, one a line',
		},
		{
			displayName: 'Numbering',
			name: 'numbering',
			type: 'options',
			options: [
				{
					name: 'Per Example',
					value: 'example',
					description: 'Placeholders begin at 1 in each item or line',
				},
				{
					name: 'Per Run',
					value: 'run',
					description: 'The same value has the same placeholder in the whole run',
				},
			],
			default: 'example',
			description: 'How placeholders are counted when masking. Pseudonyms count per run.',
		},
		{
			displayName: 'Own Patterns',
			name: 'patterns',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Pattern',
			description:
				'Regular expressions for identifiers of your own. Ones that could take very long on some texts are refused; matches are up to 256 characters long.',
			options: [
				{
					displayName: 'Pattern',
					name: 'values',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. Customer ID',
							description: 'Becomes the placeholder, e.g. [CUSTOMER_ID_1]',
						},
						{
							displayName: 'Regular Expression',
							name: 'pattern',
							type: 'string',
							default: '',
							placeholder: 'e.g. CUST-\\d{6}',
							description: 'Without slashes; upper and lower case count as the same',
						},
					],
				},
			],
		},
		{
			displayName: 'Own Words',
			name: 'words',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. Project Falcon',
			description:
				'Words and phrases to redact, one a line. They are found as whole words, in any case.',
		},
		fileNameOption(''),
		longestLineOption,
		maxLeftOutOption,
	]),
];
