/** The official SDK and a JSON schema validator as oracles for what the Q&A Extractor sends and how it reads the answer. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import OpenAI from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';

import { pairsSchema, readPairs } from '../../lib/qa/schema';
import { QaExtractor } from '../../nodes/QaExtractor/QaExtractor.node';
import { runNode } from '../engine/harness';
import { Specification } from './specification';

interface Recorded {
	method?: string;
	path?: string;
	headers: IncomingHttpHeaders;
	body: { messages: Array<{ role: string; content: string }> };
}

const MODEL = 'gpt-4.1-mini-2025-04-14';
const PAIR = {
	question: 'How do I log in?',
	answer: 'With your badge “😀”.',
	solved: true,
	language: 'en',
	category: 'access',
	confidence: 0.75,
};
const CATEGORIES = ['access', 'other'];
const TICKET = { id: '1', key: 'IT-1', title: 'Login', question: 'How?', resolutionText: 'Badge' };

/** The request as the vendor's guide has it, written down a second time. */
const SCHEMA = {
	type: 'object',
	properties: {
		pairs: {
			type: 'array',
			description: 'One entry for each separate problem; may be empty',
			items: {
				type: 'object',
				properties: {
					question: { type: 'string', description: 'The problem as one self-contained question' },
					answer: { type: 'string', description: 'The complete solution; empty if there is none' },
					solved: { type: 'boolean', description: 'Whether the answer settled the problem' },
					language: {
						type: 'string',
						description: 'BCP 47 tag of the language of the pair, e.g. en',
					},
					category: { type: 'string', enum: CATEGORIES, description: 'What the problem is about' },
					confidence: { type: 'number', description: 'From 0 to 1' },
				},
				required: ['question', 'answer', 'solved', 'language', 'category', 'confidence'],
				additionalProperties: false,
			},
		},
	},
	required: ['pairs'],
	additionalProperties: false,
};
const AS_TOOL = {
	tools: [
		{
			type: 'function' as const,
			function: {
				name: 'save_pairs',
				description: 'Saves the pairs of question and answer that were found in a ticket.',
				parameters: SCHEMA,
				strict: true,
			},
		},
	],
	tool_choice: { type: 'function' as const, function: { name: 'save_pairs' } },
};
const AS_SCHEMA = {
	response_format: {
		type: 'json_schema' as const,
		json_schema: { name: 'save_pairs', schema: SCHEMA, strict: true },
	},
};

type Fields = Omit<ChatCompletionCreateParamsNonStreaming, 'model' | 'messages'>;

const CASES: Array<[string, Fields, IDataObject]> = [
	['nothing but the model', AS_TOOL, {}],
	['a JSON schema', AS_SCHEMA, { structuredOutput: 'jsonSchema' }],
	[
		'a JSON object',
		{ response_format: { type: 'json_object' } },
		{ structuredOutput: 'jsonObject' },
	],
	[
		'all options',
		{
			...AS_TOOL,
			temperature: 0,
			max_completion_tokens: 800,
			reasoning_effort: 'low',
			seed: 7,
			service_tier: 'flex',
			parallel_tool_calls: false,
		},
		{
			temperature: 0,
			maxTokens: 800,
			reasoningEffort: 'low',
			seed: 7,
			serviceTier: 'flex',
			extraBody: '{"parallel_tool_calls": false}',
		},
	],
];

let server: Server;
let baseUrl: string;
let recorded: Recorded[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (data: Buffer) => parts.push(data));
		request.on('end', () => {
			const body = JSON.parse(Buffer.concat(parts).toString()) as Recorded['body'];
			const { method, url, headers } = request;
			recorded.push({ method, path: url, headers, body });
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(answerTo(body)));
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

function answerTo(body: object) {
	const text = JSON.stringify({ pairs: [PAIR] });
	const call = { id: 'c1', type: 'function', function: { name: 'save_pairs', arguments: text } };
	const isTool = 'tools' in body;
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 1,
		model: MODEL,
		choices: [
			{
				index: 0,
				logprobs: null,
				finish_reason: isTool ? 'tool_calls' : 'stop',
				message: {
					role: 'assistant',
					refusal: null,
					content: isTool ? null : text,
					...(isTool ? { tool_calls: [call] } : {}),
				},
			},
		],
		usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
	};
}

async function byNode(options: IDataObject) {
	const result = await runNode({
		node: new QaExtractor(),
		items: [{ json: TICKET }],
		parameters: {
			model: { __rl: true, mode: 'id', value: MODEL },
			categories: CATEGORIES.join(', '),
			options,
		},
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
	return result.outputs[0].map(({ json }) => json);
}

const sdk = () =>
	new OpenAI({
		apiKey: 'sk-test',
		baseURL: baseUrl,
		organization: 'org-1',
		project: 'proj_1',
		maxRetries: 0,
	});

const mattering = ({ method, path, headers, body }: Recorded) => ({
	method,
	path,
	headers: ['authorization', 'openai-organization', 'openai-project', 'content-type'].map(
		(name) => headers[name],
	),
	body,
});

describe.each(CASES)('with %s', (_what, fields, options) => {
	it('sends what the SDK sends, and reads what it reads', async () => {
		const pairs = await byNode(options);
		const { messages } = recorded[0].body;
		// It also refuses tools that are not strict.
		const parsed = await sdk().chat.completions.parse({
			model: MODEL,
			messages: messages as never,
			...fields,
		} as never);
		expect(recorded).toHaveLength(2);
		expect(mattering(recorded[0])).toEqual(mattering(recorded[1]));

		const { message } = parsed.choices[0];
		const call = message.tool_calls?.[0] as { function: { arguments: string } } | undefined;
		const said = JSON.parse(call?.function.arguments ?? message.content!) as { pairs: object[] };
		expect(pairs).toEqual([{ ...said.pairs[0], sourceId: '1', sourceKey: 'IT-1' }]);
	});

	const specification = Specification.load();
	(specification ? it : it.skip)("fits OpenAI's specification", async () => {
		await byNode(options);
		const { body } = recorded[0];
		expect(specification!.requestMisfits('POST', '/chat/completions', body)).toEqual([]);
	});
});

it('checks answers as a JSON schema validator does', () => {
	const ajv = new Ajv2020({ strict: true, allErrors: true });
	const isValid = ajv.compile(pairsSchema(CATEGORIES));
	const text = fc.constantFrom('a', 'access', 'other', 7, null, true);
	const entry = fc.record(
		{
			question: text,
			answer: text,
			solved: fc.constantFrom(true, false, 'true', 1),
			language: text,
			category: text,
			confidence: fc.constantFrom(0, 0.5, 1, '1', null),
		},
		{ requiredKeys: ['question', 'answer', 'solved'] },
	);
	const answer = fc.record({ pairs: fc.oneof(fc.array(entry, { maxLength: 3 }), text) });
	fc.assert(
		fc.property(answer, (value) => {
			expect('pairs' in readPairs(value, CATEGORIES)).toBe(isValid(value));
		}),
		{ numRuns: 500 },
	);
});
