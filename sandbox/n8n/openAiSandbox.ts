import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sandboxNode } from './n8n';
import { freePort } from './ports';
import { type ManagedProcess, startNodeProcess, waitUntil, watchdogFile } from './processes';

export const SANDBOX_API_KEY = 'sk-sandbox-of-this-machine';

export interface OpenAiSandbox {
	/** The API is under `/v1`. */
	readonly url: string;
	readonly process: ManagedProcess;
	stop(): Promise<void>;
}

/** Starts the compiled sandbox server as a process of its own. `state` is the file that it keeps everything in. */
export async function startOpenAiSandbox(options: {
	root: string;
	state: string;
	speed: number;
	preferredPort?: number;
}): Promise<OpenAiSandbox> {
	const port = await freePort(options.preferredPort);
	const url = `http://127.0.0.1:${port}`;
	mkdirSync(dirname(options.state), { recursive: true });
	const server = startNodeProcess(
		'the OpenAI sandbox',
		sandboxNode(options.root),
		join(options.root, '.cache', 'sandbox', 'sandbox', 'server', 'cli.js'),
		['--port', String(port), '--state', options.state, '--speed', String(options.speed)],
		{ cwd: options.root, env: process.env, watchdog: watchdogFile(options.root) },
	);
	try {
		await waitUntil(
			'the OpenAI sandbox was ready',
			async () => ((await fetch(`${url}/__sandbox/state`)).ok ? true : undefined),
			{ timeoutMs: 30_000, everyMs: 50, from: server },
		);
	} catch (error) {
		await server.kill();
		throw error;
	}
	return { url, process: server, stop: () => server.stop() };
}
