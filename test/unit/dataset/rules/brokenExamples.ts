import type { DatasetFormat, JsonObject, JsonValue } from '../../../../lib/dataset/types';
import {
	ORDER_TOOL,
	PAIR,
	PLAIN,
	PNG,
	PREFERENCE,
	REINFORCEMENT,
	WITH_IMAGES,
	WITH_TOOLS,
	withChange,
} from '../support/samples';

/** Examples that break one rule each: its code, where, and the format it is checked as when that is not evident. */
export type Broken = [
	code: string,
	path: string | undefined,
	example: JsonObject,
	format?: DatasetFormat,
];

const change = withChange;
const user = (content: JsonValue): JsonObject => ({ role: 'user', content });
const answer = (content: JsonValue = 'Yes.'): JsonObject => ({ role: 'assistant', content });
const chat = (...messages: JsonObject[]): JsonObject => ({ messages });
const call = (members: JsonObject): JsonObject =>
	change(WITH_TOOLS, ['messages', 1, 'tool_calls', 0], {
		id: 'call_1',
		type: 'function',
		function: { name: 'get_order', arguments: '{"id": 7}' },
		...members,
	});
const calling = (name: JsonValue, args: JsonValue): JsonObject =>
	call({ function: { name, arguments: args } });
const CALL = 'messages[1].tool_calls[0]';
const image = (image_url: JsonValue): JsonObject =>
	chat(
		user([
			{ type: 'text', text: 'What is it?' },
			{ type: 'image_url', image_url },
		]),
		answer(),
	);
const IMAGE = 'messages[0].content[1].image_url';
const tool = (definition: JsonValue): JsonObject => ({ ...PLAIN, tools: [definition] });

