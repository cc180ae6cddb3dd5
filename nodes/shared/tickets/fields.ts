/** The parameters that all ticket nodes have. */
import type { INodeProperties } from 'n8n-workflow';

import { optionsCollection, returnAllFields } from '../fields';

type Shown = Record<string, string[]>;

/**
 * @param one - what the system calls a ticket, with its article
 * @param resource - where the node has several: n8n lists and names the actions of a node by resource
 */
export function operationField(one: string, many: string, resource?: string): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		...(resource ? { displayOptions: { show: { resource: [resource] } } } : {}),
		options: [
			{
				name: 'Count',
				value: 'count',
				action: `Count ${many}`,
				description: 'Count what Get Many would read with the same filters',
			},
			{
				name: 'Get',
				value: 'get',
				action: `Get ${one}`,
				description: `Retrieve ${one} with its conversation`,
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: `Get many ${many}`,
				description: `Retrieve ${many} with their conversations, by default the resolved ones`,
			},
		],
		default: 'getAll',
	};
}

/** Return All, Limit and Only Answered of Get Many. */
export function listFields(show: Shown): INodeProperties[] {
	return [
		...returnAllFields(show),
		{
			displayName: 'Only Answered',
			name: 'onlyAnswered',
			type: 'boolean',
			displayOptions: { show },
			default: true,
			description:
				'Whether to leave out tickets in which no agent has answered publicly. They are counted in the summary.',
		},
	];
}

const dateFilters: INodeProperties[] = [
	{
		displayName: 'Created After',
		name: 'createdAfter',
		type: 'dateTime',
		default: '',
		description: 'Only tickets created at this time or later',
	},
	{
		displayName: 'Created Before',
		name: 'createdBefore',
		type: 'dateTime',
		default: '',
		description: 'Only tickets created before this time',
	},
	{
		displayName: 'Updated After',
		name: 'updatedAfter',
		type: 'dateTime',
		default: '',
		description: 'Only tickets changed at this time or later',
	},
];

/** The collection 'Filters' of Get Many and Count: the dates, and what the system has of its own. */
export function filtersField(own: INodeProperties[]): INodeProperties {
	const options = [...dateFilters, ...own];
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		displayOptions: { show: { operation: ['getAll', 'count'] } },
		default: {},
		options: options.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

const texts: INodeProperties[] = [
	{
		displayName: 'Include Internal Notes',
		name: 'includeInternalNotes',
		type: 'boolean',
		default: false,
		description:
			'Whether messages that requesters cannot see are read too. Otherwise they are counted and left out.',
	},
	{
		displayName: 'Include Raw Record',
		name: 'includeRaw',
		type: 'boolean',
		default: false,
		description: "Whether each ticket also holds the system's own record, as 'raw'",
	},
	{
		displayName: 'Strip Quotes and Signatures',
		name: 'stripQuotes',
		type: 'boolean',
		default: true,
		description: 'Whether quoted mails and signatures are cut off the messages',
	},
];

const reading: INodeProperties[] = [
	{
		displayName: 'Cursor',
		name: 'cursor',
		type: 'string',
		default: '',
		description:
			"Goes on where an earlier run stopped: 'cursor' of its summary. Site and filters must be the same.",
	},
	{
		displayName: 'Max Wait',
		name: 'maxWaitSeconds',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 300,
		description: 'Seconds to wait in all for one answer when the system asks to slow down',
	},
	{
		displayName: 'On Interruption',
		name: 'onInterruption',
		type: 'options',
		options: [
			{
				name: 'Fail',
				value: 'fail',
				description: 'End with an error, and hand on no ticket of this run',
			},
			{
				name: 'Return What Was Read',
				value: 'returnRead',
				description:
					'Hand on the tickets read so far, with what went wrong and the cursor in the summary',
			},
		],
		default: 'fail',
		description: 'What to do when reading breaks off in the middle',
	},
	{
		displayName: 'Only New Since Last Run',
		name: 'onlyNew',
		type: 'boolean',
		default: false,
		description:
			'Whether each run goes on where the last one of this node ended. Works in active workflows, which keep the place between runs; manual runs begin at the start.',
	},
];

/**
 * The collection 'Options' of Get and Get Many.
 *
 * @param extra - what only this system has; all are sorted by display name
 */
export function optionFields(
	show: Shown,
	kind: 'list' | 'single',
	extra: INodeProperties[] = [],
): INodeProperties {
	const options = [...texts, ...(kind === 'list' ? reading : []), ...extra];
	return optionsCollection(options, { displayOptions: { show } });
}
