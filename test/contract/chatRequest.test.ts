/** The official SDK as oracle: the same chat made by it and by the node must be the same request, and read the same. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import OpenAI from 'openai';
import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';

import { readAnswer } from '../../lib/openai/chat/answer';
import { readStreamedAnswer } from '../../lib/openai/chat/streamedAnswer';
import { FineTunedChat } from '../../nodes/FineTunedChat/FineTunedChat.node';
import { runNode } from '../engine/harness';

interface Recorded {
	method?: string;
	path?: string;
	headers: IncomingHttpHeaders;
	body: unknown;
}

const MODEL = 'ft:gpt-4o-mini-2024-07-18:acme:surveys:abc12345';
const COMPLETION = {
	id: 'chatcmpl-1',
	object: 'chat.completion',
	created: 1,
	model: MODEL,
	choices: [
		{
			index: 0,
			message: { role: 'assistant', content: 'Noise', refusal: null },
			logprobs: null,
			finish_reason: 'stop',
		},
	],
	usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
};

const chunk = (choices: object[], more: object = {}) =>
	`data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: MODEL, choices, ...more })}\n\n`;
const part = (delta: object, finish_reason: string | null = null, logprobs: object | null = null) =>
	chunk([{ index: 0, delta, finish_reason, logprobs }]);
const token = (text: string) => ({
	content: [{ token: text, logprob: -0.1, bytes: null, top_logprobs: [] }],
	refusal: null,
});
const STREAM = [
	part({ role: 'assistant', content: '', refusal: null }),
	part({ content: 'Lärm ' }, null, token('Lärm ')),
	part({ content: 'und 😀' }, null, token('und 😀')),
	part({
		tool_calls: [{ index: 0, id: 'c0', type: 'function', function: { name: 'f', arguments: '' } }],
	}),
	part({ tool_calls: [{ index: 0, function: { arguments: '{"a":' } }] }),
	part({ tool_calls: [{ index: 0, function: { arguments: '1}' } }] }),
	part({
		tool_calls: [
			{ index: 1, id: 'c1', type: 'function', function: { name: 'g', arguments: '{}' } },
		],
	}),
	part({}, 'tool_calls'),
	chunk([], { usage: COMPLETION.usage }),
	'data: [DONE]\n\n',
].join('');

let server: Server;
let baseUrl: string;
let recorded: Recorded[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (data: Buffer) => parts.push(data));
		request.on('end', () => {
			const body = JSON.parse(Buffer.concat(parts).toString()) as { stream?: boolean };
			const { method, url, headers } = request;
			recorded.push({ method, path: url, headers, body });
			response.setHeader('content-type', body.stream ? 'text/event-stream' : 'application/json');
			response.end(body.stream ? STREAM : JSON.stringify(COMPLETION));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
	recorded = [];
});

const sdk = () =>
	new OpenAI({
		apiKey: 'sk-test',
		baseURL: baseUrl,
		organization: 'org-1',
		project: 'proj_1',
		maxRetries: 0,
	});

async function byNode(parameters: IDataObject, node = new FineTunedChat()) {
	const result = await runNode({
		node,
		items: [{ json: {}, files: { data: { content: Buffer.from(PNG, 'base64') } } }],
		parameters: { model: { __rl: true, mode: 'id', value: MODEL }, ...parameters },
		credentials: {
			openAiFineTuningApi: {
				provider: 'other',
				baseUrl,
				apiKey: 'sk-test',
				organizationId: 'org-1',
				projectId: 'proj_1',
			},
		},
	});
	if (result.error) throw result.error;
	return result.outputs[0][0].json;
}

function streamingNode(): FineTunedChat {
	const node = new FineTunedChat();
	const execute = node.execute;
	node.execute = async function (this: IExecuteFunctions) {
		const chat = { isStreaming: () => true, sendChunk: async () => {} };
		return await execute.call(Object.assign(Object.create(this) as IExecuteFunctions, chat));
	};
	return node;
}

const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';
const question = { role: 'user' as const, content: 'Lowest area?' };
const schema = {
	type: 'object',
	properties: { area: { type: 'string' } },
	required: ['area'],
	additionalProperties: false,
};
const tool = { name: 'get_result', description: 'Looks up a result', parameters: schema };

const CASES: Array<[string, Omit<ChatCompletionCreateParams, 'stream'>, IDataObject]> = [
	['one question', { model: MODEL, messages: [question] }, { userMessage: question.content }],
	[
		'instructions and history',
		{
			model: MODEL,
			messages: [
				{ role: 'developer', content: 'Be brief.' },
				{ role: 'user', content: 'Hi' },
				{ role: 'assistant', content: 'Hello' },
				question,
			],
		},
		{
			userMessage: question.content,
			systemMessage: 'Be brief.',
			historySource: 'field',
			history: '[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]',
			options: { systemMessageRole: 'developer' },
		},
	],
	[
		'all sampling options',
		{
			model: MODEL,
			messages: [question],
			frequency_penalty: 0.5,
			logit_bias: { '50256': -100 },
			logprobs: true,
			max_completion_tokens: 64,
			metadata: { team: 'hr' },
			n: 2,
			presence_penalty: -0.5,
			prompt_cache_key: 'surveys',
			reasoning_effort: 'low',
			safety_identifier: 'user-1',
			seed: 7,
			service_tier: 'flex',
			stop: ['\n', 'END'],
			store: true,
			temperature: 0.2,
			top_logprobs: 3,
			top_p: 0.9,
			verbosity: 'low',
		},
		{
			userMessage: question.content,
			options: {
				frequencyPenalty: 0.5,
				logitBias: '{"50256": -100}',
				maxTokens: 64,
				metadata: { values: [{ key: 'team', value: 'hr' }] },
				numberOfChoices: 2,
				presencePenalty: -0.5,
				promptCacheKey: 'surveys',
				reasoningEffort: 'low',
				safetyIdentifier: 'user-1',
				seed: 7,
				serviceTier: 'flex',
				stop: ['\\n', 'END'],
				store: true,
				temperature: 0.2,
				topLogprobs: 3,
				topP: 0.9,
				verbosity: 'low',
			},
		},
	],
	[
		'a JSON schema',
		{
			model: MODEL,
			messages: [question],
			response_format: { type: 'json_schema', json_schema: { name: 'area', schema, strict: true } },
		},
		{
			userMessage: question.content,
			responseFormat: 'json_schema',
			schemaName: 'area',
			jsonSchema: JSON.stringify(schema),
			simplify: false,
		},
	],
	[
		'a JSON object',
		{ model: MODEL, messages: [question], response_format: { type: 'json_object' } },
		{ userMessage: question.content, responseFormat: 'json_object', simplify: false },
	],
	[
		'tools and their results',
		{
			model: MODEL,
			messages: [
				question,
				{
					role: 'assistant',
					content: null,
					tool_calls: [
						{ id: 'call_1', type: 'function', function: { name: 'get_result', arguments: '{}' } },
					],
				},
				{ role: 'tool', tool_call_id: 'call_1', content: '{"area":"noise"}' },
			],
			tools: [{ type: 'function', function: tool }],
			tool_choice: { type: 'function', function: { name: 'get_result' } },
			parallel_tool_calls: false,
		},
		{
			userMessage: '',
			historySource: 'field',
			history: JSON.stringify([
				question,
				{ role: 'assistant', tool_calls: [{ id: 'call_1', name: 'get_result', arguments: {} }] },
			]),
			toolsInput: 'fields',
			tools: { values: [{ ...tool, parameters: JSON.stringify(schema) }] },
			options: {
				toolResults: '[{"tool_call_id": "call_1", "content": {"area": "noise"}}]',
				toolChoice: 'function',
				toolChoiceFunction: 'get_result',
				parallelToolCalls: false,
			},
		},
	],
	[
		'an image',
		{
			model: MODEL,
			messages: [
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'What is this?' },
						{
							type: 'image_url',
							image_url: { url: `data:image/png;base64,${PNG}`, detail: 'low' },
						},
					],
				},
			],
		},
		{
			userMessage: 'What is this?',
			options: { imageBinaryFields: 'data', imageDetail: 'low' },
		},
	],
];

/** Headers by which the server knows caller and format; the rest tells which client it was. */
function what({ method, path, headers, body }: Recorded) {
	const { authorization, accept, 'content-type': contentType } = headers;
	return {
		method,
		path,
		body,
		authorization,
		accept,
		contentType,
		organization: headers['openai-organization'],
		project: headers['openai-project'],
	};
}

