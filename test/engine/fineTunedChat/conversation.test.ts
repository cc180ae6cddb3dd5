import { useNock } from '../harness';
import { API, chat, completion, credentials, foresee, model, TUNED } from './support';

const nock = useNock();
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

describe('History', () => {
	it('comes from a field, as messages or as pairs', async () => {
		const bodies = foresee(nock, completion({ content: 'x' }), completion({ content: 'y' }));
		await chat(
			{ userMessage: 'And now?', systemMessage: 'S', historySource: 'field' },
			{
				items: [
					{
						json: {
							messages: [
								{ role: 'user', content: 'Hi' },
								{ role: 'assistant', content: 'Hello' },
							],
						},
					},
					{ json: { messages: '[{"question": "Q", "answer": "A"}]' } },
				],
			},
		);
		expect(bodies.map(({ messages }) => messages)).toEqual([
			[
				{ role: 'system', content: 'S' },
				{ role: 'user', content: 'Hi' },
				{ role: 'assistant', content: 'Hello' },
				{ role: 'user', content: 'And now?' },
			],
			[
				{ role: 'system', content: 'S' },
				{ role: 'user', content: 'Q' },
				{ role: 'assistant', content: 'A' },
				{ role: 'user', content: 'And now?' },
			],
		]);
	});

	it('is all items together', async () => {
		const bodies = foresee(nock, completion({ content: 'x' }));
		const { outputs } = await chat(
			{ historySource: 'items' },
			{
				items: [
					{ json: { role: 'system', content: 'S' } },
					{ json: { question: 'Q1', answer: 'A1' } },
					{ json: { role: 'user', content: 'Q2' } },
				],
			},
		);
		expect(bodies[0].messages).toEqual([
			{ role: 'system', content: 'S' },
			{ role: 'user', content: 'Q1' },
			{ role: 'assistant', content: 'A1' },
			{ role: 'user', content: 'Q2' },
		]);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			[{ item: 0 }, { item: 1 }, { item: 2 }],
		]);
	});

	it('is one conversation for each value of a field, with parameters of its last item', async () => {
		const bodies = foresee(nock, completion({ content: 'x' }), completion({ content: 'y' }));
		const { outputs } = await chat(
			{
				model: model('={{ $json.model }}'),
				userMessage: '',
				historySource: 'items',
				roleField: 'from.kind',
				contentField: 'text',
				conversationField: 'thread',
			},
			{
				items: [
					{ json: { thread: 1, from: { kind: 'user' }, text: 'a1', model: 'm-old' } },
					{ json: { thread: 2, from: { kind: 'user' }, text: 'b1', model: 'm-b' } },
					{ json: { thread: 1, from: { kind: 'assistant' }, text: 'a2', model: 'm-old' } },
					{ json: { thread: 1, from: { kind: 'user' }, text: 'a3', model: 'm-a' } },
				],
			},
		);
		expect(bodies.map((body) => [body.model, body.messages.length])).toEqual([
			['m-a', 3],
			['m-b', 1],
		]);
		expect(outputs[0].map(({ json, pairedItem }) => [json.output, pairedItem])).toEqual([
			['x', [{ item: 0 }, { item: 2 }, { item: 3 }]],
			['y', [{ item: 1 }]],
		]);
	});

	it('can be limited, and be returned for the next turn', async () => {
		const bodies = foresee(nock, completion({ content: 'A2' }));
		const { outputs } = await chat(
			{
				userMessage: 'Q2',
				historySource: 'field',
				options: { maxHistoryMessages: 1, returnConversation: true },
			},
			{ items: [{ json: { messages: [{ question: 'Q1', answer: 'A1' }] } }] },
		);
		const sent = [
			{ role: 'assistant', content: 'A1' },
			{ role: 'user', content: 'Q2' },
		];
		expect(bodies[0].messages).toEqual(sent);
		expect(outputs[0][0].json.messages).toEqual([
			...sent,
			{ role: 'assistant', refusal: null, content: 'A2' },
		]);
	});
});

