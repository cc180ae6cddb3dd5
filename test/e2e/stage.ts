import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import {
	type Execution,
	followExecution,
	type N8n,
	N8nRest,
	sandboxCredential,
	startN8n,
	stopProcesses,
	type WorkflowFile,
} from '../../sandbox/n8n';
import { type SandboxServer, type Settings, startServer } from '../../sandbox/server';

export const ROOT = resolve(__dirname, '../..');
const E2E_DIR = join(ROOT, '.cache', 'e2e');
const RUN_TIMEOUT_MS = 90_000;

/** A real n8n with the packed package installed, and a sandbox server to talk to. */
export interface Stage {
	n8n: N8n;
	rest: N8nRest;
	server: SandboxServer;
	userFolder: string;
	/** The owner's credential for the sandbox, under the name that the workflow files use. */
	credential: { id: string; name: string };
	/** Saves the workflow, runs it from its trigger and waits for its end. */
	run(workflow: WorkflowFile, trigger: string): Promise<Execution>;
	/** Stops n8n (or ends it as a crash would), lets `meanwhile` happen, and starts it again on the same folder. */
	restart(options: { crash: boolean; meanwhile?: () => Promise<void> }): Promise<void>;
	close(): Promise<void>;
}

/**
 * Call it in `beforeAll` and `close()` in `afterAll`. Each test file has an n8n of its own.
 *
 * @param env - further environment variables of n8n
 */
export async function openStage(
	name: string,
	settings: Partial<Settings> = {},
	env: NodeJS.ProcessEnv = {},
): Promise<Stage> {
	const userFolder = await freshUserFolder(name);
	const server = await startServer({ speed: 2_000, ...settings });
	try {
		const n8n = await startN8n({ root: ROOT, userFolder, env });
		const rest = new N8nRest(n8n.url);
		await rest.signIn();
		const credential = await rest.putCredential(sandboxCredential(server.url));
		return new RunningStage(n8n, rest, server, userFolder, credential, env);
	} catch (error) {
		await stopProcesses({ atOnce: true });
		await server.close();
		throw error;
	}
}

class RunningStage implements Stage {
	constructor(
		public n8n: N8n,
		public rest: N8nRest,
		readonly server: SandboxServer,
		readonly userFolder: string,
		readonly credential: { id: string; name: string },
		private readonly env: NodeJS.ProcessEnv,
	) {}

	async run(workflow: WorkflowFile, trigger: string): Promise<Execution> {
		const { id } = await this.rest.createWorkflow(workflow);
		const execution = await this.rest.runWorkflow(id, trigger);
		return await followExecution(this.rest, execution, { timeoutMs: RUN_TIMEOUT_MS });
	}

	async restart({
		crash,
		meanwhile,
	}: {
		crash: boolean;
		meanwhile?: () => Promise<void>;
	}): Promise<void> {
		await (crash ? this.n8n.process.kill() : this.n8n.stop());
		await meanwhile?.();
		// Whoever sends webhooks knows the old address.
		const preferredPort = Number(new URL(this.n8n.url).port);
		const { userFolder, env } = this;
		this.n8n = await startN8n({ root: ROOT, userFolder, env, preferredPort });
		this.rest = new N8nRest(this.n8n.url);
		await this.rest.signIn();
	}

	async close(): Promise<void> {
		await stopProcesses();
		await this.server.close();
	}
}

/** n8n's first start makes a hundred database changes: done once, then copied. */
async function freshUserFolder(name: string): Promise<string> {
	const template = join(E2E_DIR, 'template');
	await promisify(execFile)(process.execPath, [join(ROOT, 'scripts', 'stage.mjs'), template], {
		timeout: 10 * 60_000,
	});
	if (!existsSync(join(template, '.n8n', 'database.sqlite'))) {
		const first = await startN8n({ root: ROOT, userFolder: template });
		await first.stop();
	}
	const folder = join(E2E_DIR, name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(E2E_DIR, { recursive: true });
	cpSync(template, folder, { recursive: true });
	return folder;
}
