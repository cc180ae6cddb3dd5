import { badRequest, Refusal } from './errors';
import { checkBody, checkMetadata, type Body, type Rule } from './check';

export interface ChatRequest {
	model: string;
	messages: Body[];
	n: number;
	stop: string[];
	maxTokens?: number;
	stream: boolean;
	includeUsage: boolean;
	responseFormat: Body;
	tools: Body[];
	toolChoice: unknown;
	store: boolean;
	metadata: Record<string, string>;
}

const penalty: Rule = { type: 'number', min: -2, max: 2 };

/** https://developers.openai.com/api/reference/resources/chat: the fields and bounds of a chat completion. */
const FIELDS: Record<string, Rule> = {
	model: { type: 'string', required: true },
	messages: { type: 'array', required: true, minLength: 1, items: { type: 'object' } },
	temperature: { type: 'number', min: 0, max: 2 },
	top_p: { type: 'number', min: 0, max: 1 },
	n: { type: 'integer', min: 1, max: 128 },
	stop: { type: 'any' },
	max_tokens: { type: 'integer', min: 1 },
	max_completion_tokens: { type: 'integer', min: 1 },
	frequency_penalty: penalty,
	presence_penalty: penalty,
	logit_bias: { type: 'object' },
	logprobs: { type: 'boolean' },
	top_logprobs: { type: 'integer', min: 0, max: 20 },
	response_format: { type: 'object' },
	tools: { type: 'array', maxLength: 128, items: { type: 'object' } },
	tool_choice: { type: 'any' },
	parallel_tool_calls: { type: 'boolean' },
	functions: { type: 'array', minLength: 1, maxLength: 128 },
	function_call: { type: 'any' },
	seed: { type: 'integer' },
	stream: { type: 'boolean' },
	stream_options: { type: 'object' },
	store: { type: 'boolean' },
	metadata: { type: 'object' },
	service_tier: { type: 'string' },
	reasoning_effort: {
		type: 'string',
		oneOf: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
	},
	verbosity: { type: 'string', oneOf: ['low', 'medium', 'high'] },
	modalities: { type: 'array' },
	audio: { type: 'object' },
	prediction: { type: 'object' },
	prompt_cache_key: { type: 'string' },
	prompt_cache_options: { type: 'object' },
	prompt_cache_retention: { type: 'string' },
	safety_identifier: { type: 'string' },
	user: { type: 'string' },
	moderation: { type: 'any' },
	web_search_options: { type: 'object' },
};

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'];

export function readChatRequest(json: unknown): ChatRequest {
	const body = checkBody(json, FIELDS);
	checkMetadata(body.metadata);
	const messages = body.messages as Body[];
	checkMessages(messages);
	if (body.max_tokens != null && body.max_completion_tokens != null) {
		const message =
			"Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
		throw badRequest(message, 'max_tokens', 'invalid_parameter_combination');
	}
	if (body.stream_options != null && !body.stream) {
		const message = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
		throw badRequest(message, 'stream_options');
	}
	const responseFormat = (body.response_format ?? { type: 'text' }) as Body;
	checkFormat(responseFormat, messages);
	return {
		model: body.model as string,
		messages,
		n: (body.n as number | null) ?? 1,
		stop: readStop(body.stop),
		maxTokens: (body.max_completion_tokens ?? body.max_tokens ?? undefined) as number | undefined,
		stream: body.stream === true,
		includeUsage: (body.stream_options as Body | undefined)?.include_usage === true,
		responseFormat,
		tools: readTools(body),
		toolChoice: body.tool_choice ?? 'auto',
		store: body.store === true,
		metadata: (body.metadata ?? {}) as Record<string, string>,
	};
}

function checkMessages(messages: Body[]): void {
	let open = new Set<unknown>();
	for (const [index, message] of messages.entries()) {
		const path = `messages[${index}]`;
		if (typeof message.role !== 'string') {
			const text = `Missing required parameter: '${path}.role'.`;
			throw badRequest(text, `${path}.role`, 'missing_required_parameter');
		}
		if (!ROLES.includes(message.role)) {
			const supported = ROLES.map((role) => `'${role}'`).join(', ');
			const text = `Invalid value: '${message.role}'. Supported values are: ${supported}.`;
			throw badRequest(text, `${path}.role`, 'invalid_value');
		}
		if (message.role === 'tool') {
			if (!open.delete(message.tool_call_id)) {
				const text =
					"Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";
				throw badRequest(text, `${path}.role`);
			}
			continue;
		}
		refuseUnanswered(open);
		const calls = Array.isArray(message.tool_calls) ? (message.tool_calls as Body[]) : [];
		open = new Set(calls.map(({ id }) => id));
		checkContent(message, path);
	}
	refuseUnanswered(open);
}

