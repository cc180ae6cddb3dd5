import type { INodeProperties } from 'n8n-workflow';

import { LANGUAGE_NAMES } from '../../../../lib/dataset/quality/language';
import {
	fileNameOption,
	inputTypeFields,
	longestLineOption,
	optionsField,
	outputFieldField,
} from '../../fields';
import { recordFieldOptions } from '../deduplicate/description';

const operation = ['filter'];

const lengthOption = (
	displayName: string,
	name: string,
	length: number,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: length,
	description,
});

const keepOrLeaveOut = [
	{ name: 'Keep', value: 'keep' },
	{ name: 'Leave Out', value: 'leaveOut' },
];

export const filterProperties: INodeProperties[] = [
	...inputTypeFields(operation),
	{
		displayName: 'Leave Out Answers That Are',
		name: 'answerChecks',
		type: 'multiOptions',
		displayOptions: { show: { operation } },
		options: [
			{
				name: 'A Request to Call or Contact',
				value: 'callUs',
				description: 'E.g. please call us, solved by phone.',
			},
			{
				name: 'Closed as Duplicate',
				value: 'closedAsDuplicate',
				description: 'E.g. closed as duplicate of HELP-12, merged into #345.',
			},
			{ name: 'Empty', value: 'empty', description: 'Without a letter or digit' },
			{ name: 'Only a Link', value: 'onlyLink' },
			{
				name: 'Only a Ticket Reference',
				value: 'ticketReference',
				description: 'E.g. see INC0010023.',
			},
			{ name: 'Repeating the Question', value: 'repeatsQuestion' },
			{
				name: 'See Attached',
				value: 'seeAttachment',
				description: 'Points to an attachment, a screenshot or to above or below, and says no more',
			},
			{
				name: 'Thanks Only',
				value: 'thanks',
				description: 'E.g. thank you, done, you are welcome.',
			},
		],
		default: [
			'callUs',
			'closedAsDuplicate',
			'empty',
			'onlyLink',
			'ticketReference',
			'repeatsQuestion',
			'seeAttachment',
			'thanks',
		],
		description:
			'What makes an answer useless for training. Known in about fifteen languages; an answer that says more than this stays.',
	},
	{
		displayName: 'Languages',
		name: 'languages',
		type: 'multiOptions',
		displayOptions: { show: { operation } },
		options: [...LANGUAGE_NAMES]
			.filter(([code]) => code !== 'und')
			.map(([value, name]) => ({ name, value }))
			.sort((a, b) => (a.name < b.name ? -1 : 1)),
		default: [],
		description: 'Languages to keep; all of them when none is chosen',
	},
	outputFieldField({ operation, inputType: ['binary'] }),
	optionsField(operation, [
		...recordFieldOptions,
		{
			displayName: 'Confidence Field',
			name: 'confidenceField',
			type: 'string',
			default: 'confidence',
			description: 'Field with the confidence of an example, as Q&A Extractor writes it',
		},
		fileNameOption(''),
		{
			displayName: 'If Confidence Is Missing',
			name: 'withoutConfidence',
			type: 'options',
			options: keepOrLeaveOut,
			default: 'keep',
			description: 'What to do with examples that have no confidence',
		},
		{
			displayName: 'If Language Cannot Be Told',
			name: 'undetermined',
			type: 'options',
			options: keepOrLeaveOut,
			default: 'keep',
			description:
				'What to do with texts that are too short, no prose, or could be several languages',
		},
		{
			displayName: 'Language Field',
			name: 'languageField',
			type: 'string',
			default: 'language',
			description:
				'Field that says the language; where it is empty, and without this option, the language is told from the text',
		},
		{
			displayName: 'Length Unit',
			name: 'lengthUnit',
			type: 'options',
			options: [
				{ name: 'Characters', value: 'characters' },
				{ name: 'Tokens', value: 'tokens' },
			],
			default: 'characters',
			description: 'What the minimum and maximum lengths are counted in',
		},
		longestLineOption,
		lengthOption('Max Answer Length', 'maxAnswer', 20_000, 'Longer answers are left out'),
		lengthOption('Max Question Length', 'maxQuestion', 20_000, 'Longer questions are left out'),
		lengthOption('Min Answer Length', 'minAnswer', 20, 'Shorter answers are left out'),
		{
			displayName: 'Min Confidence',
			name: 'minConfidence',
			type: 'number',
			typeOptions: { numberPrecision: 2 },
			default: 0.7,
			description: 'Examples with a lower confidence are left out',
		},
		lengthOption('Min Question Length', 'minQuestion', 20, 'Shorter questions are left out'),
		{
			displayName: 'Own Phrases',
			name: 'phrases',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. escalated to level 2',
			description:
				'Answers that have one of these phrases are left out, whatever else they say; one a line. Capitals and punctuation do not count.',
		},
	]),
];
