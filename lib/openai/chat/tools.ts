import type {
	ChatCompletionFunctionTool,
	ChatCompletionTool,
	ChatCompletionToolChoiceOption,
} from 'openai/resources/chat/completions';

import { SettingError } from '../settingError';
import { isPlainObject, plainText, readJsonSetting, type PlainObject } from './json';

const SETTING = 'Tools';
/** https://platform.openai.com/docs/api-reference/chat/create#chat-create-tools */
const MAX_TOOLS = 128;
const FUNCTION_NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** One row of the interface; `parameters` is a JSON schema, as text or value. */
export interface ToolRow {
	name?: unknown;
	description?: unknown;
	parameters?: unknown;
	strict?: unknown;
}

/**
 * Tools from rows of the interface.
 *
 * @throws SettingError naming the first row that the API would refuse
 */
export function toolsFromRows(rows: readonly ToolRow[]): ChatCompletionTool[] {
	return checkTools(
		rows.map((row) => ({
			type: 'function',
			function: {
				name: plainText(row.name).trim(),
				...(row.description ? { description: plainText(row.description) } : {}),
				...parametersOf(row.parameters, `Parameters of '${plainText(row.name).slice(0, 64)}'`),
				...(row.strict === true ? { strict: true } : {}),
			},
		})),
	);
}

/**
 * Tools from JSON: an array of `{type: "function", function: {…}}`, of bare function definitions, or one of either.
 * Tools of other types are sent as they are.
 *
 * @throws SettingError if an entry is no tool
 */
export function toolsFromJson(value: unknown): ChatCompletionTool[] {
	const read = readJsonSetting(value, SETTING);
	if (read === undefined) return [];
	const entries = isPlainObject(read) && Array.isArray(read.tools) ? read.tools : [read];
	return checkTools(entries.flat().map((entry, index) => toTool(entry, index + 1)));
}

/**
 * The `tool_choice` field; a function's name stands for "this one".
 *
 * @throws SettingError if the named function is not among the tools
 */
export function toolChoice(
	choice: unknown,
	functionName: unknown,
	tools: readonly ChatCompletionTool[],
): ChatCompletionToolChoiceOption | undefined {
	if (choice === undefined || choice === null || choice === '' || tools.length === 0) {
		return undefined;
	}
	if (choice !== 'function') return choice as 'none' | 'auto' | 'required';
	const name = plainText(functionName).trim();
	const names = tools.filter(isFunctionTool).map((tool) => tool.function.name);
	if (names.includes(name)) return { type: 'function', function: { name } };
	throw new SettingError(
		`'Tool Choice' names the function '${name.slice(0, 64)}', which is not among the tools`,
		`Choose one of: ${names.join(', ').slice(0, 300)}`,
		'Tool Choice',
	);
}

function toTool(entry: unknown, position: number): ChatCompletionTool {
	if (isPlainObject(entry)) {
		if (isPlainObject(entry.function)) return { ...entry, type: 'function' } as ChatCompletionTool;
		if (typeof entry.name === 'string') return bareFunction(entry);
		if (typeof entry.type === 'string' && entry.type !== 'function') {
			return entry as unknown as ChatCompletionTool;
		}
	}
	throw new SettingError(
		`'${SETTING}' entry ${position} is not a tool`,
		'Give each tool as {"type": "function", "function": {"name": "…", "parameters": {…}}}.',
		SETTING,
	);
}

/** The shape of the Responses API and of many examples: the definition without its `function` wrapper. */
function bareFunction(entry: PlainObject): ChatCompletionTool {
	const { type: _type, ...definition } = entry;
	return {
		type: 'function',
		function: definition as unknown as ChatCompletionFunctionTool['function'],
	};
}

function parametersOf(value: unknown, setting: string): { parameters?: PlainObject } {
	const schema = readJsonSetting(value, setting);
	if (schema === undefined) return {};
	if (isPlainObject(schema)) return { parameters: schema };
	throw new SettingError(
		`'${setting}' is not a JSON schema`,
		'Give an object such as {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}.',
		SETTING,
	);
}

function checkTools(tools: ChatCompletionTool[]): ChatCompletionTool[] {
	if (tools.length > MAX_TOOLS) {
		throw new SettingError(
			`There are ${tools.length} tools`,
			`Offer at most ${MAX_TOOLS}; models choose better among a few.`,
			SETTING,
		);
	}
	const seen = new Set<string>();
	for (const tool of tools.filter(isFunctionTool)) checkName(tool.function.name, seen);
	return tools;
}

function checkName(name: unknown, seen: Set<string>): void {
	if (typeof name !== 'string' || !FUNCTION_NAME.test(name)) {
		throw new SettingError(
			`'${plainText(name).slice(0, 80)}' cannot be the name of a tool`,
			'Use 1 to 64 letters, digits, underscores and hyphens, e.g. get_order_status.',
			SETTING,
		);
	}
	if (seen.has(name)) {
		throw new SettingError(
			`Two tools have the name '${name}'`,
			'Give every tool a name of its own.',
			SETTING,
		);
	}
	seen.add(name);
}

function isFunctionTool(tool: ChatCompletionTool): tool is ChatCompletionFunctionTool {
	return tool.type === 'function';
}
