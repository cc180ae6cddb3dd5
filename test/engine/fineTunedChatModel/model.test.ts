import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { AIMessage, AIMessageChunk } from '@langchain/core/messages';
import { HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { FineTunedChatModel } from '../../../nodes/FineTunedChatModel/FineTunedChatModel.node';
import { type ModelSettings, TunedChatModel } from '../../../nodes/FineTunedChatModel/model';
import {
	API,
	BASE,
	completion,
	credentials,
	fallback,
	foresee,
	model,
	refusal,
	SECRET,
	TUNED,
} from '../fineTunedChat/support';
import { runNode, useNock } from '../harness';

/** n8n's SDK and LangChain load slowly on a busy machine. */
jest.setTimeout(30_000);

const nock = useNock();
const LOOKUP = {
	type: 'function',
	function: {
		name: 'look_up',
		description: 'Looks a survey up',
		parameters: { type: 'object', properties: { survey: { type: 'string' } } },
	},
};
const call = (id: string, survey: string) => ({
	id,
	type: 'function',
	function: { name: 'look_up', arguments: JSON.stringify({ survey }) },
});

/** Runs `use` in a root node to which the model is connected, as n8n's AI Agent is. */
async function withModel<T>(
	parameters: IDataObject,
	use: (model: BaseChatModel) => Promise<T>,
	items = [{ json: {} as IDataObject }],
) {
	const used: T[] = [];
	const root = {
		description: {
			displayName: 'Root',
			name: 'root',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Root' },
			inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiLanguageModel],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			for (let index = 0; index < this.getInputData().length; index++) {
				const type = NodeConnectionTypes.AiLanguageModel;
				const connected = await this.getInputConnectionData(type, index);
				used.push(await use([connected].flat()[0] as BaseChatModel));
			}
			return [[]];
		},
	} as unknown as INodeType;
	const result = await runNode({
		node: root,
		items,
		credentials,
		subNodes: {
			ai_languageModel: [
				{
					node: new FineTunedChatModel(),
					parameters: { model: model(TUNED), ...parameters },
					credentialNames: Object.keys(credentials),
				},
			],
		},
	});
	return { ...result, used };
}

describe('Fine-Tuned Chat Model', () => {
	it('answers as the connected model of an AI node', async () => {
		const bodies = foresee(nock, completion({ content: 'Noise levels' }));
		const { status, used } = await withModel(
			{ options: { temperature: 0, maxTokens: 50, maxTokensField: 'max_tokens' } },
			async (chat) =>
				await chat.invoke([new SystemMessage('Be brief'), new HumanMessage('Lowest?')]),
		);
		expect(status).toBe('success');
		expect(bodies).toEqual([
			{
				model: TUNED,
				messages: [
					{ role: 'system', content: 'Be brief' },
					{ role: 'user', content: 'Lowest?' },
				],
				temperature: 0,
				max_tokens: 50,
			},
		]);
		const message = used[0] as AIMessage;
		expect(message.text).toBe('Noise levels');
		expect(message.usage_metadata).toMatchObject({ input_tokens: 10, output_tokens: 5 });
		expect(message.response_metadata).toMatchObject({ asked_model: TUNED, answered_by: TUNED });
	});

	it("takes each item's own model", async () => {
		const bodies = foresee(nock, completion({ content: 'A' }), completion({ content: 'B' }));
		const { status } = await withModel(
			{ model: { __rl: true, mode: 'id', value: '={{ $json.model }}' } },
			async (chat) => await chat.invoke('Q'),
			[{ json: { model: 'ft:one' } }, { json: { model: 'ft:two' } }],
		);
		expect(status).toBe('success');
		expect(bodies.map((body) => body.model)).toEqual(['ft:one', 'ft:two']);
	});

	it('calls tools and reads their results', async () => {
		const bodies = foresee(
			nock,
			completion({ content: null, tool_calls: [call('c1', 'Q3'), call('c2', 'Q4')] }),
			completion({ content: 'Noise' }),
		);
		const { used } = await withModel({}, async (chat) => {
			const agent = chat.bindTools!([LOOKUP]);
			const asked = (await agent.invoke('Lowest?')) as AIMessage;
			const results = asked.tool_calls!.map(
				({ id, args }) => new ToolMessage({ tool_call_id: id!, content: `${args.survey}: noise` }),
			);
			return [asked, await agent.invoke([new HumanMessage('Lowest?'), asked, ...results])] as const;
		});
		expect(used[0][0].tool_calls).toMatchObject([
			{ id: 'c1', name: 'look_up', args: { survey: 'Q3' } },
			{ id: 'c2', name: 'look_up', args: { survey: 'Q4' } },
		]);
		expect(used[0][1].text).toBe('Noise');
		expect(bodies[0].tools).toEqual([LOOKUP]);
		expect(bodies[1].messages.slice(1)).toEqual([
			{ role: 'assistant', content: null, tool_calls: [call('c1', 'Q3'), call('c2', 'Q4')] },
			{ role: 'tool', tool_call_id: 'c1', content: 'Q3: noise' },
			{ role: 'tool', tool_call_id: 'c2', content: 'Q4: noise' },
		]);
	});

	it('falls back to the next model, and says so', async () => {
		foresee(
			nock,
			[404, refusal(`The model \`${TUNED}\` does not exist`, 'model_not_found')],
			completion({ content: 'From the base model' }, { model: BASE }),
		);
		const { used, run, status } = await withModel(
			{ fallbackModels: fallback(BASE) },
			async (chat) => (await chat.invoke('Q')) as AIMessage,
		);
		expect(status).toBe('success');
		expect(used[0].response_metadata).toMatchObject({
			asked_model: BASE,
			failed_models: [{ model: TUNED, reason: 'missing', status: 404 }],
		});
		const [{ hints }] = run.data.resultData.runData['ai_languageModel 1'];
		expect(hints![0].message).toContain(`${BASE} answered, because ${TUNED} did not`);
	});

	it('gives a clear error without the key when no model answers', async () => {
		foresee(nock, [401, refusal(`Incorrect API key provided: ${SECRET}`, 'invalid_api_key')]);
		const { status, error } = await withModel({}, async (chat) => await chat.invoke('Q'));
		expect(status).toBe('error');
		// The AI node shows the message alone.
		expect(error!.message).toMatch(/did not accept the API key.*Check 'API Key'/);
		expect(JSON.stringify(error)).not.toContain(SECRET);
	});

	it("does not send tools that another copy of n8n's SDK has made", async () => {
		const { error } = await withModel({}, async (chat) => {
			const foreign = { name: 'look_up', schema: { _def: {} }, invoke: () => '' };
			return await chat.bindTools!([foreign as never]).invoke('Q');
		});
		expect(error!.message).toContain("than n8n's own");
	});

	it('says which setting is wrong before anything is sent', async () => {
		const { error } = await withModel({ model: model('') }, async (chat) => await chat.invoke('Q'));
		expect(error!.description).toMatch(/'Model' is empty\. \S/);
	});
});

