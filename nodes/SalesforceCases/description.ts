import type { INodeProperties } from 'n8n-workflow';

import { filtersField, listFields, operationField, optionFields } from '../shared/tickets/fields';

const show = (...operation: string[]) => ({ operation });

const caseField: INodeProperties = {
	displayName: 'Case',
	name: 'caseId',
	type: 'string',
	required: true,
	displayOptions: { show: show('get') },
	default: '',
	placeholder: 'e.g. 00001026',
	description: 'Number or ID of the case, or the address of its page',
};

const LIST_HELP =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.';

function listFilter(
	displayName: string,
	name: string,
	method: string,
	what: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: method },
		default: [],
		description: `Only cases with one of these ${what}. ${LIST_HELP}.`,
	};
}

const filters: INodeProperties[] = [
	{
		displayName: 'Closed After',
		name: 'closedAfter',
		type: 'dateTime',
		default: '',
		description: 'Only cases closed at this time or later',
	},
	{
		displayName: 'Closed Before',
		name: 'closedBefore',
		type: 'dateTime',
		default: '',
		description: 'Only cases closed before this time',
	},
	{
		displayName: 'Include Unresolved',
		name: 'includeUnresolved',
		type: 'boolean',
		default: false,
		description:
			'Whether to read open cases too. Otherwise only closed ones are read, whatever their status is called.',
	},
	{
		displayName: 'SOQL Condition',
		name: 'where',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: "e.g. Product__c = 'VPN' AND Account.Industry != null",
		description:
			'One condition in the query language of Salesforce, as it stands after WHERE. The other filters hold as well.',
	},
	listFilter('Origin Names or IDs', 'origin', 'getCaseOrigins', 'origins'),
	listFilter('Priority Names or IDs', 'priority', 'getCasePriorities', 'priorities'),
	listFilter('Reason Names or IDs', 'reason', 'getCaseReasons', 'reasons'),
	listFilter('Record Type Names or IDs', 'recordType', 'getRecordTypes', 'record types'),
	listFilter('Status Names or IDs', 'status', 'getCaseStatuses', 'statuses'),
	listFilter('Type Names or IDs', 'type', 'getCaseTypes', 'types'),
];

const connectionOptions: INodeProperties[] = [
	{
		displayName: 'API Version',
		name: 'apiVersion',
		type: 'string',
		default: 'v66.0',
		placeholder: 'e.g. v66.0',
		description:
			"Version of Salesforce's REST API. Three are added each year, old ones work for years.",
	},
	{
		displayName: 'Daily API Limit Share',
		name: 'dailyLimitShare',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 90,
		description:
			'Percent of the API requests of the organization in 24 hours, those of other integrations included, after which reading stops. 100 never stops.',
	},
];

const contentOptions: INodeProperties[] = [
	{
		displayName: 'Extra Fields',
		name: 'extraFields',
		type: 'string',
		default: '',
		placeholder: 'e.g. Product__c, Severity__c',
		description:
			"API names of further fields of cases, separated by commas. They come as 'fields'.",
	},
	{
		displayName: 'Include Chatter Posts',
		name: 'includeFeed',
		type: 'boolean',
		default: false,
		description:
			'Whether to read what people have posted in the feed of the case. Comments and emails, which stand there too, are not read twice.',
	},
	{
		displayName: 'Resolution Field',
		name: 'resolutionField',
		type: 'string',
		default: '',
		placeholder: 'e.g. Resolution__c',
		description:
			"API name of the field in which agents write down the solution. It comes as 'resolutionText' and counts as an answer.",
	},
];

export const salesforceProperties: INodeProperties[] = [
	operationField('a case', 'cases'),
	caseField,
	...listFields(show('getAll')),
	filtersField(filters),
	optionFields(show('getAll'), 'list', [...contentOptions, ...connectionOptions]),
	optionFields(show('get'), 'single', [...contentOptions, ...connectionOptions]),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		displayOptions: { show: show('count') },
		default: {},
		options: connectionOptions,
	},
];
