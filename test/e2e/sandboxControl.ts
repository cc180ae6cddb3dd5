import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { SANDBOX_API_KEY } from '../../sandbox/n8n';
import type { SandboxServer } from '../../sandbox/server';

const SAMPLES = resolve(__dirname, '../../workflows/samples/alderbrook-training.json');

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

/** Uploads the sample data as a chat dataset, past n8n; resolves with the file's id. */
export async function uploadSamples(server: SandboxServer): Promise<string> {
	const samples = JSON.parse(readFileSync(SAMPLES, 'utf8')) as Array<Record<string, string>>;
	const lines = samples.map(({ question, answer }) =>
		JSON.stringify({
			messages: [
				{ role: 'user', content: question },
				{ role: 'assistant', content: answer },
			],
		}),
	);
	const form = new FormData();
	form.set('purpose', 'fine-tune');
	form.set('file', new Blob([`${lines.join('\n')}\n`]), 'samples.jsonl');
	const response = await fetch(`${server.url}/v1/files`, {
		method: 'POST',
		headers: { authorization: `Bearer ${SANDBOX_API_KEY}` },
		body: form,
	});
	return ((await response.json()) as { id: string }).id;
}

/** The text of the file that the newest job was trained on. */
export async function newestTrainingText(server: SandboxServer): Promise<string> {
	const get = async (path: string) =>
		await fetch(`${server.url}/v1${path}`, {
			headers: { authorization: `Bearer ${SANDBOX_API_KEY}` },
		});
	const { data } = (await (await get('/fine_tuning/jobs')).json()) as {
		data: Array<{ training_file: string }>;
	};
	return await (await get(`/files/${data[0].training_file}/content`)).text();
}

async function post(server: SandboxServer, path: string, body: object): Promise<void> {
	const response = await fetch(`${server.url}/__sandbox/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

/** Forgets faults that no request has met yet. */
export async function clearFaults(server: SandboxServer): Promise<void> {
	await fetch(`${server.url}/__sandbox/faults`, { method: 'DELETE' });
}
