import type { INodeProperties } from 'n8n-workflow';

import { filtersField, listFields, operationField, optionFields } from '../shared/tickets/fields';

const GET_ALL = { operation: ['getAll'] };
const TASKS = ['case', 'incident', 'requestItem'];

/** One for each resource: n8n lists and names the actions of a node by resource. */
const operations: INodeProperties[] = [
	operationField('a case', 'cases', 'case'),
	operationField('an incident', 'incidents', 'incident'),
	operationField('a knowledge article', 'knowledge articles', 'knowledgeArticle'),
	operationField('a request item', 'request items', 'requestItem'),
];

const recordId: INodeProperties = {
	displayName: 'Number or Sys ID',
	name: 'recordId',
	type: 'string',
	required: true,
	displayOptions: { show: { operation: ['get'] } },
	default: '',
	placeholder: 'e.g. INC0010023',
	description: "The record's number, or the 32 digits of its sys_id",
};

const ownFilters: INodeProperties[] = [
	{
		displayName: 'Assignment Group',
		name: 'assignmentGroup',
		type: 'string',
		displayOptions: { show: { '/resource': TASKS } },
		default: '',
		placeholder: 'e.g. Service Desk, Network',
		description:
			'Only records assigned to one of these groups: names or sys_ids, separated by commas',
	},
	{
		displayName: 'Category',
		name: 'category',
		type: 'string',
		default: '',
		placeholder: 'e.g. network, hardware',
		description:
			'Only records of one of these categories, separated by commas. For request items names of catalog items, for articles names of their category.',
	},
	{
		displayName: 'Encoded Query',
		name: 'encodedQuery',
		type: 'string',
		default: '',
		placeholder: 'e.g. priority=1^ORpriority=2',
		description:
			"A condition as 'Copy query' of a ServiceNow list gives it. It holds besides the other filters; where it names the state itself, the default states do not apply. Its order is replaced.",
	},
	{
		displayName: 'States',
		name: 'states',
		type: 'string',
		displayOptions: { show: { '/resource': TASKS } },
		default: '',
		placeholder: 'e.g. Resolved, Closed',
		description:
			'Only records in one of these states: names or values, separated by commas, or * for all. When empty: resolved and closed ones (incidents 6 and 7, cases 6 and 3, request items 3).',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		default: '',
		placeholder: 'e.g. vpn, onboarding',
		description: 'Only records that have one of these tags, separated by commas',
	},
];

const both: INodeProperties[] = [
	{
		displayName: 'Extra Columns',
		name: 'extraColumns',
		type: 'string',
		default: '',
		placeholder: 'e.g. u_product, location.name',
		description:
			"Further columns to read, separated by commas. They are in 'raw', so turn on 'Include Raw Record' too.",
	},
	{
		displayName: 'Include Attachment Names',
		name: 'includeAttachments',
		type: 'boolean',
		default: false,
		description:
			'Whether the names of attached files are read too, by one more request for 100 records each',
	},
	{
		displayName: 'Include Tags',
		name: 'includeTags',
		type: 'boolean',
		default: false,
		description: 'Whether tags are read too, by one more request for 100 records each',
	},
];

const listOnly: INodeProperties[] = [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 2 },
		default: 1,
		description: 'How many requests run at the same time; 2 at most, which spares the instance',
	},
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 10, maxValue: 1000 },
		default: 100,
		description: 'Records a request. Lower it when the instance gives up on requests.',
	},
];

export const serviceNowFields: INodeProperties[] = [
	...operations,
	recordId,
	...listFields(GET_ALL),
	filtersField(ownFilters),
	optionFields(GET_ALL, 'list', [...both, ...listOnly]),
	optionFields({ operation: ['get'] }, 'single', both),
];
