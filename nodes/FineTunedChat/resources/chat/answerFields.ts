import type { INodeProperties } from 'n8n-workflow';

/** What kind of answer is wanted: text, JSON, calls of tools. */
export const answerFields: INodeProperties[] = [
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		default: 'text',
		options: [
			{ name: 'JSON Object', value: 'json_object', description: 'Any JSON, read into "parsed"' },
			{
				name: 'JSON Schema',
				value: 'json_schema',
				description: 'JSON of a given shape, read into "parsed"',
			},
			{ name: 'Text', value: 'text' },
		],
		description:
			'How the model has to write its answer. For "JSON Object" the messages must mention JSON.',
	},
	{
		displayName: 'JSON Schema',
		name: 'jsonSchema',
		type: 'json',
		typeOptions: { rows: 6 },
		default:
			'{\n  "type": "object",\n  "properties": {\n    "answer": { "type": "string" }\n  },\n  "required": ["answer"],\n  "additionalProperties": false\n}',
		displayOptions: { show: { responseFormat: ['json_schema'] } },
		description: 'The shape of the answer as a JSON schema',
	},
	{
		displayName: 'Schema Name',
		name: 'schemaName',
		type: 'string',
		default: 'answer',
		displayOptions: { show: { responseFormat: ['json_schema'] } },
		description: 'What the schema describes; the model sees this name',
	},
	{
		displayName: 'Strict',
		name: 'schemaStrict',
		type: 'boolean',
		default: true,
		displayOptions: { show: { responseFormat: ['json_schema'] } },
		description:
			'Whether the answer must follow the schema exactly. Needs "additionalProperties": false and all properties under "required".',
	},
	{
		displayName: 'Tools',
		name: 'toolsInput',
		type: 'options',
		default: 'none',
		options: [
			{ name: 'None', value: 'none' },
			{ name: 'Define Below', value: 'fields' },
			{ name: 'From JSON', value: 'json' },
		],
		description:
			'Functions that the model may ask to have called. The calls come out as "tool_calls", each with the name of its function and, as "input", its arguments; this node does not run them. To go on, give the conversation as history and what the functions returned in option "Tool Results".',
	},
	{
		displayName: 'Tool Definitions',
		name: 'tools',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Tool',
		default: {},
		displayOptions: { show: { toolsInput: ['fields'] } },
		options: [
			{
				displayName: 'Tool',
				name: 'values',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. get_survey_result',
						description: 'Letters, digits, underscores and hyphens',
					},
					{
						displayName: 'Description',
						name: 'description',
						type: 'string',
						default: '',
						placeholder: 'e.g. Looks up the result of one survey question',
						description: 'What the function does and when to call it',
					},
					{
						displayName: 'Parameters',
						name: 'parameters',
						type: 'json',
						default: '{\n  "type": "object",\n  "properties": {}\n}',
						description: "The function's arguments as a JSON schema",
					},
					{
						displayName: 'Strict',
						name: 'strict',
						type: 'boolean',
						default: false,
						description: 'Whether the arguments must follow the schema exactly',
					},
				],
			},
		],
	},
	{
		displayName: 'Tool Definitions (JSON)',
		name: 'toolsJson',
		type: 'json',
		typeOptions: { rows: 6 },
		default: '[]',
		displayOptions: { show: { toolsInput: ['json'] } },
		description:
			'List of tools as the API takes them: {"type": "function", "function": {"name": "…", "parameters": {…}}}',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
];
