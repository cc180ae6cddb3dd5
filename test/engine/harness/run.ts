import './environment';

import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	IRun,
	ITaskData,
	IWorkflowExecuteAdditionalData,
	NodeApiError,
	NodeConnectionType,
	NodeExecutionHint,
	NodeOperationError,
	Workflow,
} from 'n8n-workflow';

import { type BinaryMode, useBinaryMode } from './binary';
import { HarnessCredentialsHelper } from './credentials';
import { type OnSleep, startVirtualTime } from './time';
import { buildWorkflow, type HarnessItem, NODE_NAME, START_NAME, type SubNode } from './workflow';

export interface RunOptions {
	node: INodeType;
	/** Items of the first input; one empty item by default. */
	items?: HarnessItem[];
	/** Items of each input, for nodes with several; in place of `items`. */
	inputs?: HarnessItem[][];
	/** As in a workflow file: values, or expressions that start with `=`. Unknown or hidden names throw. */
	parameters?: IDataObject;
	/** Values by credential type name; what is left out gets the credential's own default. */
	credentials?: Record<string, IDataObject>;
	/** Short for `onError: 'continueRegularOutput'`. */
	continueOnFail?: boolean;
	onError?: INode['onError'];
	/** What connected sub-nodes supply, e.g. `{ ai_memory: [{ response: fakeMemory }] }`. */
	subNodes?: Partial<Record<NodeConnectionType, SubNode[]>>;
	/** Where binary data lives while the node runs; memory by default. */
	binaryMode?: BinaryMode;
	/** Called at each sleep of the node; may change the world or cancel the run. */
	onSleep?: OnSleep;
	typeVersion?: number;
	executionId?: string;
	nodeId?: string;
	/** What the workflow keeps between runs: pass the same object again for the next one. */
	staticData?: IDataObject;
}

export interface RunResult {
	status: ITaskData['executionStatus'] | 'not run';
	/** What the node threw; absent when it succeeded or went on after a failing item. */
	error?: (NodeApiError | NodeOperationError) & { messages?: string[]; httpCode?: string | null };
	/** Items by output; with `onError: 'continueErrorOutput'` the last one is the error output. */
	outputs: INodeExecutionData[][];
	hints: NodeExecutionHint[];
	/** Milliseconds of each sleep, in order. */
	sleeps: number[];
	/** Everything that n8n would keep of this execution. */
	run: IRun;
}

export interface StartedRun {
	result: Promise<RunResult>;
	/** What n8n does when a user presses Stop. */
	cancel: () => void;
}

export async function runNode(options: RunOptions): Promise<RunResult> {
	return await startNode(options).result;
}

export function startNode(options: RunOptions): StartedRun {
	let cancelled = false;
	let cancelRun = () => {};
	const cancel = () => {
		cancelled = true;
		cancelRun();
	};
	const execute = async (): Promise<RunResult> => {
		await useBinaryMode(options.binaryMode ?? 'memory');
		const workflow = workflowFor(options);
		const time = startVirtualTime(options.onSleep);
		try {
			const execution = new WorkflowExecute(additionalData(options, workflow), 'trigger');
			const run = execution.run({ workflow, startNode: workflow.getNode(START_NAME)! });
			cancelRun = () => run.cancel();
			if (cancelled) cancelRun();
			return toResult(await run, time.sleeps);
		} finally {
			time.restore();
		}
	};
	return { result: execute(), cancel };
}

export function workflowFor(options: RunOptions): Workflow {
	return buildWorkflow({
		node: options.node,
		inputs: options.inputs ?? [options.items ?? [{ json: {} }]],
		parameters: options.parameters ?? {},
		credentialNames: Object.keys(options.credentials ?? {}),
		onError: options.continueOnFail ? 'continueRegularOutput' : options.onError,
		subNodes: options.subNodes ?? {},
		typeVersion: options.typeVersion,
		nodeId: options.nodeId,
		staticData: options.staticData,
	});
}

export function additionalData(
	options: Pick<RunOptions, 'credentials' | 'executionId'>,
	workflow: Workflow,
): IWorkflowExecuteAdditionalData {
	const executionId = options.executionId ?? '1';
	const url = 'http://127.0.0.1:5678/';
	return {
		credentialsHelper: new HarnessCredentialsHelper(
			(options.credentials ?? {}) as Record<string, ICredentialDataDecryptedObject>,
		),
		executionId,
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: url,
		instanceBaseUrl: url,
		formBaseUrl: url,
		formWaitingBaseUrl: url,
		formTestBaseUrl: url,
		webhookBaseUrl: url,
		webhookWaitingBaseUrl: url,
		webhookTestBaseUrl: url,
		mcpBaseUrl: url,
		mcpTestBaseUrl: url,
		logAiEvent: () => {},
		getRuntimeCredential: async () => undefined,
		hooks: new ExecutionLifecycleHooks('trigger', executionId, {
			id: workflow.id,
			name: workflow.name ?? '',
			active: false,
			isArchived: false,
			activeVersionId: null,
			createdAt: new Date(0),
			updatedAt: new Date(0),
			nodes: Object.values(workflow.nodes),
			connections: workflow.connectionsBySourceNode,
		}),
	} as unknown as IWorkflowExecuteAdditionalData;
}

function toResult(run: IRun, sleeps: number[]): RunResult {
	const { runData } = run.data.resultData;
	const task = runData[NODE_NAME]?.[0];
	// A sub-node fails together with the node it serves.
	const failedBefore = Object.values(runData).find(([{ error }]) => error && !task);
	if (failedBefore) throw failedBefore[0].error!;

	return {
		status: task?.executionStatus ?? 'not run',
		error: task?.error as RunResult['error'],
		outputs: (task?.data?.main ?? []).map((items) => items ?? []),
		hints: task?.hints ?? [],
		sleeps,
		run,
	};
}
