/** The trigger in n8n-core's real contexts, as n8n calls them, against the sandbox. */
import { HookContext, PollContext, WorkflowExecute } from 'n8n-core';
import type { IDataObject, INodeExecutionData, IRun, Workflow } from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';

import { OpenAiFineTuneTrigger } from '../../../nodes/OpenAiFineTuneTrigger/OpenAiFineTuneTrigger.node';
import { type SandboxServer, startServer } from '../../../sandbox/server';
import { trainingFile } from '../../contract/sandbox/setup';
import { additionalData, workflowFor } from '../harness/run';
import { NODE_NAME } from '../harness/workflow';

export const NOON = Date.parse('2026-11-21T12:00:00Z');
export const HOUR = 3_600_000;
export const MODEL = 'gpt-4.1-mini-2025-04-14';

export interface HostOptions {
	server: SandboxServer;
	parameters?: IDataObject;
	nodeId?: string;
	/** In place of those for the sandbox. */
	credential?: IDataObject;
	/** What the database holds. */
	staticData?: IDataObject;
	mode?: 'trigger' | 'manual';
}

let count = 0;
export const newNodeId = () => `fine-tune-trigger-${++count}`;

export function credentialsOf({ server, credential }: HostOptions): Record<string, IDataObject> {
	const fields = { provider: 'sandbox', baseUrl: server.url, apiKey: 'sk-sandbox-0123456789' };
	return { openAiFineTuningApi: { ...fields, ...credential } };
}

/** A published workflow: `poll` is n8n's clock, `restart` forgets what n8n had not saved. */
export class PublishedTrigger {
	/** What the database holds: n8n saves at publishing and with each execution it starts. */
	saved: IDataObject;
	readonly warnings: string[] = [];
	private workflow: Workflow;

	constructor(private options: HostOptions) {
		this.options = { nodeId: newNodeId(), ...options };
		this.saved = copyOf(options.staticData ?? {});
		this.workflow = this.load();
	}

	/** Publishes, or starts n8n: the first look belongs to it. */
	async publish(parameters?: IDataObject): Promise<INodeExecutionData[]> {
		if (parameters) this.options = { ...this.options, parameters };
		this.workflow = this.load();
		const items = await this.poll();
		this.save();
		return items;
	}

	async restart(): Promise<INodeExecutionData[]> {
		return await this.publish();
	}

	async poll(): Promise<INodeExecutionData[]> {
		const output = await new OpenAiFineTuneTrigger().poll.call(this.pollContext());
		if (output === null) return [];
		this.save();
		return output[0];
	}

	async events(): Promise<string[]> {
		return (await this.poll()).map(({ json }) => String(json.event));
	}

	async hook(name: 'checkExists' | 'create' | 'delete'): Promise<boolean> {
		const { mode = 'trigger' } = this.options;
		const node = this.workflow.getNode(NODE_NAME)!;
		node.webhookId = `webhook-of-${node.id}`;
		const description = new OpenAiFineTuneTrigger().description.webhooks![0];
		const data = { webhookDescription: description, node: NODE_NAME, isTest: false };
		const additional = additionalData({ credentials: credentialsOf(this.options) }, this.workflow);
		additional.webhookBaseUrl = 'http://127.0.0.1:5678/webhook';
		const context = new HookContext(
			...([
				this.workflow,
				node,
				additional,
				mode,
				'activate',
				data,
			] as unknown as ConstructorParameters<typeof HookContext>),
		);
		const result = await new OpenAiFineTuneTrigger().webhookMethods.default[name].call(context);
		this.save();
		return result;
	}

	private pollContext(): PollContext {
		const node = this.workflow.getNode(NODE_NAME)!;
		const additional = additionalData({ credentials: credentialsOf(this.options) }, this.workflow);
		const context = new PollContext(this.workflow, node, additional, 'trigger', 'activate');
		const logger = { warn: (message: string) => void this.warnings.push(message) };
		Object.defineProperty(context, 'logger', { value: logger });
		return context;
	}

