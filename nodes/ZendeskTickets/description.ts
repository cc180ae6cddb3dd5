import type { INodeProperties } from 'n8n-workflow';

import { listOrId } from '../shared/fields';
import { filtersField, listFields, operationField, optionFields } from '../shared/tickets/fields';

const show = (...operation: string[]) => ({ operation });

const ticketField: INodeProperties = {
	displayName: 'Ticket',
	name: 'ticketId',
	type: 'string',
	required: true,
	displayOptions: { show: show('get') },
	default: '',
	placeholder: 'e.g. 1234',
	description: 'Number of the ticket, or the address of its page',
};

const filters: INodeProperties[] = [
	locator('Brand', 'brand', 'searchBrands', 'Only tickets of this brand'),
	locator('Form', 'form', 'searchForms', 'Only tickets that were entered with this form'),
	locator('Group', 'group', 'searchGroups', 'Only tickets that are assigned to this group'),
	locator(
		'View',
		'view',
		'searchViews',
		'Read the tickets of this view. It cannot be used together with a query, and holds no archived tickets (closed for more than 120 days).',
	),
	{
		displayName: 'Query',
		name: 'query',
		type: 'string',
		default: '',
		placeholder: 'e.g. priority>=high -tags:spam',
		description:
			'Further conditions in <a href="https://support.zendesk.com/hc/en-us/articles/4408886879258">Zendesk\'s search syntax</a>, without type:',
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		options: [
			{ name: 'Closed', value: 'closed' },
			{ name: 'New', value: 'new' },
			{ name: 'On-Hold', value: 'hold' },
			{ name: 'Open', value: 'open' },
			{ name: 'Pending', value: 'pending' },
			{ name: 'Solved', value: 'solved' },
		],
		default: ['solved', 'closed'],
		description:
			'Only tickets with one of these statuses. Solved and closed ones without this filter, all with an empty one.',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		default: '',
		placeholder: 'e.g. vpn, remote_work',
		description: 'Only tickets that have all of these tags, separated by commas',
	},
];

const readingOptions: INodeProperties[] = [
	{
		displayName: 'Comments',
		name: 'comments',
		type: 'options',
		options: [
			{
				name: 'In Bulk',
				value: 'bulk',
				description:
					'From the stream of all ticket events, for thousands of tickets. Administrators only.',
			},
			{
				name: 'Per Ticket',
				value: 'perTicket',
				description: 'One request for each ticket',
			},
		],
		default: 'perTicket',
		description: 'How the comments of the tickets are read',
	},
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10 },
		default: 3,
		description: 'Tickets whose comments are read at the same time',
	},
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: [
			{
				name: 'Incremental Export',
				value: 'incremental',
				description:
					'All tickets in the order of their changes, filtered by this node. Administrators only, ten requests a minute.',
			},
			{
				name: 'Search Export',
				value: 'searchExport',
				description: 'What Zendesk finds for the filters. An agent is enough.',
			},
		],
		default: 'searchExport',
		description: 'How tickets are found. With a view it is the view that is read.',
	},
];

export const zendeskProperties: INodeProperties[] = [
	operationField('a ticket', 'tickets'),
	ticketField,
	...listFields(show('getAll')),
	filtersField(filters),
	optionFields(show('getAll'), 'list', readingOptions),
	optionFields(show('get'), 'single'),
];

function locator(
	displayName: string,
	name: string,
	searchListMethod: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		...listOrId(searchListMethod, `Select a ${displayName.toLowerCase()}...`, 'e.g. 360001234567'),
	};
}
