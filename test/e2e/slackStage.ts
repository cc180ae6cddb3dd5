import {
	connectSlack,
	type Execution,
	type SavedWorkflow,
	slackCredential,
	slackWebhookUrl,
	SANDBOX_API_KEY,
} from '../../sandbox/n8n';
import { CHANNELS, type Message, type SlackDesk, startSlackSandbox } from '../../sandbox/slack';
import { startSlackProxy } from '../../sandbox/slack/proxy';
import type { SandboxServer } from '../../sandbox/server';

import { uploadSamples } from './sandboxControl';
import { openStage, type Stage } from './stage';
import { exportedWorkflow } from './workflows';

// ES modules, which Jest cannot require, for parts of the proxy that are not used here: ports of its choice, remote control.
jest.mock('get-port', () => ({}));
jest.mock('milliparsec', () => ({}));

export const MAIN = 'main-entry-slack-api-request-handler.json';
export const AGENT = 'main-ai-agent-tools-logic.json';
const CALLED = [AGENT, 'slack-feedback.json'];
const PATIENCE_MS = 90_000;
/** The sandbox saves each step of an execution, which costs more than the execution. */
const AS_DELIVERED = { EXECUTIONS_DATA_SAVE_ON_PROGRESS: 'false' };
/** Slack tries again after minutes; here after seconds. */
const RETRY_SPEED = 100;

export interface Ended {
	id: string;
	status: Execution['status'];
}

/** A real n8n whose slack.com is the stand-in, with the exported workflows published and a tuned model to ask. */
export interface SlackStage {
	stage: Stage;
	desk: SlackDesk;
	/** The chat page. */
	url: string;
	main: SavedWorkflow;
	/** Publishes another workflow with a Slack Question Trigger; events go to that one from now on. */
	connect(workflow: SavedWorkflow): Promise<void>;
	/** The answer in the thread of a message, complete. */
	answerTo(message: Message): Promise<Message>;
	/** Executions of the main workflow that have not been counted before, once `count` of them are there and ended. */
	newExecutions(count: number): Promise<Ended[]>;
	rows(table: string): Promise<Array<Record<string, unknown>>>;
	close(): Promise<void>;
}

export async function openSlackStage(
	name: string,
	env: NodeJS.ProcessEnv = {},
): Promise<SlackStage> {
	const slack = await startSlackSandbox({ speed: RETRY_SPEED });
	const proxy = await startSlackProxy(slack.url);
	const stage = await openStage(name, {}, { ...proxy.env, ...AS_DELIVERED, ...env }).catch(
		async (error) => {
			await proxy.close();
			await slack.close();
			throw error;
		},
	);
	await trainModel(stage.server);
	await stage.rest.putCredential(slackCredential());
	const saved = new Map<string, SavedWorkflow>();
	for (const file of [...CALLED, MAIN]) {
		const workflow = await stage.rest.createWorkflow(exportedWorkflow(file));
		await stage.rest.publish(workflow);
		saved.set(file, workflow);
	}
	const main = saved.get(MAIN)!;
	const connect = async (workflow: SavedWorkflow) =>
		await connectSlack(slack.url, slackWebhookUrl(stage.n8n.url, workflow));
	await connect(main);
	const { desk } = slack;
	let counted = new Set<string>();
	return {
		...{ stage, desk, url: slack.url, main, connect },
		answerTo: async (message) => await untilThere(() => answerIn(desk, message)),
		async newExecutions(count) {
			await desk.delivered();
			const all = await untilThere(async () => {
				const list = await executionsOf(stage, main.id);
				const fresh = list.filter(({ id }) => !counted.has(id));
				return fresh.length >= count && fresh.every(hasEnded) ? list : undefined;
			});
			const fresh = all.filter(({ id }) => !counted.has(id));
			counted = new Set(all.map(({ id }) => id));
			return fresh;
		},
		rows: async (table) => await rowsOf(stage, table),
		async close() {
			await stage.close();
			await proxy.close();
			await slack.close();
		},
	};
}

/** Resolves with what `probe` gives as soon as it gives something. */
export async function untilThere<T>(
	probe: () => T | undefined | Promise<T | undefined>,
	timeoutMs = PATIENCE_MS,
): Promise<T> {
	for (let waited = 0; waited < timeoutMs; waited += 100) {
		const value = await probe();
		if (value !== undefined) return value;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`It was not there after ${timeoutMs / 1000} s.`);
}

export function answerIn(desk: SlackDesk, { ts, channel }: Message): Message | undefined {
	return desk.workspace
		.thread(channel, ts)
		.find((one) => one.app_id === desk.app.id && one.ts > ts && !one.isStreaming);
}

/** What the app has said in the thread of a message. */
export function postsIn(desk: SlackDesk, { ts, channel }: Message): Message[] {
	return desk.workspace.thread(channel, ts).filter((one) => one.app_id === desk.app.id);
}

export const Q3 =
	'In the Q3 Workplace Environment Survey, what did employees rate as the lowest performing area?';
export const ONBOARDING = 'What was the main complaint in the 2025 Onboarding Experience Survey?';
export const DIRECT = CHANNELS.directMessage.id;
export const HELP_DESK = CHANNELS.helpDesk.id;

/** The newest hundred, which is what n8n gives at a time. */
async function executionsOf(stage: Stage, workflowId: string): Promise<Ended[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await stage.rest.request<{ results: Ended[] }>(
		'GET',
		`/rest/executions?limit=100&filter=${filter}`,
	);
	return results;
}

/** All that there are, or those with a status. */
export async function countExecutions(
	stage: Stage,
	workflowId: string,
	status?: string,
): Promise<number> {
	const filter = JSON.stringify({ workflowId, ...(status && { status: [status] }) });
	const { count } = await stage.rest.request<{ count: number }>(
		'GET',
		`/rest/executions?limit=1&filter=${encodeURIComponent(filter)}`,
	);
	return count;
}

const hasEnded = ({ status }: Ended) => !['new', 'running', 'waiting'].includes(status);

async function rowsOf(stage: Stage, table: string): Promise<Array<Record<string, unknown>>> {
	const path = await pathOfTable(stage, table);
	if (path === undefined) return [];
	const rows = await stage.rest.request<{ data: Array<Record<string, unknown>> }>(
		'GET',
		`${path}/rows?take=250`,
	);
	return Array.isArray(rows) ? rows : rows.data;
}

/** Where n8n's interface has a data table; undefined when there is none of that name. */
export async function pathOfTable(stage: Stage, table: string): Promise<string | undefined> {
	const tables = await stage.rest.request<{
		data: Array<{ id: string; name: string; projectId: string }>;
	}>('GET', '/rest/data-tables-global');
	const list = Array.isArray(tables) ? tables : tables.data;
	const found = list.find(({ name }: { name: string }) => name === table);
	return found && `/rest/projects/${found.projectId}/data-tables/${found.id}`;
}

/** The sample data in a model, without n8n. */
async function trainModel(server: SandboxServer): Promise<void> {
	const file = await uploadSamples(server);
	const headers = {
		authorization: `Bearer ${SANDBOX_API_KEY}`,
		'content-type': 'application/json',
	};
	const jobs = `${server.url}/v1/fine_tuning/jobs`;
	const body = JSON.stringify({ model: 'gpt-4.1-mini-2025-04-14', training_file: file });
	const made = (await (await fetch(jobs, { method: 'POST', headers, body })).json()) as {
		id: string;
	};
	await untilThere(async () => {
		const job = (await (await fetch(`${jobs}/${made.id}`, { headers })).json()) as {
			status: string;
		};
		return job.status === 'succeeded' ? true : undefined;
	});
}