describe('streaming to an AI node', () => {
	const event = (chunk: unknown) => `data: ${JSON.stringify(chunk)}\n\n`;
	const delta = (part: object, finish_reason: string | null = null) =>
		event({ id: 'c', model: TUNED, choices: [{ index: 0, delta: part, finish_reason }] });
	const stream = { 'content-type': 'text/event-stream' };
	const collect = async (chat: BaseChatModel) => {
		const chunks: AIMessageChunk[] = [];
		for await (const chunk of await chat.bindTools!([LOOKUP]).stream('Q')) {
			chunks.push(chunk as AIMessageChunk);
		}
		return {
			texts: chunks.map((chunk) => chunk.text),
			whole: chunks.reduce((a, b) => a.concat(b)),
		};
	};
	const replies = (...bodies: string[]) =>
		bodies.forEach((body) => nock(API).post('/chat/completions').reply(200, body, stream));

	it('closes the answer when the AI node stops listening', async () => {
		let isClosed = false;
		async function* body() {
			try {
				for (;;) yield Buffer.from(delta({ content: 'on and on ' }));
			} finally {
				isClosed = true;
			}
		}
		const chat = new TunedChatModel({
			connection: {
				provider: 'openAi',
				surroundings: {},
				transport: async () => ({ status: 200, headers: stream, data: body() }),
			},
			models: [TUNED],
			fallbackOn: [],
			request: {},
		} as unknown as ModelSettings);
		for await (const chunk of chat.stream([])) {
			expect(chunk).toEqual({ type: 'text-delta', delta: 'on and on ' });
			break;
		}
		expect(isClosed).toBe(true);
	});

	it('hands the text on as it comes, then the tokens', async () => {
		replies(
			delta({ content: 'Noise ' }) +
				delta({ content: 'levels' }) +
				delta({}, 'stop') +
				event({ choices: [], usage: { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 } }) +
				'data: [DONE]\n\n',
		);
		const { used } = await withModel({}, collect);
		expect(used[0].texts.filter(Boolean)).toEqual(['Noise ', 'levels']);
		expect(used[0].whole.usage_metadata).toMatchObject({ input_tokens: 4, output_tokens: 2 });
	});

	it('keeps several tool calls apart', async () => {
		const part = (index: number, id: string, text: string) =>
			delta({ tool_calls: [{ index, id, function: { name: 'look_up', arguments: text } }] });
		replies(
			part(0, 'c1', '{"survey":') +
				part(0, '', '"Q3"}') +
				part(1, 'c2', '{"survey":"Q4"}') +
				delta({}, 'tool_calls') +
				'data: [DONE]\n\n',
		);
		const { used } = await withModel({}, collect);
		expect(used[0].whole.tool_calls).toMatchObject([
			{ id: 'c1', args: { survey: 'Q3' } },
			{ id: 'c2', args: { survey: 'Q4' } },
		]);
	});

	it('falls back before the first word, not after it', async () => {
		foresee(nock, [404, refusal('The model does not exist', 'model_not_found')]);
		replies(delta({ content: 'Hello' }) + delta({}, 'stop') + 'data: [DONE]\n\n');
		const first = await withModel({ fallbackModels: fallback(BASE) }, collect);
		expect(first.used[0].whole.text).toBe('Hello');

		replies(delta({ content: 'Half an' }) + event({ error: { message: 'Overloaded', code: 503 } }));
		const second = await withModel({ fallbackModels: fallback(BASE) }, collect);
		expect(second.status).toBe('error');
		expect(second.error!.message).toContain('Overloaded');
	});
});
