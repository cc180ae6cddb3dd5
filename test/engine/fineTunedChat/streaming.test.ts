import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IExecuteFunctions } from 'n8n-workflow';

import { FineTunedChat } from '../../../nodes/FineTunedChat/FineTunedChat.node';
import { runNode, type RunOptions, useNock } from '../harness';
import { BASE, completion, credentials, fallback, foresee, model, refusal, TUNED } from './support';

const nock = useNock();
const event = (chunk: unknown) => `data: ${JSON.stringify(chunk)}\n\n`;
const delta = (part: object, finish_reason: string | null = null) =>
	event({ id: 'c', model: TUNED, choices: [{ index: 0, delta: part, finish_reason }] });
const answer = [
	delta({ role: 'assistant', content: '' }),
	delta({ content: 'Noise ' }),
	delta({ content: 'lévels' }),
	delta({}, 'stop'),
	event({ choices: [], usage: { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 } }),
	'data: [DONE]\n\n',
].join('');
const stream: Record<string, string> = { 'content-type': 'text/event-stream' };

/** The node with a chat behind it that streams, as under a chat trigger in n8n. */
function inChat(name = 'fineTunedChat') {
	const chunks: unknown[][] = [];
	const node = new FineTunedChat();
	node.description = { ...node.description, name };
	const execute = node.execute;
	node.execute = async function (this: IExecuteFunctions) {
		const chat = {
			isStreaming: () => true,
			sendChunk: async (...chunk: unknown[]) => void chunks.push(chunk),
		};
		const ctx = new Proxy(this, {
			get: (target, property) => {
				if (property in chat) return chat[property as keyof typeof chat];
				const value = Reflect.get(target, property) as unknown;
				return typeof value === 'function' ? value.bind(target) : value;
			},
		});
		return await execute.call(ctx);
	};
	const run = async (parameters: object, more: Partial<RunOptions> = {}) =>
		await runNode({
			node,
			credentials,
			parameters: { model: model(TUNED), userMessage: 'Q', ...parameters } as never,
			...more,
		});
	return { chunks, run };
}

describe('streaming to a chat', () => {
	it('sends the text as it comes and gives the whole answer', async () => {
		const bodies = foresee(nock, [200, answer, stream]);
		const { chunks, run } = inChat();
		const { status, outputs } = await run({});
		expect(status).toBe('success');
		expect(bodies[0]).toMatchObject({ stream: true, stream_options: { include_usage: true } });
		expect(chunks).toEqual([
			['begin', 0],
			['item', 0, 'Noise '],
			['item', 0, 'lévels'],
			['end', 0],
		]);
		expect(outputs[0][0].json).toMatchObject({
			output: 'Noise lévels',
			model: TUNED,
			finish_reason: 'stop',
			usage: { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 },
		});
	});

	it('does not happen when it is turned off, or when an agent uses the node as a tool', async () => {
		const bodies = foresee(nock, completion({ content: 'x' }), completion({ content: 'x' }));
		const off = inChat();
		await off.run({ options: { enableStreaming: false } });
		const tool = inChat('fineTunedChatTool');
		await tool.run({});
		expect([off.chunks, tool.chunks]).toEqual([[], []]);
		expect(bodies.map((body) => 'stream' in body)).toEqual([false, false]);
	});

	it('falls back as long as nothing has been said', async () => {
		const bodies = foresee(
			nock,
			[404, refusal('The model does not exist', 'model_not_found')],
			[200, answer, stream],
		);
		const { chunks, run } = inChat();
		const { outputs } = await run({ fallbackModels: fallback(BASE) });
		expect(bodies.map((body) => body.model)).toEqual([TUNED, BASE]);
		expect(chunks).toHaveLength(4);
		expect(outputs[0][0].json).toMatchObject({ fell_back: true, output: 'Noise lévels' });
	});

	it('takes a whole body from a server that does not stream', async () => {
		foresee(nock, completion({ content: 'All at once' }));
		const { chunks, run } = inChat();
		const { outputs } = await run({});
		expect(chunks).toEqual([
			['begin', 0],
			['item', 0, 'All at once'],
			['end', 0],
		]);
		expect(outputs[0][0].json.output).toBe('All at once');
	});

	it('shows an error in the stream with its status', async () => {
		const limited = event({ error: { message: 'Bad prompt', code: '400' } });
		foresee(nock, [200, limited, stream]);
		const { error } = await inChat().run({});
		expect(error).toMatchObject({ httpCode: '400' });
		expect(error?.message).toContain('Bad prompt');
	});
});

describe('a connection that breaks in the middle', () => {
	let server: Server;
	let asked = 0;
	beforeAll(async () => {
		server = createServer((_request, response) => {
			asked++;
			response.writeHead(200, stream);
			response.write(delta({ content: 'Noi' }), () => response.destroy());
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	afterAll(async () => {
		await new Promise((resolve) => server.close(resolve));
	});

	it('ends in an error, not in half an answer or a second one after it', async () => {
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
		const { chunks, run } = inChat();
		const { status, error } = await run(
			{ fallbackModels: fallback(BASE) },
			{ credentials: { openAiFineTuningApi: { provider: 'other', baseUrl, apiKey: 'k' } } },
		);
		expect(status).toBe('error');
		expect(error?.message).toContain('broke off');
		expect(asked).toBe(1);
		expect(chunks).toEqual([
			['begin', 0],
			['item', 0, 'Noi'],
			['end', 0],
		]);
	});
});
