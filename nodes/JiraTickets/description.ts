import type { INodeProperties } from 'n8n-workflow';

import { EXCLUDED_RESOLUTIONS } from '../../lib/tickets/jira/resolutions';
import { filtersField, listFields, operationField, optionFields } from '../shared/tickets/fields';

const show = (...operation: string[]) => ({ operation });

const projectsField: INodeProperties = {
	displayName: 'Project Names or IDs',
	name: 'projects',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getProjects' },
	displayOptions: { show: show('getAll', 'count') },
	default: [],
	description:
		'Only tickets of these projects; all that the account may see when empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const issueField: INodeProperties = {
	displayName: 'Ticket',
	name: 'issue',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	displayOptions: { show: show('get') },
	description: 'The ticket to retrieve',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a ticket...',
			typeOptions: { searchListMethod: 'searchIssues', searchable: true },
		},
		{
			displayName: 'By Key or ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. IT-42',
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://acme.atlassian.net/browse/IT-42',
			extractValue: {
				type: 'regex',
				regex: 'https?://[^?#]+/(?:browse|portal/[0-9]+)/([A-Za-z][A-Za-z0-9_]*-[0-9]+)',
			},
		},
	],
};

const filters: INodeProperties[] = [
	{
		displayName: 'Include Unresolved',
		name: 'includeUnresolved',
		type: 'boolean',
		default: false,
		description:
			'Whether to read open tickets too. Otherwise only those are read that are done and have a resolution.',
	},
	{
		displayName: 'Issue Type Names or IDs',
		name: 'issueTypes',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getIssueTypes' },
		default: [],
		description:
			'Only tickets of these types. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'JQL',
		name: 'jql',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. project = IT AND component = VPN',
		description:
			'A condition in the query language of Jira. It takes the place of the projects; the other filters hold as well. An ORDER BY is not used.',
	},
	{
		displayName: 'Resolutions to Leave Out',
		name: 'excludedResolutions',
		type: 'string',
		default: EXCLUDED_RESOLUTIONS.join(', '),
		description:
			'Names of resolutions, separated by commas. Tickets that ended so are counted and left out; empty to keep all. Without this filter it is the list shown here first.',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		default: '',
		placeholder: 'e.g. vpn, wifi',
		description: 'Only tickets that have one of these labels, separated by commas',
	},
];

const concurrencyOption: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 4 },
	default: 3,
	description: 'Tickets whose comments are read at the same time, where Jira has not sent them all',
};

export const jiraProperties: INodeProperties[] = [
	operationField('a ticket', 'tickets'),
	projectsField,
	issueField,
	...listFields(show('getAll')),
	filtersField(filters),
	optionFields(show('getAll'), 'list', [concurrencyOption]),
	optionFields(show('get'), 'single'),
];