describe('chat completion requests', () => {
	it.each(CASES)('are the same as those of the SDK: %s', async (_what, params, parameters) => {
		await sdk().chat.completions.create(params);
		await byNode(parameters);
		expect(recorded).toHaveLength(2);
		expect(what(recorded[1])).toEqual(what(recorded[0]));
	});

	it('are the same when the answer is streamed', async () => {
		const stream = await sdk().chat.completions.create({
			model: MODEL,
			messages: [question],
			stream: true,
			stream_options: { include_usage: true },
		});
		for await (const _chunk of stream);
		await byNode({ userMessage: question.content }, streamingNode());
		const [bySdk, byUs] = recorded.map(what);
		expect({ ...byUs, accept: bySdk.accept }).toEqual(bySdk);
	});
});

/** What the SDK puts together, without the fields that it adds for its own parsing. */
function pieces(completion: unknown) {
	const { id, model, created, usage, choices } = completion as OpenAI.ChatCompletion;
	return {
		...{ id, model, created, usage },
		choices: choices.map(({ index, finish_reason, logprobs, message }) => ({
			index,
			finish_reason,
			tokens: logprobs?.content,
			content: message.content,
			refusal: message.refusal,
			calls: readAnswer(completion, { json: false }).choices[0].tool_calls,
		})),
	};
}

describe('chat completion answers', () => {
	it('are read as the SDK reads them', async () => {
		const bySdk = await sdk().chat.completions.create({ model: MODEL, messages: [question] });
		const raw = await byNode({ userMessage: question.content, simplify: false });
		expect(raw).toEqual(JSON.parse(JSON.stringify(bySdk)));
	});

	it('put a stream together as the SDK does, wherever its bytes are cut', async () => {
		const stream = sdk().chat.completions.stream({
			model: MODEL,
			messages: [question],
			stream_options: { include_usage: true },
		});
		const expected = JSON.parse(JSON.stringify(await stream.finalChatCompletion())) as object;
		const bytes = Buffer.from(STREAM);
		for (let size = 1; size < 200; size += 7) {
			async function* cut() {
				for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
			}
			const heard: string[] = [];
			const ours = await readStreamedAnswer(cut(), {
				contentType: 'text/event-stream',
				onText: (text) => void heard.push(text),
			});
			expect(heard.join('')).toBe('Lärm und 😀');
			expect(pieces(ours)).toEqual(pieces(expected));
		}
	});
});
