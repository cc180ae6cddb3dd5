import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { JiraTickets } from '../../../nodes/JiraTickets/JiraTickets.node';
import {
	type JiraSandbox,
	type JiraSandboxOptions,
	LOGINS,
	startJiraSandbox,
} from '../../../sandbox/tickets/jira';
import type { SampleTicket } from '../../../sandbox/tickets/samples';
import { runNode, type RunOptions, type RunResult, startNode } from '../harness';
import { additionalData, workflowFor } from '../harness/run';

/** Short tickets, one a minute, solved an hour later. */
export function tickets(
	count: number,
	change: (ticket: SampleTicket) => Partial<SampleTicket> = () => ({}),
): SampleTicket[] {
	return Array.from({ length: count }, (_, index) => {
		const number = index + 1;
		const at = (minutes: number) =>
			new Date(Date.UTC(2026, 0, 5, 8, number + minutes)).toISOString();
		const ticket: SampleTicket = {
			number,
			subject: `Ticket ${number}`,
			requester: 'mira',
			agent: 'priya',
			createdAt: at(0),
			resolvedAt: at(60),
			status: 'closed',
			resolution: 'answered',
			category: 'network',
			tags: ['vpn'],
			priority: 'normal',
			language: 'en',
			messages: [
				{ from: 'mira', public: true, at: at(0), body: `Question ${number}` },
				{ from: 'priya', public: true, at: at(30), body: `Answer ${number}` },
			],
		};
		return { ...ticket, ...change(ticket) };
	});
}

/** A stand-in for a test, closed after it. */
export function useSandbox(): (options?: JiraSandboxOptions) => Promise<JiraSandbox> {
	const open: JiraSandbox[] = [];
	afterEach(async () => {
		for (const sandbox of open.splice(0)) await sandbox.close();
	});
	return async (options) => {
		const sandbox = await startJiraSandbox(options);
		open.push(sandbox);
		return sandbox;
	};
}

export const classic = ({ url }: { url: string }): IDataObject => ({
	siteUrl: url,
	email: LOGINS.email,
	apiToken: LOGINS.apiToken,
});
export const scoped = ({ url }: { url: string }): IDataObject => ({
	siteUrl: url,
	accessKind: 'scoped',
	apiToken: LOGINS.scopedToken,
});
export const dataCenter = ({ dataCenterUrl }: { dataCenterUrl: string }): IDataObject => ({
	deployment: 'dataCenter',
	siteUrl: dataCenterUrl,
	personalAccessToken: LOGINS.personalAccessToken,
});

type Setup = Omit<RunOptions, 'node' | 'parameters' | 'credentials'>;

export async function run(
	credential: IDataObject,
	parameters: IDataObject,
	setup: Setup = {},
): Promise<RunResult> {
	return await runNode({
		node: new JiraTickets(),
		credentials: { jiraTicketsApi: credential },
		parameters,
		...setup,
	});
}

/** The same, to be stopped. */
export function startRun(credential: IDataObject, parameters: IDataObject, setup: Setup = {}) {
	return startNode({
		node: new JiraTickets(),
		credentials: { jiraTicketsApi: credential },
		parameters,
		...setup,
	});
}

/** Get Many of everything, unless told otherwise. */
export async function getMany(
	credential: IDataObject,
	parameters: IDataObject = {},
	setup: Setup = {},
): Promise<RunResult> {
	return await run(credential, { returnAll: true, ...parameters }, setup);
}

export const keys = (result: RunResult) => result.outputs[0].map(({ json }) => json.key);
export const summary = (result: RunResult) => result.outputs[1][0].json;
export const json = (result: RunResult) => result.outputs[0].map((item) => item.json);
export const expectedKeys = (count: number, from = 1) =>
	Array.from({ length: count }, (_, index) => `IT-${from + index}`);

/** Calls `methods.loadOptions[method]` as n8n's editor does. */
export async function loadOptions(
	credential: IDataObject,
	method: 'getProjects' | 'getIssueTypes',
): Promise<INodePropertyOptions[]> {
	const { LoadOptionsContext } = require('n8n-core') as typeof import('n8n-core');
	const node = new JiraTickets();
	const options = { node, credentials: { jiraTicketsApi: credential } };
	const workflow = workflowFor(options);
	const data = additionalData(options, workflow);
	const context = new LoadOptionsContext(workflow, workflow.getNode('Node')!, data, '');
	return await node.methods.loadOptions[method].call(context);
}
