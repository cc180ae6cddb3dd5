import type { INodeProperties } from 'n8n-workflow';

/** Options about what goes in, how the node works, and what comes out. */
export const inputOptions: INodeProperties[] = [
	{
		displayName: 'Batch Processing',
		name: 'batching',
		type: 'collection',
		placeholder: 'Add Batch Processing Option',
		default: {},
		description:
			'How many questions to ask at the same time. Answers keep the order of the items. With a memory connected they are asked one by one.',
		options: [
			{
				displayName: 'Batch Size',
				name: 'batchSize',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
				default: 5,
				description: 'How many questions to ask in parallel',
			},
			{
				displayName: 'Delay Between Batches',
				name: 'delayBetweenBatches',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 0,
				description: 'Milliseconds to wait after each batch, to stay within rate limits',
			},
		],
	},
	{
		displayName: 'Enable Streaming',
		name: 'enableStreaming',
		type: 'boolean',
		default: true,
		description:
			'Whether to show the answer in the chat while it is written. Takes effect when the chat trigger responds by streaming.',
	},
	{
		displayName: 'Fall Back When',
		name: 'fallbackOn',
		type: 'multiOptions',
		default: ['missing', 'retired', 'rateLimited', 'serverFault', 'noAnswer'],
		description:
			'Reasons for which the next fallback model is asked. A wrong API key, an empty account or a bad request never is one.',
		options: [
			{
				name: 'Model Is Missing',
				value: 'missing',
				description: 'The server has no such model, or the key may not use it',
			},
			{
				name: 'Model Is Shut Down',
				value: 'retired',
				description: 'The provider has retired the model',
			},
			{
				name: 'No Answer in Time',
				value: 'noAnswer',
				description: 'The time ran out or the connection broke',
			},
			{
				name: 'Rate Limit Reached',
				value: 'rateLimited',
				description: 'Status 429 after all tries',
			},
			{
				name: 'Server Fault',
				value: 'serverFault',
				description: 'Status 5xx after all tries',
			},
		],
	},
	{
		displayName: 'Image Binary Fields',
		name: 'imageBinaryFields',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data, image_1',
		description:
			'Names of binary fields with images to send along, separated by commas. PNG, JPEG, WEBP or GIF of at most 20 MiB each.',
	},
	{
		displayName: 'Image Detail',
		name: 'imageDetail',
		type: 'options',
		default: 'auto',
		options: [
			{ name: 'Auto', value: 'auto' },
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
		],
		description: 'How closely the model looks at images; more detail costs more tokens',
	},
	{
		displayName: 'Image URLs',
		name: 'imageUrls',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/chart.png',
		description: 'Addresses of images that the server can reach, separated by commas or spaces',
	},
	{
		displayName: 'Max History Messages',
		name: 'maxHistoryMessages',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 20,
		description: 'How many of the newest earlier messages to send. Leading instructions stay.',
	},
	{
		displayName: 'Model of Job',
		name: 'jobModel',
		type: 'options',
		default: 'final',
		options: [
			{
				name: 'Final Model',
				value: 'final',
				description: 'The model of a job that has succeeded',
			},
			{
				name: 'Final Model or Latest Checkpoint',
				value: 'finalOrCheckpoint',
				description: 'The newest checkpoint as long as there is no final model',
			},
			{
				name: 'Latest Checkpoint',
				value: 'latestCheckpoint',
				description: 'The newest checkpoint in any case',
			},
		],
		description: 'Which model of a job to ask, for a model that is given "From Job"',
	},
	{
		displayName: 'Prices',
		name: 'prices',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Model Price',
		default: {},
		description:
			'Prices for the cost estimate, where they differ from those this node knows or it knows none',
		options: [
			{
				displayName: 'Model Price',
				name: 'rows',
				values: [
					{
						displayName: 'Model',
						name: 'model',
						type: 'string',
						default: '',
						placeholder: 'e.g. ft:gpt-4.1-mini-2025-04-14',
						description: 'A model ID; "ft:" and a base model stand for all models tuned from it',
					},
					{
						displayName: 'Input per Million Tokens',
						name: 'input',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 4 },
						default: 0,
						description: 'Price of 1,000,000 input tokens',
					},
					{
						displayName: 'Cached Input per Million Tokens',
						name: 'cachedInput',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 4 },
						default: 0,
						description: 'Price of 1,000,000 input tokens that the server had in its cache',
					},
					{
						displayName: 'Output per Million Tokens',
						name: 'output',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 4 },
						default: 0,
						description: 'Price of 1,000,000 output tokens',
					},
				],
			},
		],
	},
	{
		displayName: 'Return Conversation',
		name: 'returnConversation',
		type: 'boolean',
		default: true,
		description:
			'Whether to return the messages that were sent and the answer as "messages", ready to be the history of the next turn',
	},
	{
		displayName: 'System Message Role',
		name: 'systemMessageRole',
		type: 'options',
		default: 'system',
		options: [
			{ name: 'Developer', value: 'developer' },
			{ name: 'System', value: 'system' },
		],
		description: 'Role of the system message. Models tuned by reinforcement know it as developer.',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1000, numberPrecision: 0 },
		default: 60000,
		description: 'Milliseconds to wait for one try of one model to answer',
	},
	{
		displayName: 'Tool Results',
		name: 'toolResults',
		type: 'json',
		default: '',
		description:
			'What the functions returned that the model asked for: [{"tool_call_id": "call_…", "content": "…"}]. The history has to hold the message with these calls.',
	},
];
