import OpenAI, { toFile } from 'openai';

import { startServer, type SandboxServer, type ServerOptions } from '../../../sandbox/server';
import { Specification } from '../specification';

export const NOON = Date.parse('2026-11-21T12:00:00Z');

export interface Bench {
	/** Start with `beforeEach`; a fresh sandbox for every test, whose time stands still. */
	server: SandboxServer;
	client: OpenAI;
	admin: OpenAI;
	/** The official client with settings of its own. */
	clientWith(options: ConstructorParameters<typeof OpenAI>[0]): OpenAI;
	control(method: string, path: string, body?: unknown): Promise<unknown>;
	upload(content: string, name?: string): Promise<OpenAI.FileObject>;
	tune(
		model?: string,
		options?: Partial<OpenAI.FineTuning.JobCreateParams>,
	): Promise<OpenAI.FineTuning.FineTuningJob>;
}

/**
 * Starts a sandbox for every test and hands out the official SDK's clients for it. Every JSON answer that they get is
 * held against OpenAI's specification where that is present; a misfit makes the test fail.
 */
export function useSandbox(options: ServerOptions = {}): Bench {
	const bench = {} as Bench;
	let misfits: string[];
	beforeEach(async () => {
		misfits = [];
		const server = await startServer({ now: () => NOON, ...options });
		const checkingFetch: typeof fetch = async (input, init) => {
			const response = await fetch(input, init);
			await collectMisfits(String(input), init?.method ?? 'GET', response, misfits);
			return response;
		};
		const clientWith: Bench['clientWith'] = (settings) =>
			new OpenAI({
				apiKey: 'sk-sandbox',
				baseURL: `${server.url}/v1`,
				maxRetries: 0,
				fetch: checkingFetch,
				...settings,
			});
		Object.assign(bench, {
			server,
			clientWith,
			client: clientWith({}),
			admin: clientWith({ apiKey: 'sk-admin-sandbox', adminAPIKey: 'sk-admin-sandbox' }),
			control: async (method: string, path: string, body?: unknown) => {
				const response = await fetch(`${server.url}/__sandbox/${path}`, {
					method,
					headers: body === undefined ? {} : { 'content-type': 'application/json' },
					body: body === undefined ? undefined : JSON.stringify(body),
				});
				return await response.json();
			},
			upload: async (content: string, name = 'training.jsonl') =>
				await bench.client.files.create({
					file: await toFile(Buffer.from(content), name),
					purpose: 'fine-tune',
				}),
			tune: async (model = 'gpt-4.1-mini-2025-04-14', more: object = {}) => {
				const { id } = await bench.upload(trainingFile());
				const job = await bench.client.fineTuning.jobs.create({
					model,
					training_file: id,
					...more,
				});
				await server.advance(3_600_000);
				return await bench.client.fineTuning.jobs.retrieve(job.id);
			},
		});
	});
	afterEach(async () => {
		await bench.server.close();
		expect(misfits).toEqual([]);
	});
	return bench;
}

async function collectMisfits(url: string, method: string, response: Response, into: string[]) {
	const specification = Specification.load();
	const isJson = response.headers.get('content-type')?.includes('application/json');
	if (!specification || !isJson) return;
	const path = new URL(url).pathname.replace(/^\/v1/, '');
	into.push(...specification.misfits(method, path, response.status, await response.clone().json()));
}

export const PAIRS: Array<[question: string, answer: string]> = [
	['What is the capital of France?', 'Paris.'],
	['How tall is the Eiffel Tower?', 'It is 330 metres tall.'],
	['When do the offices open?', 'At eight in the morning.'],
	['Who leads the warehouse in Lyon?', 'Amélie Durand leads it.'],
	['How do I reset my password?', 'Use the link on the sign-in page.'],
	['Which colour has the company bus?', 'It is painted orange.'],
	['How many holidays do I get?', 'Thirty days a year.'],
	['Where can I park my bicycle?', 'In the cellar of building B.'],
	['What does a coffee in the canteen cost?', 'It is free before ten.'],
	['Who repairs broken chairs?', 'Write to the facility team.'],
];

export function chatLine(question: string, answer: string): string {
	const messages = [
		{ role: 'user', content: question },
		{ role: 'assistant', content: answer },
	];
	return `${JSON.stringify({ messages })}\n`;
}

export function trainingFile(pairs = PAIRS): string {
	return pairs.map(([question, answer]) => chatLine(question, answer)).join('');
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
	const all: T[] = [];
	for await (const item of items) all.push(item);
	return all;
}