function refuseUnanswered(open: Set<unknown>): void {
	if (open.size === 0) return;
	const text = `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...open].join(', ')}`;
	throw badRequest(text, 'messages');
}

function checkContent(
	{ role, content, tool_calls, function_call, refusal, audio }: Body,
	path: string,
) {
	if (typeof content === 'string' || Array.isArray(content)) return;
	if (role === 'assistant' && (tool_calls ?? function_call ?? refusal ?? audio)) return;
	const found = content == null ? 'null' : typeof content;
	const text = `Invalid value for 'content': expected a string, got ${found}.`;
	throw badRequest(text, `${path}.content`);
}

function readStop(stop: unknown): string[] {
	if (stop === undefined || stop === null) return [];
	const list = Array.isArray(stop) ? stop : [stop];
	if (list.some((text) => typeof text !== 'string')) {
		throw badRequest(
			"Invalid type for 'stop': expected a string or an array of strings.",
			'stop',
			'invalid_type',
		);
	}
	if (list.length > 4) {
		const text = `Invalid 'stop': array too long. Expected an array with maximum length 4, but got an array with length ${list.length} instead.`;
		throw badRequest(text, 'stop', 'array_above_max_length');
	}
	return list.filter((text) => text !== '');
}

function checkFormat(format: Body, messages: Body[]): void {
	if (!['text', 'json_object', 'json_schema'].includes(format.type as string)) {
		const text = `Invalid value: '${String(format.type)}'. Supported values are: 'json_object', 'json_schema', and 'text'.`;
		throw badRequest(text, 'response_format.type', 'invalid_value');
	}
	if (format.type === 'json_object' && !/json/i.test(JSON.stringify(messages))) {
		const text =
			"'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.";
		throw badRequest(text, 'messages');
	}
	if (format.type !== 'json_schema') return;
	const { name, schema, strict } = (format.json_schema ?? {}) as Body;
	if (typeof name !== 'string') {
		const text = "Missing required parameter: 'response_format.json_schema.name'.";
		throw badRequest(text, 'response_format.json_schema.name', 'missing_required_parameter');
	}
	if (strict) checkStrictSchema(schema, name, []);
}

/** Structured outputs ask every object to list all of its properties as required and to allow no others. */
function checkStrictSchema(schema: unknown, name: string, context: string[]): void {
	if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return;
	const { type, properties, required, additionalProperties, items } = schema as Body;
	const where = `In context=(${context.map((step) => `'${step}'`).join(', ')})`;
	const refuse = (reason: string) =>
		badRequest(
			`Invalid schema for response_format '${name}': ${where}, ${reason}`,
			'response_format',
		);
	if (type === 'object') {
		if (additionalProperties !== false) {
			throw refuse("'additionalProperties' is required to be supplied and to be false.");
		}
		const listed = Array.isArray(required) ? required : [];
		const missing = Object.keys((properties ?? {}) as Body).find((key) => !listed.includes(key));
		if (missing) {
			throw refuse(
				`'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`,
			);
		}
	}
	for (const [key, value] of Object.entries((properties ?? {}) as Body)) {
		checkStrictSchema(value, name, [...context, 'properties', key]);
	}
	checkStrictSchema(items, name, [...context, 'items']);
}

/** Tools as given, or the older `functions` in the shape of tools. */
function readTools({ tools, functions, tool_choice: choice }: Body): Body[] {
	const list = (tools ??
		((functions as Body[] | undefined) ?? []).map((entry) => ({
			type: 'function',
			function: entry,
		}))) as Body[];
	for (const [index, tool] of list.entries()) {
		const name = ((tool.function ?? {}) as Body).name;
		if (tool.type !== 'function' || typeof name !== 'string' || !/^[\w-]{1,64}$/.test(name)) {
			const path = `tools[${index}].function.name`;
			const text = `Invalid '${path}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`;
			throw badRequest(text, path, 'invalid_value');
		}
	}
	if (choice != null && choice !== 'none' && choice !== 'auto' && list.length === 0) {
		throw new Refusal(400, "'tool_choice' is only allowed when 'tools' are specified.", {
			param: 'tool_choice',
		});
	}
	return list;
}
