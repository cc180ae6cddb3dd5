import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { n8nEnvironment, ownEnvironment } from './environment';
import { freePort } from './ports';
import { type ManagedProcess, startNodeProcess, waitUntil, watchdogFile } from './processes';

const READY_TIMEOUT_MS = 180_000;

/** A real n8n on loopback. */
export interface N8n {
	readonly url: string;
	readonly process: ManagedProcess;
	stop(): Promise<void>;
}

export interface N8nOptions {
	/** Root of this repository. */
	root: string;
	/** n8n keeps its database, encryption key and community packages here. */
	userFolder: string;
	/** Taken if free; any other free port otherwise. */
	preferredPort?: number;
	/** Further environment variables. */
	env?: NodeJS.ProcessEnv;
}

/** Starts n8n and resolves when it answers requests. @throws with its last output when it does not */
export async function startN8n(options: N8nOptions): Promise<N8n> {
	const port = await freePort(options.preferredPort);
	const brokerPort = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const node = sandboxNode(options.root);
	mkdirSync(options.userFolder, { recursive: true });
	const n8n = startNodeProcess(
		'n8n',
		node,
		join(options.root, 'sandbox', 'node_modules', 'n8n', 'bin', 'n8n'),
		['start'],
		{
			cwd: options.userFolder,
			watchdog: watchdogFile(options.root),
			env: {
				...ownEnvironment(),
				...n8nEnvironment({
					userFolder: options.userFolder,
					port,
					brokerPort,
					extra: options.env,
				}),
				// n8n starts its task runner as plain `node`: it must be the same one.
				PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
			},
		},
	);
	try {
		await waitUntil(
			'n8n was ready',
			async () => ((await fetch(`${url}/healthz/readiness`)).ok ? true : undefined),
			{ timeoutMs: READY_TIMEOUT_MS, from: n8n },
		);
	} catch (error) {
		await n8n.kill();
		throw explain(error);
	}
	return { url, process: n8n, stop: () => n8n.stop() };
}

export function sandboxNode(root: string): string {
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	return join(root, 'sandbox', 'node_modules', 'node', 'bin', file);
}

function explain(cause: unknown): Error {
	const text = cause instanceof Error ? cause.message : String(cause);
	const advice = /encryption key/i.test(text)
		? '\nThe n8n folder was made with another encryption key: delete .sandbox and start again.'
		: '';
	return new Error(`${text}${advice}`, { cause });
}
