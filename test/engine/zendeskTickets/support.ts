/** The node against its stand-in, in n8n's real engine. */
import type { IDataObject } from 'n8n-workflow';

import type { ReadSummary } from '../../../lib/tickets/readTickets';
import type { Ticket } from '../../../lib/tickets/types';
import { ZendeskTickets } from '../../../nodes/ZendeskTickets/ZendeskTickets.node';
import type { SampleTicket } from '../../../sandbox/tickets/samples';
import {
	startZendeskSandbox,
	ZENDESK_DEMO,
	type ZendeskSandbox,
	type ZendeskSandboxOptions,
} from '../../../sandbox/tickets/zendesk';
import { runNode, type RunOptions, type RunResult } from '../harness';

export const NOW = '2026-11-21T09:00:00Z';

/** What this test started is stopped after it. */
export function useZendesk() {
	const running: ZendeskSandbox[] = [];
	afterEach(async () => {
		await Promise.all(running.splice(0).map(async (sandbox) => await sandbox.close()));
	});
	return async (options: ZendeskSandboxOptions = {}): Promise<ZendeskSandbox> => {
		const sandbox = await startZendeskSandbox(options);
		running.push(sandbox);
		return sandbox;
	};
}

export function adminOf({ url }: ZendeskSandbox): Record<string, IDataObject> {
	return { zendeskTicketsApi: tokenFields(url, ZENDESK_DEMO.adminEmail) };
}

export function agentOf({ url }: ZendeskSandbox): Record<string, IDataObject> {
	return { zendeskTicketsApi: tokenFields(url, ZENDESK_DEMO.agentEmail) };
}

export function tokenFields(url: string, email: string): IDataObject {
	return { subdomain: url, email, apiToken: ZENDESK_DEMO.apiToken };
}

export function oauthFields(url: string, more: IDataObject = {}): IDataObject {
	const { clientId, clientSecret } = ZENDESK_DEMO;
	return { subdomain: url, clientId, clientSecret, ...more };
}

export interface ZendeskResult extends RunResult {
	tickets: Ticket[];
	summary: ReadSummary & { interruption?: { message: string; description?: string } };
}

/** One run with an API token, of an administrator unless `credentials` says otherwise. */
export async function run(
	sandbox: ZendeskSandbox,
	parameters: IDataObject,
	options: Partial<RunOptions> = {},
): Promise<ZendeskResult> {
	const byToken = !options.credentials || 'zendeskTicketsApi' in options.credentials;
	const result = await runNode({
		node: new ZendeskTickets(),
		parameters: { authentication: byToken ? 'apiToken' : 'oAuth2', ...parameters },
		credentials: adminOf(sandbox),
		...options,
	});
	const [tickets = [], summaries = []] = result.outputs;
	return {
		...result,
		tickets: tickets.map(({ json }) => json as unknown as Ticket),
		summary: summaries[0]?.json as unknown as ZendeskResult['summary'],
	};
}

/** Get Many of everything, with no default filter. */
export const ALL: IDataObject = {
	operation: 'getAll',
	returnAll: true,
	onlyAnswered: false,
	filters: { status: [] },
};

/** Plain solved tickets, an hour apart, of two messages each. */
export function manyTickets(count: number): SampleTicket[] {
	return Array.from({ length: count }, (_, index) => {
		const time = Date.parse('2026-01-05T08:00:00Z') + index * 3_600_000;
		const at = (minutes: number) =>
			`${new Date(time + minutes * 60_000).toISOString().slice(0, 19)}Z`;
		return {
			number: index + 1,
			subject: `Question ${index + 1}`,
			requester: 'mira',
			agent: 'priya',
			createdAt: at(0),
			resolvedAt: at(30),
			status: 'solved',
			resolution: 'answered',
			category: 'software',
			tags: ['many', index % 2 === 0 ? 'even' : 'odd'],
			priority: 'normal',
			language: 'en',
			messages: [
				{ from: 'mira', public: true, at: at(0), body: `How do I do thing ${index + 1}?` },
				{ from: 'priya', public: true, at: at(30), body: `Do it like this: ${index + 1}.` },
			],
		} satisfies SampleTicket;
	});
}

export function ids(tickets: Ticket[]): number[] {
	return tickets.map(({ id }) => Number(id));
}

export function upTo(count: number): number[] {
	return Array.from({ length: count }, (_, index) => index + 1);
}

/** Faults meet paths as regular expressions. */
export const EXPORT = '^/api/v2/search/export';
