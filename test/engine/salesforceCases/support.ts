import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { SalesforceCases } from '../../../nodes/SalesforceCases/SalesforceCases.node';
import {
	DEMO_CLIENT,
	type SalesforceSandbox,
	type SalesforceSandboxOptions,
	startSalesforceSandbox,
} from '../../../sandbox/tickets/salesforce';
import type { SampleTicket } from '../../../sandbox/tickets/samples';
import { type RunOptions, runNode, type RunResult, startNode } from '../harness';

export type Setup = Omit<RunOptions, 'node' | 'parameters' | 'credentials'> & {
	credential?: IDataObject;
	node?: SalesforceCases;
};

/** Starts a stand-in for each test that asks for one, and closes it afterwards. */
export function useSalesforce() {
	const open: SalesforceSandbox[] = [];
	afterEach(async () => {
		for (const sandbox of open.splice(0)) await sandbox.close();
	});
	return async (options: SalesforceSandboxOptions = {}) => {
		const sandbox = await startSalesforceSandbox(options);
		open.push(sandbox);
		return sandbox;
	};
}

/** A connected credential, as n8n keeps it after somebody has signed in. */
export function signedIn(sandbox: SalesforceSandbox): IDataObject {
	return {
		grantType: 'pkce',
		myDomainUrl: sandbox.url,
		clientId: DEMO_CLIENT.id,
		clientSecret: DEMO_CLIENT.secret,
		oauthTokenData: {
			access_token: sandbox.sessions.newSession(),
			refresh_token: sandbox.sessions.newRefresh(),
			instance_url: sandbox.url,
			token_type: 'Bearer',
		},
	};
}

function optionsFor(
	sandbox: SalesforceSandbox,
	parameters: IDataObject,
	{ credential, node = new SalesforceCases(), ...setup }: Setup,
): RunOptions {
	return {
		node,
		parameters,
		credentials: { salesforceCasesOAuth2Api: credential ?? signedIn(sandbox) },
		...setup,
	};
}

export async function run(
	sandbox: SalesforceSandbox,
	parameters: IDataObject = {},
	setup: Setup = {},
): Promise<RunResult> {
	return await runNode(optionsFor(sandbox, parameters, setup));
}

export function start(sandbox: SalesforceSandbox, parameters: IDataObject, setup: Setup = {}) {
	return startNode(optionsFor(sandbox, parameters, setup));
}

export const json = (result: RunResult, output = 0) =>
	(result.outputs[output] ?? []).map((item) => item.json);
export const paired = (result: RunResult, output = 0) =>
	(result.outputs[output] ?? []).map((item) => item.pairedItem);
export const keys = (result: RunResult) => json(result).map(({ key }) => key);

/** Answered tickets in order, two of each second with the same time, so that ids have to tell them apart. */
export function plainTickets(count: number): SampleTicket[] {
	const start = Date.UTC(2026, 0, 1);
	const at = (ms: number) => new Date(ms).toISOString();
	return Array.from({ length: count }, (_, index) => {
		const createdAt = start + Math.floor(index / 2) * 60_000;
		return {
			number: index + 1,
			subject: `Case ${index + 1}`,
			requester: 'mira',
			agent: 'priya',
			createdAt: at(createdAt),
			resolvedAt: at(createdAt + 3_600_000),
			status: 'closed',
			category: 'software',
			tags: [],
			priority: 'normal',
			language: 'en',
			messages: [
				{ from: 'mira', public: true, at: at(createdAt), body: `Question ${index + 1}` },
				{ from: 'priya', public: true, at: at(createdAt + 60_000), body: `Answer ${index + 1}` },
			],
		};
	});
}

/** Case numbers of plain tickets. */
export const numbers = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => `0000${1000 + from + index}`);

/** A node that keeps its static data from run to run, as n8n does for active workflows. */
export function remembering(memory: IDataObject): SalesforceCases {
	const node = new SalesforceCases();
	const { execute } = node;
	node.execute = async function (this: IExecuteFunctions) {
		const ctx = Object.create(this, { getWorkflowStaticData: { value: () => memory } });
		return await execute.call(ctx as IExecuteFunctions);
	};
	return node;
}
