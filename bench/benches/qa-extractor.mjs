// Tickets to pairs with a server that takes 200 ms for each answer: what is lost when many are asked at the same time.
import { Agent, createServer, request as httpRequest } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { libDir } from '../paths.mjs';

const require = createRequire(import.meta.url);

const LATENCY_MS = 200;
/** Answers that each worker waits for. */
const ROUNDS = 25;

// The server works on a thread of its own, as it would on another machine.
if (!isMainThread) serve();

export const title = `qa-extractor: tickets a second, the server answers after ${LATENCY_MS} ms`;

export const defaultRounds = 3;

export const contenders = {
	'one at a time': contender(1),
	'5 at once': contender(5),
	'20 at once': contender(20),
	'50 at once': contender(50),
};

export const columns = [
	['tickets', ({ median }) => median.tickets],
	['s', ({ median }) => median.seconds],
	['tickets/s', ({ median }) => median.rate],
	['of N times one', ({ median }, _, of) => shareOf(median, of)],
	['CPU s', ({ median }) => median.cpu],
];

export const goals = ['5 at once', '20 at once', '50 at once'].map((name) => [
	`${name}: at least 90 % of that many times one at a time`,
	(of) => shareOf(of[name], of),
	0.9,
]);

export function prepare() {
	return {};
}

function shareOf({ rate, concurrency }, of) {
	return rate / (concurrency * of['one at a time'].rate);
}

function contender(concurrency) {
	return {
		async run() {
			const tickets = tasks(concurrency * ROUNDS);
			const server = await startServer();
			const agent = new Agent({ keepAlive: true });
			const started = performance.now();
			const pairs = await extractAll(tickets, concurrency, transportTo(server.port, agent));
			const seconds = (performance.now() - started) / 1000;
			agent.destroy();
			await server.worker.terminate();
			if (pairs !== tickets.length) throw new Error(`${pairs} pairs of ${tickets.length} tickets`);
			return { concurrency, tickets: tickets.length, seconds, rate: tickets.length / seconds };
		},
	};
}

/** What the node does, but for n8n's HTTP client. */
async function extractAll(tickets, concurrency, transport) {
	const { runPool } = lib('qa/pool');
	const { extractTicket } = lib('qa/extractTicket');
	const { dialogueOf } = lib('qa/dialogue');
	const { transcriptOf } = lib('qa/transcript');
	const { siftPairs } = lib('qa/sift');
	const { StructureChoice } = lib('qa/structure');
	const { Budget } = lib('qa/budget');
	const { emptyTally } = lib('qa/usage');
	const { DEFAULT_PRICES } = lib('cost');
	const { DEFAULT_SYSTEM_MESSAGE } = lib('qa/defaults');
	const run = {
		structure: new StructureChoice('auto'),
		budget: new Budget(),
		tally: emptyTally(),
		pace: async () => {},
		coolDown: () => {},
		isOver: () => false,
	};
	const request = {
		model: 'gpt-4.1-mini-2025-04-14',
		instructions: {
			systemMessage: DEFAULT_SYSTEM_MESSAGE,
			categories: ['access', 'other'],
			maxPairs: 5,
			examples: [],
		},
		options: {},
		prices: DEFAULT_PRICES,
	};
	const wanted = { includeUnresolved: false, minConfidence: 0, maxPairs: 5 };
	const settled = await runPool(
		tickets,
		async (ticket) => {
			const dialogue = dialogueOf(ticket, { internalNotes: false });
			const { text: transcript } = transcriptOf(ticket, dialogue, 40_000);
			const found = await extractTicket({ ...request, transcript }, run, transport);
			return siftPairs(found.pairs, wanted).pairs.length;
		},
		{ concurrency },
	);
	return settled.reduce((sum, { value = 0 }) => sum + value, 0);
}

function tasks(count) {
	const text = 'The quick brown fox jumps over the lazy dog. '.repeat(40);
	return Array.from({ length: count }, (_, index) => ({
		title: `Ticket ${index}`,
		question: `Question ${index}. ${text}`,
		messages: [{ role: 'agent', public: true, text: `Answer ${index}. ${text}` }],
		origin: {},
	}));
}

/** Node's own client, as in n8n. */
function transportTo(port, agent) {
	return ({ path, body }) =>
		new Promise((resolve, reject) => {
			const headers = { 'content-type': 'application/json' };
			const options = { host: '127.0.0.1', port, path, method: 'POST', headers, agent };
			const request = httpRequest(options, (response) => {
				const chunks = [];
				response.on('data', (chunk) => chunks.push(chunk));
				response.on('end', () => {
					const data = JSON.parse(Buffer.concat(chunks).toString());
					resolve({ status: response.statusCode, headers: {}, data });
				});
			});
			request.on('error', reject);
			request.end(JSON.stringify(body));
		});
}

async function startServer() {
	const worker = new Worker(fileURLToPath(import.meta.url));
	const port = await new Promise((resolve, reject) => {
		worker.once('message', resolve);
		worker.once('error', reject);
	});
	return { worker, port };
}

function serve() {
	const pair = {
		question: 'What does the fox do?',
		answer: 'It jumps over the dog. '.repeat(20),
		solved: true,
		language: 'en',
		category: 'other',
		confidence: 0.9,
	};
	const call = { name: 'save_pairs', arguments: JSON.stringify({ pairs: [pair] }) };
	const message = {
		role: 'assistant',
		content: null,
		tool_calls: [{ id: 'call_1', type: 'function', function: call }],
	};
	const answer = JSON.stringify({
		object: 'chat.completion',
		model: 'gpt-4.1-mini-2025-04-14',
		choices: [{ index: 0, finish_reason: 'tool_calls', message }],
		usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
	});
	const server = createServer((request, response) => {
		request.resume().on('end', () => {
			setTimeout(() => {
				response.setHeader('content-type', 'application/json');
				response.end(answer);
			}, LATENCY_MS);
		});
	});
	server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
}

function lib(path) {
	return require(join(libDir, path));
}
