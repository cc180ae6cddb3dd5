import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';

import { chatBody, streamed } from '../../../../lib/openai/chat/request';
import { toolsFromJson } from '../../../../lib/openai/chat/tools';

const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hi' }];
const model = 'ft:gpt-4o-mini-2024-07-18:acme::abc12345';

describe('chatBody', () => {
	it('has nothing in it that was not set', () => {
		expect(chatBody({ model, messages })).toEqual({ model, messages });
		expect(chatBody({ model, messages, responseFormat: { type: 'text' }, tools: [] })).toEqual({
			model,
			messages,
		});
	});

	it('asks for JSON', () => {
		expect(
			chatBody({ model, messages, responseFormat: { type: 'json_object' } }).response_format,
		).toEqual({ type: 'json_object' });
		expect(
			chatBody({
				model,
				messages,
				responseFormat: {
					type: 'json_schema',
					name: 'area',
					schema: '{"type":"object"}',
					strict: true,
				},
			}).response_format,
		).toEqual({
			type: 'json_schema',
			json_schema: { name: 'area', schema: { type: 'object' }, strict: true },
		});
	});

	it.each([
		['my schema', '{}', "'Schema Name'"],
		['a', '[]', "'JSON Schema' is not a schema"],
		['a', '', "'JSON Schema' is not a schema"],
		['a', '{', "'JSON Schema' is not valid JSON"],
	])('refuses the schema named %j with %j', (name, schema, message) => {
		expect(() =>
			chatBody({ model, messages, responseFormat: { type: 'json_schema', name, schema } }),
		).toThrow(message);
	});

	it('sends parallel_tool_calls only with tools', () => {
		const options = { parallelToolCalls: false };
		expect(chatBody({ model, messages, options })).toEqual({ model, messages });
		const tools = toolsFromJson([{ name: 'f' }]);
		expect(chatBody({ model, messages, options, tools, toolChoice: 'auto' })).toEqual({
			model,
			messages,
			tools,
			tool_choice: 'auto',
			parallel_tool_calls: false,
		});
	});

	it('lays extra fields over the rest', () => {
		expect(
			chatBody({
				model,
				messages,
				options: { temperature: 1 },
				extraBody: '{"temperature": 0, "top_k": 5, "chat_template_kwargs": {"x": true}}',
			}),
		).toEqual({ model, messages, temperature: 0, top_k: 5, chat_template_kwargs: { x: true } });
	});

	it.each(['model', 'messages', 'stream', 'stream_options'])('reserves %s', (name) => {
		expect(() => chatBody({ model, messages, extraBody: { [name]: 1 } })).toThrow(
			`cannot set '${name}'`,
		);
	});

	it('refuses extra fields that are none, and lets no name reach a prototype', () => {
		expect(() => chatBody({ model, messages, extraBody: '[1]' })).toThrow('is not an object');
		const body = chatBody({ model, messages, extraBody: '{"__proto__": {"polluted": 1}, "a": 1}' });
		expect(body).toEqual({ model, messages, a: 1 });
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});

describe('streamed', () => {
	it('asks for chunks and for the token count', () => {
		expect(streamed(chatBody({ model, messages }))).toEqual({
			model,
			messages,
			stream: true,
			stream_options: { include_usage: true },
		});
	});
});
