/**
 * Hands one HTTP request to a trigger with a webhook, in n8n-core's real WebhookContext, and what it starts to the real
 * engine, as n8n's `executeWebhook` does.
 *
 *   const n8n = new WebhookHost({ node: new SlackQuestionTrigger(), parameters, credentials });
 *   const { status, body, outputs } = await n8n.request({ headers, body: '{"type":"…"}' });
 *   n8n.executions     how many executions were started by all requests together
 *   n8n.staticData     what n8n has saved; each request reads it anew, and it is saved after the request
 */
import './environment';

import { WebhookContext, WorkflowExecute } from 'n8n-core';
import type {
	IDataObject,
	INodeExecutionData,
	INodeType,
	IRun,
	IWebhookData,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';

import { additionalData, workflowFor } from './run';
import { NODE_NAME } from './workflow';

export interface WebhookHostOptions {
	node: INodeType;
	parameters?: IDataObject;
	credentials?: Record<string, IDataObject>;
	nodeId?: string;
	/** One of its own for each host where it is left out, as secrets are remembered by it; null as in a workflow file. */
	credentialId?: string | null;
	/** `manual` is what happens after "Listen for test event". */
	mode?: Extract<WorkflowExecuteMode, 'webhook' | 'manual'>;
	staticData?: IDataObject;
}

export interface WebhookRequest {
	headers?: Record<string, string>;
	body?: string | Buffer;
	/** When n8n has the raw bytes: `read` as for JSON and forms, `lazy` only when asked, `never`, or `aborted`. */
	rawBody?: 'read' | 'lazy' | 'never' | 'aborted';
}

export interface WebhookResult {
	/** Undefined when neither the node nor n8n has answered, which hangs the caller. */
	status?: number;
	body: unknown;
	/** Items by output of the execution; undefined when none was started. */
	outputs?: INodeExecutionData[][];
	/** Whether the node had answered before it gave its items to n8n. */
	answeredByNode: boolean;
	/** n8n would make an execution of it that shows the error. */
	error?: Error;
}

let count = 0;

export class WebhookHost {
	staticData: IDataObject;
	executions = 0;
	/** Texts that the node has logged, by level. */
	readonly logged: Array<{ level: string; message: string }> = [];
	private readonly ownCredentialId = `credential-${++count}`;

	constructor(private readonly options: WebhookHostOptions) {
		this.staticData = options.staticData ?? {};
	}

	async request(request: WebhookRequest): Promise<WebhookResult> {
		const { credentials, mode = 'webhook' } = this.options;
		const workflow = this.workflow();
		const response = new FakeResponse();
		const additional = additionalData({ credentials }, workflow);
		Object.assign(additional, { httpRequest: httpRequest(request), httpResponse: response });
		const context = this.context(workflow, additional, mode);
		try {
			const result = await this.options.node.webhook!.call(context);
			this.staticData = copyOf((workflow as unknown as { staticData: IDataObject }).staticData);
			if (!result.noWebhookResponse && !response.ended) response.fromN8n(result.webhookResponse);
			const outputs = await this.execute(workflow, additional, mode, result);
			const { statusCode: status, body, endedByNode: answeredByNode } = response;
			return { status: response.ended ? status : undefined, body, outputs, answeredByNode };
		} catch (error) {
			return { status: 500, body: undefined, answeredByNode: false, error: error as Error };
		}
	}

	private workflow(): Workflow {
		const { node, parameters, credentials, nodeId } = this.options;
		const { credentialId = this.ownCredentialId } = this.options;
		const staticData = copyOf(this.staticData);
		const parts = { node, parameters, credentials, nodeId, inputs: [], staticData };
		const workflow = workflowFor(parts);
		const used = Object.values(workflow.getNode(NODE_NAME)!.credentials ?? {});
		for (const details of used) details.id = credentialId;
		return workflow;
	}

	private context(
		workflow: Workflow,
		additional: IWorkflowExecuteAdditionalData,
		mode: WorkflowExecuteMode,
	): WebhookContext {
		const [webhookDescription] = this.options.node.description.webhooks!;
		const data = { webhookDescription, node: NODE_NAME } as unknown as IWebhookData;
		const node = workflow.getNode(NODE_NAME)!;
		const context = new WebhookContext(workflow, node, additional, mode, data, [], null);
		const log = (level: string) => (message: string) => void this.logged.push({ level, message });
		const logger = {
			debug: log('debug'),
			info: log('info'),
			warn: log('warn'),
			error: log('error'),
		};
		Object.defineProperty(context, 'logger', { value: logger });
		return context;
	}

	private async execute(
		workflow: Workflow,
		additional: IWorkflowExecuteAdditionalData,
		mode: WorkflowExecuteMode,
		{ workflowData }: IWebhookResponseData,
	): Promise<INodeExecutionData[][] | undefined> {
		if (!workflowData) return undefined;
		this.executions++;
		const start = {
			node: workflow.getNode(NODE_NAME)!,
			data: { main: workflowData },
			source: null,
		};
		const data = createRunExecutionData({ executionData: { nodeExecutionStack: [start] } });
		const execution = new WorkflowExecute(additional, mode, data);
		const run: IRun = await execution.processRunExecutionData(workflow);
		const main = run.data.resultData.runData[NODE_NAME]?.[0]?.data?.main ?? [];
		return main.map((items) => items ?? []);
	}
}

class FakeResponse {
	statusCode = 200;
	body: unknown;
	ended = false;
	endedByNode = false;
	headersSent = false;

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	json(body: unknown): this {
		return this.close(body);
	}

	send(body: unknown): this {
		return this.close(body);
	}

	end(): this {
		return this.ended ? this : this.close(undefined);
	}

	fromN8n(body: unknown): void {
		this.body = body ?? { message: 'Workflow was started' };
		this.ended = true;
	}

	private close(body: unknown): this {
		if (this.ended) throw new Error('Cannot set headers after they are sent to the client');
		this.body = body;
		this.ended = this.endedByNode = this.headersSent = true;
		return this;
	}
}

/** As n8n's `rawBodyReader` and `parseBody` leave it. */
function httpRequest({ headers = {}, body = '', rawBody = 'read' }: WebhookRequest): object {
	const bytes = Buffer.from(body as string);
	const request: Record<string, unknown> = {
		method: 'POST',
		headers: Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
		),
		params: {},
		query: {},
		body: {},
		readRawBody: async () => {
			if (rawBody === 'aborted') throw new Error('Request body stream was aborted');
			if (rawBody === 'lazy') request.rawBody = bytes;
		},
	};
	if (rawBody === 'read') request.rawBody = bytes;
	return request;
}

function copyOf(data: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(data)) as IDataObject;
}
