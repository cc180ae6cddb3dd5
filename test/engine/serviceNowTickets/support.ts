import type { IDataObject } from 'n8n-workflow';

import type { Ticket } from '../../../lib/tickets/types';
import type { ReadSummary } from '../../../lib/tickets/readTickets';
import { ServiceNowTickets } from '../../../nodes/ServiceNowTickets/ServiceNowTickets.node';
import {
	DEMO,
	type ServiceNowSandbox,
	type ServiceNowSandboxOptions,
	startServiceNowSandbox,
} from '../../../sandbox/tickets/serviceNow';
import { sysId } from '../../../sandbox/tickets/serviceNow/tables';
import { TICKETS } from '../../../sandbox/tickets/samples';
import type { SampleTicket } from '../../../sandbox/tickets/samples/types';
import { runNode, type RunOptions, type RunResult } from '../harness';

export const node = new ServiceNowTickets();

/** Starts stand-ins that stop when their test is over. Called at the top of a file. */
export function useServers() {
	const servers: ServiceNowSandbox[] = [];
	afterEach(async () => {
		await Promise.all(servers.splice(0).map(async (server) => await server.close()));
	});
	return async (options: ServiceNowSandboxOptions = {}) => {
		const server = await startServiceNowSandbox(options);
		servers.push(server);
		return server;
	};
}

export const login = (server: ServiceNowSandbox, more: IDataObject = {}): IDataObject => ({
	instanceUrl: server.url,
	authentication: 'basicAuth',
	user: DEMO.user,
	password: DEMO.password,
	...more,
});

export const credentialsFor = (server: ServiceNowSandbox, more: IDataObject = {}) => ({
	serviceNowTicketsApi: login(server, more),
});

export async function run(
	server: ServiceNowSandbox,
	parameters: IDataObject,
	setup: Omit<Partial<RunOptions>, 'parameters'> = {},
): Promise<RunResult> {
	return await runNode({ node, credentials: credentialsFor(server), ...setup, parameters });
}

/** Get Many, all of them, of a server. */
export async function readAll(
	server: ServiceNowSandbox,
	parameters: IDataObject = {},
	setup: Omit<Partial<RunOptions>, 'parameters'> = {},
) {
	const result = await run(server, { returnAll: true, onlyAnswered: false, ...parameters }, setup);
	return { ...result, tickets: ticketsOf(result), summary: summaryOf(result) };
}

export const ticketsOf = ({ outputs }: RunResult): Ticket[] =>
	(outputs[0] ?? []).map(({ json }) => json as unknown as Ticket);

export const summaryOf = ({ outputs }: RunResult) =>
	outputs[1]?.[0]?.json as unknown as ReadSummary & {
		interruption?: { message: string; description?: string };
	};

export const isEnded = ({ status }: SampleTicket) => status === 'solved' || status === 'closed';
export const ENDED = TICKETS.filter(isEnded);

export const keyOf = (prefix: string, { number }: SampleTicket) =>
	`${prefix}${String(number).padStart(7, '0')}`;

/** Numbers of incidents in the order in which an instance gives them. */
export const incidentKeys = (samples: SampleTicket[]) =>
	samples
		.map((sample) => ({
			key: keyOf('INC', sample),
			place: `${sample.createdAt} ${sysId('incident', String(sample.number))}`,
		}))
		.sort((a, b) => (a.place < b.place ? -1 : 1))
		.map(({ key }) => key);

/** As many tickets as asked for, resolved, one a minute. */
export function manyTickets(count: number): SampleTicket[] {
	const start = Date.UTC(2026, 0, 5, 8);
	const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
	return Array.from({ length: count }, (_, index) => ({
		number: index + 1,
		subject: `Question ${index + 1}`,
		requester: 'mira',
		agent: 'priya',
		// Several in the same second, as an import makes them.
		createdAt: at(Math.floor(index / 3)),
		resolvedAt: at(Math.floor(index / 3) + 30),
		status: 'solved',
		resolution: 'fixed',
		category: 'software',
		tags: [],
		priority: 'normal',
		messages: [
			{ from: 'mira', public: true, at: at(Math.floor(index / 3)), body: `How do I ${index + 1}?` },
			{
				from: 'priya',
				public: true,
				at: at(Math.floor(index / 3) + 10),
				body: `Answer ${index + 1}`,
			},
		],
		language: 'en',
	}));
}