	private load(): Workflow {
		const { parameters, nodeId } = this.options;
		return workflowFor({
			...{ node: new OpenAiFineTuneTrigger(), parameters, nodeId, inputs: [] },
			credentials: credentialsOf(this.options),
			staticData: copyOf(this.saved),
		});
	}

	private save(): void {
		this.saved = copyOf((this.workflow as unknown as { staticData: IDataObject }).staticData);
	}
}

/** What "Fetch test event" in the editor does. */
export async function testInEditor(options: HostOptions) {
	const workflow = workflowFor({
		...{ node: new OpenAiFineTuneTrigger(), parameters: options.parameters, inputs: [] },
		credentials: credentialsOf(options),
	});
	const additional = additionalData({ credentials: credentialsOf(options) }, workflow);
	const execution = new WorkflowExecute(additional, 'manual');
	const run = await execution.run({ workflow, startNode: workflow.getNode(NODE_NAME)! });
	const [task] = run.data.resultData.runData[NODE_NAME];
	return { items: task.data?.main[0] ?? [], error: task.error };
}

/** The execution that n8n starts, or starts again, with these items of the trigger. */
export async function executeItems(options: HostOptions, items: IDataObject[], goesOn = false) {
	const workflow = workflowFor({
		...{ node: new OpenAiFineTuneTrigger(), parameters: options.parameters, inputs: [] },
		...{ credentials: credentialsOf(options), continueOnFail: goesOn },
	});
	const additional = additionalData({ credentials: credentialsOf(options) }, workflow);
	const main = [items.map((json) => ({ json }))];
	const start = { node: workflow.getNode(NODE_NAME)!, data: { main }, source: null };
	const data = createRunExecutionData({ executionData: { nodeExecutionStack: [start] } });
	const execution = new WorkflowExecute(additional, 'webhook', data);
	const run: IRun = await execution.processRunExecutionData(workflow);
	const [task] = run.data.resultData.runData[NODE_NAME];
	return { items: task.data?.main[0] ?? [], error: task.error };
}

/** A fresh sandbox whose time stands still for each test, and the clock of this process with it. */
export function useServer(): { server: SandboxServer } {
	// The first test of a file loads n8n, which takes its time on a busy machine.
	jest.setTimeout(30_000);
	const bench = {} as { server: SandboxServer };
	beforeEach(async () => {
		jest.spyOn(Date, 'now').mockReturnValue(NOON);
		bench.server = await startServer({ now: () => NOON });
		bench.server.changeSettings({ speed: 1 });
	});
	afterEach(async () => {
		await bench.server.close();
		jest.restoreAllMocks();
	});
	return bench;
}

export async function api<T = IDataObject>(
	server: SandboxServer,
	method: string,
	path: string,
	body?: unknown,
): Promise<T> {
	const response = await fetch(`${server.url}${path}`, {
		method,
		headers: {
			authorization: 'Bearer sk-sandbox-0123456789',
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
		},
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
	return (await response.json()) as T;
}

/** A job with 10 steps an epoch. */
export async function newJob(server: SandboxServer, more: IDataObject = {}): Promise<string> {
	const form = new FormData();
	form.append('purpose', 'fine-tune');
	form.append('file', new Blob([trainingFile()]), 'training.jsonl');
	const headers = { authorization: 'Bearer sk-sandbox-0123456789' };
	const uploaded = await fetch(`${server.url}/v1/files`, { method: 'POST', headers, body: form });
	const { id: file } = (await uploaded.json()) as { id: string };
	await server.advance(HOUR / 60);
	const { id } = await api<{ id: string }>(server, 'POST', '/v1/fine_tuning/jobs', {
		...{ model: MODEL, training_file: file, hyperparameters: { n_epochs: 3 } },
		...more,
	});
	return id;
}

export async function failingJob(server: SandboxServer): Promise<string> {
	const id = await newJob(server);
	await api(server, 'POST', `/__sandbox/jobs/${id}`, { status: 'failed' });
	return id;
}

function copyOf(data: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(data)) as IDataObject;
}