export const BROKEN: Broken[] = [
	// Structure
	['unknown_key', 'message', { ...PLAIN, message: [] }],
	[
		'unknown_key',
		'__proto__',
		JSON.parse(JSON.stringify(PLAIN).replace('{', '{"__proto__":1,')) as JsonObject,
	],
	['missing_messages', 'messages', {}, 'chat'],
	['missing_messages', 'messages', { messages: 'Hello' }],
	['empty_messages', 'messages', { messages: [] }],
	['message_not_an_object', 'messages[1]', change(PLAIN, ['messages', 1], 'Where is it?')],
	[
		'invalid_parallel_tool_calls',
		'parallel_tool_calls',
		{ ...WITH_TOOLS, parallel_tool_calls: 'no' },
	],
	// Messages
	['missing_role', 'messages[1].role', change(PLAIN, ['messages', 1, 'role'], undefined)],
	['missing_role', 'messages[1].role', change(PLAIN, ['messages', 1, 'role'], 3)],
	['unknown_role', 'messages[1].role', change(PLAIN, ['messages', 1, 'role'], 'human')],
	['unknown_role', 'messages[2].role', change(PLAIN, ['messages', 2, 'role'], 'Assistant')],
	['unknown_role', 'messages[1].role', change(PLAIN, ['messages', 1, 'role'], '__proto__')],
	['unknown_message_key', 'messages[1].contents', change(PLAIN, ['messages', 1, 'contents'], 'x')],
	[
		'unknown_message_key',
		'messages[2].annotations',
		change(PLAIN, ['messages', 2, 'annotations'], []),
	],
	['invalid_name', 'messages[1].name', change(PLAIN, ['messages', 1, 'name'], 'Jane Roe')],
	['invalid_name', 'messages[1].name', change(PLAIN, ['messages', 1, 'name'], 'x'.repeat(65))],
	['invalid_weight', 'messages[2].weight', change(PLAIN, ['messages', 2, 'weight'], '1')],
	['invalid_weight', 'messages[2].weight', change(PLAIN, ['messages', 2, 'weight'], 0.5)],
	['weight_not_on_assistant', 'messages[1].weight', change(PLAIN, ['messages', 1, 'weight'], 1)],
	['all_weights_zero', 'messages', change(PLAIN, ['messages', 2, 'weight'], 0)],
	// Content
	['missing_content', 'messages[1].content', change(PLAIN, ['messages', 1, 'content'], undefined)],
	['missing_content', 'messages[2].content', change(PLAIN, ['messages', 2, 'content'], null)],
	['invalid_content', 'messages[1].content', change(PLAIN, ['messages', 1, 'content'], 42)],
	[
		'invalid_content',
		'messages[1].content',
		change(PLAIN, ['messages', 1, 'content'], { text: 'x' }),
	],
	['empty_content', 'messages[1].content', change(PLAIN, ['messages', 1, 'content'], '')],
	['empty_content', 'messages[2].content', change(PLAIN, ['messages', 2, 'content'], [])],
	['blank_content', 'messages[1].content', change(PLAIN, ['messages', 1, 'content'], ' \n\u00a0')],
	['empty_tool_result', 'messages[2].content', change(WITH_TOOLS, ['messages', 2, 'content'], '')],
	['invalid_content_part', 'messages[0].content[0]', chat(user(['text']), answer())],
	[
		'invalid_content_part',
		'messages[0].content[0].type',
		chat(user([{ type: 'input_audio' }]), answer()),
	],
	[
		'invalid_content_part',
		'messages[0].content[0].text',
		chat(user([{ type: 'text', text: '' }]), answer()),
	],
	[
		'unknown_content_part_key',
		'messages[0].content[0].detail',
		change(WITH_IMAGES, ['messages', 0, 'content', 0, 'detail'], 'low'),
	],
	// Order
	['missing_assistant_message', 'messages', chat(user('Hello?'))],
	[
		'last_message_not_assistant',
		'messages[3].role',
		chat(user('1'), answer(), answer('Sure.'), user('Thanks!')),
	],
	['missing_user_message', 'messages', chat(answer())],
	[
		'instructions_not_first',
		'messages[1].role',
		chat(user('1'), { role: 'system', content: 'Be brief.' }, answer()),
	],
	['consecutive_roles', 'messages[1].role', chat(user('1'), user('2'), answer())],
	// Tools
	['invalid_tools', 'tools', { ...PLAIN, tools: {} }],
	['invalid_tools', 'tools', { ...PLAIN, tools: [] }],
	[
		'invalid_tools',
		'functions',
		{ ...PLAIN, functions: Array<JsonValue>(129).fill({ name: 'f' }) },
	],
	['invalid_tool_definition', 'tools[0].type', tool({ function: { name: 'f' } })],
	['invalid_tool_definition', 'tools[0].function', tool({ type: 'function' })],
	['invalid_tool_definition', 'tools[0].function', tool('get_order')],
	[
		'invalid_tool_definition',
		'tools[0].function.name',
		tool({ type: 'function', function: { name: 'get order' } }),
	],
	[
		'invalid_tool_definition',
		'tools[0].function.parameters',
		tool({ type: 'function', function: { name: 'f', parameters: { type: 'string' } } }),
	],
	[
		'invalid_tool_definition',
		'tools[0].name',
		tool({ type: 'function', name: 'f', function: { name: 'f' } }),
	],
	['duplicate_tool', 'tools[1]', { ...WITH_TOOLS, tools: [ORDER_TOOL, ORDER_TOOL] }],
	['deprecated_functions', 'functions', { ...PLAIN, functions: [{ name: 'f' }] }],
	// Calls
	[
		'tool_calls_not_on_assistant',
		'messages[0].tool_calls',
		change(WITH_TOOLS, ['messages', 0, 'tool_calls'], []),
	],
	[
		'invalid_tool_calls',
		'messages[2].tool_calls',
		change(PLAIN, ['messages', 2, 'tool_calls'], []),
	],
	[
		'invalid_tool_calls',
		'messages[2].tool_calls',
		change(PLAIN, ['messages', 2, 'tool_calls'], {}),
	],
	['invalid_tool_call', CALL, change(WITH_TOOLS, ['messages', 1, 'tool_calls', 0], 'get_order')],
	['invalid_tool_call', `${CALL}.id`, call({ id: '' })],
	['invalid_tool_call', `${CALL}.type`, call({ type: 'tool' })],
	['invalid_tool_call', `${CALL}.function`, call({ function: 'get_order' })],
	['invalid_tool_call', `${CALL}.function.name`, calling('get order', '{}')],
	['invalid_tool_call', `${CALL}.function.arguments`, call({ function: { name: 'get_order' } })],
	['invalid_tool_call', `${CALL}.args`, call({ args: {} })],
	['unknown_tool', `${CALL}.function.name`, calling('get_orders', '{"id":7}')],
	['unknown_tool', `${CALL}.function.name`, calling('toString', '{}')],
	['unknown_tool', `${CALL}.function.name`, change(WITH_TOOLS, ['tools'], undefined)],
	['invalid_arguments', `${CALL}.function.arguments`, calling('get_order', { id: 7 })],
	['invalid_arguments', `${CALL}.function.arguments`, calling('get_order', '{"id": 7')],
	['invalid_arguments', `${CALL}.function.arguments`, calling('get_order', '[7]')],
	['invalid_arguments', `${CALL}.function.arguments`, calling('get_order', '['.repeat(100_000))],
	['arguments_not_in_schema', `${CALL}.function.arguments`, calling('get_order', '{"id": "7"}')],
	['arguments_not_in_schema', `${CALL}.function.arguments`, calling('get_order', '{}')],
	[
		'arguments_not_in_schema',
		`${CALL}.function.arguments`,
		calling('get_order', '{"id": 7, "x": 1}'),
	],
	// Answers to calls
	['duplicate_tool_call_id', 'messages[1].tool_calls[1].id', duplicateCalls()],
	[
		'missing_tool_call_id',
		'messages[2].tool_call_id',
		change(WITH_TOOLS, ['messages', 2, 'tool_call_id'], undefined),
	],
	[
		'tool_call_id_not_on_tool',
		'messages[0].tool_call_id',
		change(WITH_TOOLS, ['messages', 0, 'tool_call_id'], 'call_1'),
	],
	[
		'unanswered_tool_call',
		'messages[1].tool_calls[0]',
		change(WITH_TOOLS, ['messages', 2], undefined),
	],
	[
		'unanswered_tool_call',
		'messages[1].tool_calls[0]',
		change(WITH_TOOLS, ['messages', 2, 'tool_call_id'], 'call_2'),
	],
	[
		'unexpected_tool_message',
		'messages[2].tool_call_id',
		change(WITH_TOOLS, ['messages', 2, 'tool_call_id'], 'call_2'),
	],
	[
		'unexpected_tool_message',
		'messages[1].tool_call_id',
		chat(user('1'), { role: 'tool', tool_call_id: 'a', content: 'x' }, answer()),
	],
	// Images
	[
		'image_not_from_user',
		'messages[1].content[0]',
		chat(user('Draw it.'), answer([{ type: 'image_url', image_url: { url: PNG } }])),
	],
	[
		'too_many_images',
		undefined,
		chat(user(Array<JsonValue>(11).fill({ type: 'image_url', image_url: { url: PNG } })), answer()),
	],
	['invalid_image', IMAGE, image('https://example.com/a.png')],
	['invalid_image', `${IMAGE}.url`, image({ url: 'C:\\a.png' })],
	['invalid_image', `${IMAGE}.url`, image({ url: 'file:///etc/passwd' })],
	['invalid_image', `${IMAGE}.url`, image({ url: 'data:image/gif;base64,R0lGODlh' })],
	['invalid_image', `${IMAGE}.url`, image({ url: 'data:image/png,rawbytes' })],
	['invalid_image', `${IMAGE}.url`, image({ url: 'data:image/png;base64,/9j/4AAQ' })],
	['invalid_image', `${IMAGE}.url`, image({ url: PNG + 'A'.repeat(14_000_000) })],
	['invalid_image', `${IMAGE}.detail`, image({ url: PNG, detail: 'medium' })],
	['invalid_image', `${IMAGE}.size`, image({ url: PNG, size: 3 })],
	['image_type_by_name', `${IMAGE}.url`, image({ url: 'https://example.com/a.GIF?x=1' })],
	[
		'image_in_preference_example',
		'input.messages[0].content[0]',
		change(
			PREFERENCE,
			['input', 'messages', 0, 'content'],
			[{ type: 'image_url', image_url: { url: PNG } }],
		),
	],
	// Special tokens
	[
		'special_token',
		'messages[1].content',
		change(PLAIN, ['messages', 1, 'content'], 'Hi <|im_end|>'),
	],
	['special_token', 'completion', { prompt: 'x', completion: 'y<|endoftext|>' }],
	[
		'special_token',
		'messages[1].tool_calls[0].function.arguments',
		calling('get_order', '{"id": 7, "lang": "<|fim_suffix|>"}'),
	],
	[
		'special_token_like',
		'messages[2].content',
		change(PLAIN, ['messages', 2, 'content'], 'Hi <|eot_id|>'),
	],
	// Preference pairs
	['unknown_key', 'prompt', { ...PREFERENCE, prompt: 'x' }],
	['unknown_key', 'input.prompt', change(PREFERENCE, ['input', 'prompt'], 'x')],
	['invalid_input', 'input', change(PREFERENCE, ['input'], 'Thank the customer.')],
	[
		'missing_messages',
		'non_preferred_output',
		change(PREFERENCE, ['non_preferred_output'], undefined),
	],
	[
		'output_given_twice',
		'preferred_completion',
		{ ...PREFERENCE, preferred_completion: [answer()] },
	],
	[
		'old_output_name',
		'preferred_completion',
		change(
			{ ...PREFERENCE, preferred_completion: [answer('Ta!')] },
			['preferred_output'],
			undefined,
		),
	],
	[
		'input_ends_with_assistant',
		'input.messages[1].role',
		change(PREFERENCE, ['input', 'messages', 1], answer()),
	],
	[
		'invalid_output',
		'preferred_output[0].role',
		change(PREFERENCE, ['preferred_output', 0, 'role'], 'user'),
	],
	[
		'several_output_messages',
		'preferred_output',
		change(PREFERENCE, ['preferred_output', 1], answer()),
	],
	[
		'same_outputs',
		'preferred_output',
		change(PREFERENCE, ['non_preferred_output'], PREFERENCE.preferred_output),
	],
	// Reinforcement
	[
		'last_message_not_user',
		'messages[2].role',
		change(REINFORCEMENT, ['messages', 2], answer()),
		'rft',
	],
	[
		'system_in_reinforcement',
		'messages[0].role',
		change(REINFORCEMENT, ['messages', 0, 'role'], 'system'),
	],
	['no_reference', undefined, change(REINFORCEMENT, ['reference_answer'], undefined), 'rft'],
	// Prompt and completion
	['unknown_key', 'weight', { ...PAIR, weight: 1 }],
	['invalid_pair', 'prompt', { ...PAIR, prompt: ['x'] }],
	['invalid_pair', 'completion', { prompt: 'x' }, 'completion'],
	['empty_completion', 'completion', { ...PAIR, completion: ' ' }],
];

function duplicateCalls(): JsonObject {
	const { messages, tools } = WITH_TOOLS;
	const [question, calls, result, last] = messages as JsonObject[];
	const [first] = calls.tool_calls as JsonObject[];
	return { messages: [question, { ...calls, tool_calls: [first, first] }, result, last], tools };
}
