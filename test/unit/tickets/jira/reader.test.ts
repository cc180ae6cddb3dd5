import fc from 'fast-check';

import { ApiError } from '../../../../lib/http/errors';
import type { ApiRequest, Transport } from '../../../../lib/http/types';
import type { TicketRules } from '../../../../lib/tickets/jira/normalize';
import { jiraQuery } from '../../../../lib/tickets/jira/query';
import { createJiraReader, type JiraReaderSettings } from '../../../../lib/tickets/jira/reader';
import { ReadInterrupted, readTickets } from '../../../../lib/tickets/readTickets';
import { commentsOf } from '../../../../sandbox/tickets/jira/native';
import { Site } from '../../../../sandbox/tickets/jira/site';
import type { SampleTicket } from '../../../../sandbox/tickets/samples';

type Deployment = TicketRules['deployment'];

const BASE = 'http://127.0.0.1';

function sample(number: number, minute: number): SampleTicket {
	const at = new Date(Date.UTC(2026, 0, 1, 0, minute, number % 60)).toISOString();
	return {
		number,
		subject: `Ticket ${number}`,
		requester: 'mira',
		agent: 'priya',
		createdAt: at,
		resolvedAt: at,
		status: 'closed',
		resolution: 'answered',
		category: 'network',
		tags: [],
		priority: 'low',
		language: 'en',
		messages: [
			{ from: 'mira', public: true, at, body: 'Why?' },
			{ from: 'priya', public: true, at, body: 'So.' },
		],
	};
}

function siteOf(tickets: SampleTicket[], pageSize: number): Site {
	return new Site({ tickets, now: () => 0, pageSize, inlineComments: 20, window: 10_000 });
}

/** The stand-in without a network, which fails at the given searches. */
function transportTo(site: Site, fails: (search: number) => boolean = () => false): Transport {
	let searches = 0;
	return (async ({ method, path, body }: ApiRequest) => {
		const answer = (data: unknown) => ({ status: 200, headers: {}, data });
		if (method === 'GET') {
			const [, id] = /issue\/([^/]+)\/comment/.exec(path)!;
			const comments = commentsOf(site.find(id), 'dataCenter', BASE, true);
			return answer({ comments, total: comments.length });
		}
		if (fails(searches++)) throw new ApiError('cut', { networkCode: 'ECONNRESET' });
		const content = body as Record<string, unknown>;
		return answer(
			path.endsWith('/jql')
				? site.cloudPage(content, BASE, true)
				: site.dataCenterPage(content, BASE),
		);
	}) as Transport;
}

function readerTo(
	transport: Transport,
	deployment: Deployment,
	changes: Partial<JiraReaderSettings> = {},
) {
	return createJiraReader({
		transport,
		query: jiraQuery({ projects: ['IT'] }),
		rules: {
			deployment,
			siteUrl: BASE,
			customFields: {},
			includeInternalNotes: false,
			includeRaw: false,
			stripQuotes: true,
		},
		excludedResolutions: [],
		concurrency: 2,
		pageSize: 100,
		...changes,
	});
}

/** One run: the ids it hands on, and the cursor to the rest. */
async function run(
	reader: ReturnType<typeof readerTo>,
	cursor: string | undefined,
	limit?: number,
) {
	const ids: string[] = [];
	const pages = readTickets(reader, { cursor, limit });
	try {
		for (;;) {
			const next = await pages.next();
			if (next.done) return { ids, ...next.value };
			ids.push(...next.value.map(({ id }) => id));
		}
	} catch (cause) {
		if (!(cause instanceof ReadInterrupted)) throw cause;
		return { ids, ...cause.summary, cursor: cause.summary.cursor ?? cursor };
	}
}

it.each(['cloud', 'dataCenter'] as const)(
	'%s: hands every ticket on once, wherever runs are cut and pages end',
	async (deployment) => {
		const runs = fc.array(
			fc.record({
				pageSize: fc.integer({ min: 1, max: 6 }),
				limit: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
				failsAt: fc.integer({ min: 0, max: 5 }),
			}),
			{ minLength: 1, maxLength: 6 },
		);
		const minutes = fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 30 });
		await fc.assert(
			fc.asyncProperty(minutes, runs, async (at, cuts) => {
				const tickets = at.map((minute, index) => sample(index + 1, minute));
				const handed: string[] = [];
				let cursor: string | undefined;
				for (const { pageSize, limit, failsAt } of cuts) {
					const transport = transportTo(siteOf(tickets, pageSize), (search) => search === failsAt);
					const part = await run(readerTo(transport, deployment), cursor, limit);
					handed.push(...part.ids);
					({ cursor } = part);
				}
				const rest = await run(readerTo(transportTo(siteOf(tickets, 4)), deployment), cursor);
				handed.push(...rest.ids);
				expect(rest.complete).toBe(true);
				expect(handed.sort()).toEqual(tickets.map(({ number }) => `${10_000 + number}`).sort());
				const again = await run(readerTo(transportTo(siteOf(tickets, 3)), deployment), rest.cursor);
				expect(again.ids).toEqual([]);
			}),
			{ numRuns: 60 },
		);
	},
	30_000,
);

it('warns where Data Center counts tickets that it does not send', async () => {
	const transport = (async () => ({
		status: 200,
		headers: {},
		data: { issues: [], startAt: 0, total: 5 },
	})) as unknown as Transport;
	const { warnings, complete } = await run(readerTo(transport, 'dataCenter'), undefined);
	expect(complete).toBe(true);
	expect(warnings).toEqual([expect.stringContaining('counts 5 more tickets')]);
});

it.each([
	['cloud', {}],
	['cloud', { issues: 'none' }],
	['dataCenter', { issues: [] }],
	['dataCenter', null],
] as const)('%s: takes %j for no page of a search', async (deployment, data) => {
	const transport = (async () => ({ status: 200, headers: {}, data })) as unknown as Transport;
	await expect(readerTo(transport, deployment).readPage(undefined)).rejects.toThrow();
});

it('counts what it leaves out by resolution, without reading its comments', async () => {
	const tickets = [sample(1, 0), { ...sample(2, 1), resolution: 'duplicate' as const }];
	const requests: string[] = [];
	const to = transportTo(siteOf(tickets, 10));
	const transport = (async (request: ApiRequest) => {
		requests.push(request.path);
		return await to(request);
	}) as Transport;
	const reader = readerTo(transport, 'dataCenter', { excludedResolutions: ['duplicate'] });
	const page = await reader.readPage(undefined);
	expect(page.tickets.map(({ key }) => key)).toEqual(['IT-1']);
	expect(page.leftOut).toEqual({ resolution: 1 });
	expect(requests).toEqual(['/rest/api/2/search', '/rest/api/2/issue/10001/comment']);
});