describe('memory', () => {
	class FakeMemory {
		memoryKey = 'chat_history';
		saved: unknown[] = [];
		constructor(readonly fails = false) {}

		async loadMemoryVariables() {
			return {
				chat_history: [
					{ content: 'Q1', getType: () => 'human' },
					{ content: 'A1', getType: () => 'ai' },
				],
			};
		}

		async saveContext(input: unknown, output: unknown) {
			if (this.fails) throw new Error('disk full');
			this.saved.push([input, output]);
		}
	}

	it('is asked before and told after each turn', async () => {
		const memory = new FakeMemory();
		const bodies = foresee(nock, completion({ content: 'A2' }), completion({ content: 'A3' }));
		const { status } = await chat(
			{
				userMessage: '={{ $json.ask }}',
				systemMessage: 'S',
				options: { batching: { batchSize: 9 } },
			},
			{
				items: [{ json: { ask: 'Q2' } }, { json: { ask: 'Q3' } }],
				subNodes: { ai_memory: [{ response: memory }] },
			},
		);
		expect(status).toBe('success');
		expect(bodies[0].messages).toEqual([
			{ role: 'system', content: 'S' },
			{ role: 'user', content: 'Q1' },
			{ role: 'assistant', content: 'A1' },
			{ role: 'user', content: 'Q2' },
		]);
		expect(memory.saved).toEqual([
			[{ input: 'Q2' }, { output: 'A2' }],
			[{ input: 'Q3' }, { output: 'A3' }],
		]);
	});

	it('that cannot save costs a hint, not the answer', async () => {
		foresee(nock, completion({ content: 'A' }));
		const { outputs, hints } = await chat(
			{ userMessage: 'Q' },
			{ subNodes: { ai_memory: [{ response: new FakeMemory(true) }] } },
		);
		expect(outputs[0][0].json.output).toBe('A');
		expect(hints).toMatchObject([{ message: expect.stringContaining('disk full') }]);
	});
});

describe('tools', () => {
	const schema = { type: 'object', properties: { survey: { type: 'string' } } };
	const calls = [
		{
			id: 'call_1',
			type: 'function',
			function: { name: 'get_result', arguments: '{"survey":"Q3"}' },
		},
	];

	it('are offered, and the call comes out with its arguments', async () => {
		const bodies = foresee(nock, completion({ content: null, tool_calls: calls }));
		const { outputs } = await chat({
			userMessage: 'Q',
			toolsInput: 'fields',
			tools: {
				values: [
					{
						name: 'get_result',
						description: 'D',
						parameters: JSON.stringify(schema),
						strict: true,
					},
				],
			},
			options: {
				toolChoice: 'function',
				toolChoiceFunction: 'get_result',
				parallelToolCalls: false,
			},
		});
		expect(bodies[0]).toMatchObject({
			tools: [
				{
					type: 'function',
					function: { name: 'get_result', description: 'D', parameters: schema, strict: true },
				},
			],
			tool_choice: { type: 'function', function: { name: 'get_result' } },
			parallel_tool_calls: false,
		});
		expect(outputs[0][0].json).toMatchObject({
			output: '',
			tool_calls: [
				{
					id: 'call_1',
					name: 'get_result',
					arguments: { survey: 'Q3' },
					input: { survey: 'Q3' },
				},
			],
		});
	});

	it('are fed back what they returned', async () => {
		const first = completion({ content: null, tool_calls: calls });
		const bodies = foresee(nock, first, completion({ content: 'Noise' }));
		const parameters = {
			toolsInput: 'json',
			toolsJson: JSON.stringify([{ name: 'get_result', parameters: schema }]),
		};
		const asked = await chat({
			...parameters,
			userMessage: 'Q',
			options: { returnConversation: true },
		});
		const { outputs } = await chat(
			{
				...parameters,
				userMessage: '',
				historySource: 'field',
				options: {
					toolResults:
						'={{ $json.tool_calls.map((call) => ({ tool_call_id: call.id, content: { lowest: "noise" } })) }}',
				},
			},
			{ items: [{ json: asked.outputs[0][0].json }] },
		);
		expect(bodies[1].messages).toEqual([
			{ role: 'user', content: 'Q' },
			{ role: 'assistant', content: null, tool_calls: calls },
			{ role: 'tool', tool_call_id: 'call_1', content: '{"lowest":"noise"}' },
		]);
		expect(outputs[0][0].json.output).toBe('Noise');
	});
});

describe('images', () => {
	it.each(['memory', 'filesystem'] as const)(
		'go along from binary fields (%s)',
		async (binaryMode) => {
			const bodies = foresee(nock, completion({ content: 'A chart' }));
			await chat(
				{
					userMessage: 'What is this?',
					options: {
						imageBinaryFields: 'data, second',
						imageUrls: 'https://example.com/c.png',
						imageDetail: 'low',
					},
				},
				{
					binaryMode,
					items: [
						{ files: { data: { content: PNG, mimeType: 'text/plain' }, second: { content: PNG } } },
					],
				},
			);
			const url = `data:image/png;base64,${PNG.toString('base64')}`;
			expect(bodies[0].messages[0].content).toEqual([
				{ type: 'text', text: 'What is this?' },
				{ type: 'image_url', image_url: { url, detail: 'low' } },
				{ type: 'image_url', image_url: { url, detail: 'low' } },
				{ type: 'image_url', image_url: { url: 'https://example.com/c.png', detail: 'low' } },
			]);
		},
	);

	it.each([
		['data', {}, "no binary field 'data'", 'binary data'],
		['data', { other: { content: PNG } }, "no binary field 'data'", 'other'],
		['data', { data: { content: '%PDF-1.7' } }, "'data' is not an image", 'PNG'],
	])('are refused: %s of %j', async (imageBinaryFields, files, message, description) => {
		const { error } = await chat(
			{ userMessage: 'Q', options: { imageBinaryFields } },
			{ items: [{ files }] },
		);
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(description);
	});
});

