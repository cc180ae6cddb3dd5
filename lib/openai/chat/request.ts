import type {
	ChatCompletionCreateParamsNonStreaming,
	ChatCompletionCreateParamsStreaming,
	ChatCompletionMessageParam,
	ChatCompletionTool,
	ChatCompletionToolChoiceOption,
} from 'openai/resources/chat/completions';

import { mergeFields } from '../mergeFields';
import { SettingError } from '../settingError';
import { isPlainObject, readJsonSetting } from './json';
import { samplingFields, type ChatOptions } from './sampling';

/** How the answer is to be written; `text` sends nothing. */
export type ResponseFormat =
	| { type: 'text' | 'json_object' }
	| { type: 'json_schema'; name: string; schema: unknown; strict?: boolean };

export interface ChatRequest {
	model: string;
	messages: ChatCompletionMessageParam[];
	responseFormat?: ResponseFormat;
	tools?: ChatCompletionTool[];
	toolChoice?: ChatCompletionToolChoiceOption;
	options?: ChatOptions;
	/** Further fields for the body, as JSON text or value; they win over `options`. */
	extraBody?: unknown;
}

type ChatBody = ChatCompletionCreateParamsNonStreaming;

/** Fields with a parameter of their own, on which the reading of the answer relies. */
const RESERVED = ['model', 'messages', 'stream', 'stream_options'];

/**
 * Builds the body of `POST /chat/completions`, with nothing in it that was not set:
 * models that reason refuse sampling fields, and compatible servers refuse what they do not know.
 *
 * @throws SettingError naming the first setting the API would refuse
 */
export function chatBody(request: ChatRequest): ChatBody {
	const { model, messages, tools = [], options = {} } = request;
	const format = responseFormat(request.responseFormat);
	const body: ChatBody = {
		model,
		messages,
		...samplingFields(options),
		...(format ? { response_format: format } : {}),
		...(tools.length > 0 ? { tools } : {}),
		...(request.toolChoice ? { tool_choice: request.toolChoice } : {}),
	};
	// The API refuses this field where no tools are.
	if (tools.length === 0) delete body.parallel_tool_calls;
	return withExtraBody(body, request.extraBody);
}

/** The same request with its answer as a stream of chunks, the last of which counts the tokens. */
export function streamed(body: ChatBody): ChatCompletionCreateParamsStreaming {
	return { ...body, stream: true, stream_options: { include_usage: true } };
}

function responseFormat(format?: ResponseFormat): ChatBody['response_format'] | undefined {
	if (format?.type === 'json_object') return { type: 'json_object' };
	if (format?.type !== 'json_schema') return undefined;
	return {
		type: 'json_schema',
		json_schema: {
			name: schemaName(format.name),
			schema: schemaOf(format.schema),
			...(format.strict === undefined ? {} : { strict: format.strict }),
		},
	};
}

function schemaName(name: string): string {
	if (/^[a-zA-Z0-9_-]{1,64}$/.test(name)) return name;
	throw new SettingError(
		`'Schema Name' cannot be '${name.slice(0, 80)}'`,
		'Use 1 to 64 letters, digits, underscores and hyphens.',
		'Schema Name',
	);
}

function schemaOf(value: unknown): Record<string, unknown> {
	const schema = readJsonSetting(value, 'JSON Schema');
	if (isPlainObject(schema)) return schema;
	throw new SettingError(
		"'JSON Schema' is not a schema",
		'Enter an object such as {"type": "object", "properties": {"area": {"type": "string"}}, "required": ["area"], "additionalProperties": false}.',
		'JSON Schema',
	);
}

function withExtraBody(body: ChatBody, extraBody: unknown): ChatBody {
	const setting = 'Extra Body Fields';
	const extra = readJsonSetting(extraBody, setting);
	if (extra === undefined) return body;
	if (!isPlainObject(extra)) {
		throw new SettingError(`'${setting}' is not an object`, 'Enter {"name": value, …}.', setting);
	}
	const reserved = RESERVED.find((name) => name in extra);
	if (reserved) {
		throw new SettingError(
			`'${setting}' cannot set '${reserved}'`,
			"Use the node's own parameters for model, messages and streaming.",
			setting,
		);
	}
	return mergeFields(body, extra);
}
