import type { INodeProperties } from 'n8n-workflow';

/** Sources of pages rather than of tickets. */
const PAGES = ['confluence', 'notion'];
const FIELDS = ['fields'];

function path(displayName: string, name: string, description: string, value = ''): INodeProperties {
	return { displayName, name, type: 'string', default: value, description };
}

const mappedFields: INodeProperties[] = [
	path('Category Field', 'category', 'Field that holds the category'),
	path('Created At Field', 'createdAt', 'Field that holds the time of creation'),
	path('ID Field', 'id', 'Field that holds what never changes, e.g. a number'),
	path('Key Field', 'key', 'Field that holds what people call the ticket by, e.g. IT-42'),
	path('Language Field', 'language', 'Field that holds the language'),
	path(
		'People Fields',
		'people',
		'Fields that hold names or addresses of people, with commas between them. Redact masks these wherever they stand.',
	),
	path('Resolved At Field', 'resolvedAt', 'Field that holds the time at which it was resolved'),
	path(
		'Resolved Values',
		'resolvedValues',
		"Values of 'Status Field' that mean resolved, with commas between them; any by default",
	),
	path('Status Field', 'status', 'Field that holds the status'),
	path('Tags Field', 'tags', 'Field that holds tags, as a list or with commas between them'),
	path('URL Field', 'url', 'Field that holds the address of the ticket'),
];

export const normalizerProperties: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Confluence Page',
				value: 'confluence',
				description: 'The title becomes the question, the page the answer',
			},
			{
				name: 'Fields of Any Item',
				value: 'fields',
				description: 'Rows of Google Sheets, Excel or CSV, or any other item whose fields you name',
			},
			{ name: 'Freshdesk Ticket', value: 'freshdesk' },
			{ name: 'GitHub Issue', value: 'gitHub' },
			{ name: 'HubSpot Ticket', value: 'hubSpot' },
			{ name: 'Intercom Conversation', value: 'intercom' },
			{ name: 'Jira Issue', value: 'jira' },
			{
				name: 'Notion Page',
				value: 'notion',
				description: 'The title becomes the question, the page the answer',
			},
			{ name: 'Salesforce Case', value: 'salesforce' },
			{ name: 'ServiceNow Record', value: 'serviceNow' },
			{ name: 'Zendesk Ticket', value: 'zendesk' },
		],
		default: 'fields',
		description: 'What the items are, as the node before gives them',
	},
	{
		displayName: 'Question Field',
		name: 'questionField',
		type: 'string',
		displayOptions: { show: { source: FIELDS } },
		default: 'question',
		placeholder: 'e.g. request.description',
		description: 'Field that holds what was asked',
	},
	{
		displayName: 'Answer Field',
		name: 'answerField',
		type: 'string',
		displayOptions: { show: { source: FIELDS } },
		default: 'answer',
		description:
			"Field that holds the answer. Leave empty if the answers are among the messages: see 'Messages Field' under 'Options'.",
	},
	{
		displayName: 'Title Field',
		name: 'titleField',
		type: 'string',
		displayOptions: { show: { source: FIELDS } },
		default: 'title',
		description: 'Field that holds the subject. An item without question is asked by its title.',
	},
	{
		displayName: 'More Fields',
		name: 'fields',
		type: 'collection',
		placeholder: 'Add Field',
		displayOptions: { show: { source: FIELDS } },
		default: {},
		options: mappedFields,
	},
	{
		displayName: 'Only Published',
		name: 'onlyPublished',
		type: 'boolean',
		displayOptions: { show: { source: [...PAGES, 'serviceNow'] } },
		default: true,
		description: 'Whether to leave out pages that are drafts, archived or in the trash',
	},
	{
		displayName: 'Only Resolved',
		name: 'onlyResolved',
		type: 'boolean',
		displayOptions: { hide: { source: PAGES } },
		default: true,
		description: 'Whether to leave out tickets that are not resolved',
	},
	{
		displayName: 'Only Answered',
		name: 'onlyAnswered',
		type: 'boolean',
		default: true,
		description: 'Whether to leave out tickets in which no agent has answered publicly',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Include Internal Notes',
				name: 'includeInternalNotes',
				type: 'boolean',
				default: false,
				description:
					'Whether messages that requesters cannot see are taken too. Otherwise they are counted and left out.',
			},
			{
				displayName: 'Include Raw Record',
				name: 'includeRaw',
				type: 'boolean',
				default: false,
				description: "Whether each ticket also holds the item it was made from, as 'raw'",
			},
			{
				displayName: 'Messages Field',
				name: 'messagesField',
				type: 'string',
				default: '',
				placeholder: 'e.g. comments',
				description:
					'Field that holds the list of comments or messages, where they were fetched apart and merged into the item',
			},
			{
				displayName: 'Site URL',
				name: 'siteUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://acme.atlassian.net',
				description: 'Address of the system, for links to the tickets',
			},
			{
				displayName: 'Strip Quotes and Signatures',
				name: 'stripQuotes',
				type: 'boolean',
				default: true,
				description: 'Whether quoted mails and signatures are cut off the messages',
			},
		],
	},
];