describe('model from a job', () => {
	const job = { id: 'ftjob-1', object: 'fine_tuning.job', model: 'gpt-4o-mini-2024-07-18' };

	it('is that of the item', async () => {
		const bodies = foresee(nock, completion({ content: 'x' }));
		await chat(
			{ model: model('={{ $json }}', 'job'), userMessage: 'Q' },
			{ items: [{ json: { ...job, status: 'succeeded', fine_tuned_model: TUNED } }] },
		);
		expect(bodies[0].model).toBe(TUNED);
	});

	it('is looked up for a job ID', async () => {
		nock(API)
			.get('/fine_tuning/jobs/ftjob-1')
			.reply(200, { ...job, status: 'succeeded', fine_tuned_model: TUNED });
		const bodies = foresee(nock, completion({ content: 'x' }));
		await chat({ model: model('ftjob-1', 'job'), userMessage: 'Q' });
		expect(bodies[0].model).toBe(TUNED);
	});

	it('can be the latest checkpoint', async () => {
		const checkpoint = (step: number) => ({
			step_number: step,
			fine_tuned_model_checkpoint: `${TUNED}:ckpt-step-${step}`,
		});
		nock(API)
			.get('/fine_tuning/jobs/ftjob-1')
			.reply(200, { ...job, status: 'running' })
			.get('/fine_tuning/jobs/ftjob-1/checkpoints')
			.query({ limit: 100 })
			.reply(200, { object: 'list', data: [checkpoint(10), checkpoint(30)] });
		const bodies = foresee(nock, completion({ content: 'x' }));
		await chat({
			model: model('ftjob-1', 'job'),
			userMessage: 'Q',
			options: { jobModel: 'finalOrCheckpoint' },
		});
		expect(bodies[0].model).toBe(`${TUNED}:ckpt-step-30`);
	});

	it('is no checkpoint where checkpoints have to be deployed first', async () => {
		const { error } = await chat(
			{
				model: model('ftjob-1', 'job'),
				userMessage: 'Q',
				options: { jobModel: 'latestCheckpoint' },
			},
			{
				credentials: {
					openAiFineTuningApi: { ...credentials.openAiFineTuningApi, provider: 'nebius' },
				},
			},
		);
		expect(error?.message).toBe(
			"At Nebius Token Factory a checkpoint of the job 'ftjob-1' answers only once it is deployed",
		);
		expect(error?.description).toContain("set the option 'Model of Job' to 'Final Model'");
	});

	it('is missing, with a clear text', async () => {
		const { error } = await chat(
			{ model: model('={{ $json }}', 'job'), userMessage: 'Q' },
			{ items: [{ json: { ...job, status: 'running' } }] },
		);
		expect(error?.message).toBe(
			"The fine-tuning job 'ftjob-1' has no model yet: its status is 'running'",
		);
		nock(API)
			.get('/fine_tuning/jobs/ftjob-1/checkpoints')
			.query(true)
			.reply(200, { object: 'list', data: [] });
		const none = await chat({
			model: model('ftjob-1', 'job'),
			userMessage: 'Q',
			options: { jobModel: 'latestCheckpoint' },
		});
		expect(none.error?.message).toContain('has no checkpoints');
	});
});

describe('as a tool', () => {
	it('needs no memory input and answers', async () => {
		const { FineTunedChat } = await import('../../../nodes/FineTunedChat/FineTunedChat.node');
		const { runNode } = await import('../harness');
		// What n8n makes of a node that is usable as a tool.
		const node = new FineTunedChat();
		node.description = { ...node.description, name: 'fineTunedChatTool', inputs: ['main'] };
		foresee(nock, completion({ content: 'x' }));
		const { outputs } = await runNode({
			node,
			credentials,
			parameters: { model: model(TUNED), userMessage: 'Q' },
		});
		expect(outputs[0][0].json.output).toBe('x');
	});
});
