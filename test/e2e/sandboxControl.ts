import type { SandboxServer } from '../../sandbox/server';

export interface SandboxState {
	counts: { files: number; jobs: number };
	jobs: Array<{ id: string; status: string }>;
	requests: { recent: Array<{ method: string; path: string }> };
}

/** What the sandbox server holds and which requests it has seen. */
export async function sandboxState(server: SandboxServer): Promise<SandboxState> {
	return (await (await fetch(`${server.url}/__sandbox/state`)).json()) as SandboxState;
}

export async function resetSandbox(server: SandboxServer): Promise<void> {
	await post(server, 'reset', {});
}

/** Ends a job as its owner could do at the service's own web site. */
export async function changeJob(server: SandboxServer, id: string, end: object): Promise<void> {
	await post(server, `jobs/${id}`, end);
}

async function post(server: SandboxServer, path: string, body: object): Promise<void> {
	const response = await fetch(`${server.url}/__sandbox/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}
