import type { IDataObject, INode, INodeParameters, IWorkflowBase } from 'n8n-workflow';

import type { JobStatus } from '../../../../lib/openai/dialects/types';

/** What the sub-execution needs to know about one job; goes in as an item. */
export interface SleepingJob {
	id: string;
	/** ISO time at which the wait began, and until when it may last. */
	countFrom: string;
	until: string;
	maxWaitMinutes: number;
	onFailure: string;
	onTimeout: string;
	simplify: boolean;
	/** Laid over the job in the output. */
	more: IDataObject;
}

/** n8n's Wait node keeps an execution running below 65 s, and puts it to sleep above. */
const FIRST_PAUSE_S = 70;
const LONGEST_PAUSE_S = 600;
const GROWTH = 1.5;

const TERMINAL: JobStatus[] = ['succeeded', 'failed', 'cancelled'];

/**
 * A workflow that sleeps, looks at all jobs, and sleeps again until each has ended or its time is up.
 *
 * n8n puts the calling execution to sleep as soon as this one sleeps, and gives the calling node this one's result
 * when it is done, also after a restart. A node that asked for sleep itself would not be run again.
 *
 * @param node - the node that waits; its type and credential are used in the sub-execution.
 */
export function sleepWorkflow(node: INode, continueOnFail: boolean): Partial<IWorkflowBase> {
	const { type, typeVersion, credentials } = node;
	const ours = (
		name: string,
		parameters: INodeParameters,
		more: Partial<INode>,
	): Partial<INode> => ({
		name,
		type,
		typeVersion,
		credentials,
		parameters: { resource: 'job', ...parameters },
		...more,
	});
	const nodes: Array<Partial<INode>> = [
		{
			name: 'Start',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			parameters: { inputSource: 'passthrough' },
		},
		{
			name: 'Sleep',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			webhookId: `${node.id}-sleep`,
			parameters: {
				resume: 'timeInterval',
				amount: `={{ ${pauseExpression()} }}`,
				unit: 'seconds',
			},
		},
		ours('Look', { operation: 'get', jobId: byId() }, { onError: 'continueRegularOutput' }),
		{
			name: 'Done?',
			type: 'n8n-nodes-base.if',
			typeVersion: 2.2,
			parameters: { conditions: isTrue(`={{ ${doneExpression()} }}`), options: {} },
		},
		ours(
			'Result',
			{
				operation: 'wait',
				jobId: byId(),
				maxWaitMinutes: fromStart('maxWaitMinutes'),
				sleepDuringLongWaits: false,
				waitOptions: {
					countFrom: fromStart('countFrom'),
					onFailure: fromStart('onFailure'),
					onTimeout: fromStart('onTimeout'),
				},
				simplify: fromStart('simplify'),
			},
			continueOnFail ? { onError: 'continueRegularOutput' } : {},
		),
		{
			name: 'Add Fields',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: `={{ { ...$json, ...${start('more')} } }}`,
				options: {},
			},
		},
	];
	return {
		name: `${node.name}: wait`,
		nodes: nodes.map((each, index) => ({
			id: `${node.id}-${index}`,
			position: [index * 200, 0],
			...each,
		})) as INode[],
		connections: connect([
			['Start', ['Sleep']],
			['Sleep', ['Look']],
			['Look', ['Done?']],
			['Done?', ['Result', 'Sleep']],
			['Result', ['Add Fields']],
		]),
		settings: { executionOrder: 'v1' },
	};
}

/** Grows from look to look, and ends with the time of the most patient job. */
function pauseExpression(): string {
	const grown = `Math.min(${FIRST_PAUSE_S} * ${GROWTH} ** $runIndex, ${LONGEST_PAUSE_S})`;
	const left = `(Math.max(...$('Start').all().map((item) => Date.parse(item.json.until))) - Date.now()) / 1000`;
	return `Math.max(${FIRST_PAUSE_S}, Math.min(${grown}, ${left}))`;
}

/** Every job has ended, cannot be read for good, or is out of time. */
function doneExpression(): string {
	const ended = `${JSON.stringify(TERMINAL)}.includes(item.json.status)`;
	const refused = `[400, 401, 403, 404].includes(item.json.error?.status)`;
	const late = `Date.now() >= Date.parse($('Start').all()[index].json.until)`;
	return `$input.all().every((item, index) => ${ended} || ${refused} || ${late})`;
}

function start(field: keyof SleepingJob): string {
	return `$('Start').all()[$itemIndex].json.${field}`;
}

function fromStart(field: keyof SleepingJob): string {
	return `={{ ${start(field)} }}`;
}

function byId(): INodeParameters {
	return { __rl: true, mode: 'id', value: fromStart('id') };
}

function isTrue(expression: string): INodeParameters {
	return {
		combinator: 'and',
		options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
		conditions: [
			{
				id: 'done',
				leftValue: expression,
				rightValue: '',
				operator: { type: 'boolean', operation: 'true', singleValue: true },
			},
		],
	};
}

function connect(edges: Array<[string, string[]]>): IWorkflowBase['connections'] {
	return Object.fromEntries(
		edges.map(([from, outputs]) => [
			from,
			{ main: outputs.map((node) => [{ node, type: 'main' as const, index: 0 }]) },
		]),
	);
}
