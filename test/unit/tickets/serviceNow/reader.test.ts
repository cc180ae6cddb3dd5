import { ApiError } from '../../../../lib/http/errors';
import type { ApiRequest, Transport } from '../../../../lib/http/types';
import { createServiceNowReader } from '../../../../lib/tickets/serviceNow/reader';
import type {
	Row,
	ServiceNowFilters,
	ServiceNowOptions,
} from '../../../../lib/tickets/serviceNow/types';

const options = {
	includeInternalNotes: false,
	includeRaw: false,
	stripQuotes: true,
	includeTags: false,
	includeAttachments: false,
	extraColumns: [],
	concurrency: 1,
};
const incident = (number: number): Row => ({
	sys_id: String(number).padStart(32, '0'),
	number: `INC${number}`,
	short_description: `Title ${number}`,
	state: '6',
	sys_created_on: `2026-01-02 10:00:${String(number).padStart(2, '0')}`,
	active: 'true',
});

interface Answer {
	rows?: Row[];
	headers?: Record<string, string>;
	data?: unknown;
}

/** Answers requests for incidents in turn, and those for the journal with nothing. */
function instance(...answers: Answer[]) {
	const asked: ApiRequest[] = [];
	const transport = (async (request: ApiRequest) => {
		const isJournal = !request.path.endsWith('/incident') || isFallback(request);
		if (isJournal) return { status: 200, headers: { 'x-total-count': '0' }, data: { result: [] } };
		asked.push(request);
		const { rows = [], headers = {}, data } = answers.shift() ?? {};
		return { status: 200, headers, data: data ?? { result: rows } };
	}) as unknown as Transport;
	return { transport, asked };
}

const isFallback = ({ query }: ApiRequest) => String(query?.sysparm_query).startsWith('sys_idIN');

const reader = (
	transport: Transport,
	filters: ServiceNowFilters = {},
	pageSize = 2,
	more: Partial<ServiceNowOptions> = {},
) =>
	createServiceNowReader({
		transport,
		siteUrl: 'https://acme.service-now.com',
		kind: 'incident',
		filters,
		options: { ...options, ...more },
		orderBy: 'created',
		pageSize,
	});

it('asks for stored and shown values of the columns it needs, without links', async () => {
	const { transport, asked } = instance({ rows: [] });
	await reader(transport).readPage(undefined);
	expect(asked[0]).toMatchObject({
		method: 'GET',
		path: '/api/now/table/incident',
		query: {
			sysparm_query: 'stateIN6,7^ORDERBYsys_created_on^ORDERBYsys_id',
			sysparm_limit: 2,
			sysparm_offset: 0,
			sysparm_display_value: 'all',
			sysparm_exclude_reference_link: true,
		},
	});
	const columns = String(asked[0].query!.sysparm_fields).split(',');
	expect(columns).toEqual(expect.arrayContaining(['caller_id.user_name', 'close_notes', 'state']));
	expect(new Set(columns).size).toBe(columns.length);
	expect(columns).not.toContain('comments');
});

it.each([
	['the total', { 'x-total-count': '3' }, true],
	['the total', { 'x-total-count': '2' }, false],
	['the next link', { link: '<https://x/a?sysparm_offset=2>;rel="next"' }, true],
	['a link without next', { link: '<https://x/a?sysparm_offset=0>;rel="first"' }, false],
	['a full page', {}, true],
])('knows by %s whether there is more: %j', async (_what, headers, hasMore) => {
	const { transport } = instance({
		rows: [incident(1), incident(2)],
		headers: headers as Record<string, string>,
	});
	const { next, tickets } = await reader(transport).readPage(undefined);
	expect(tickets).toHaveLength(2);
	expect(next).toEqual(
		hasMore ? { at: '2026-01-02 10:00:02', id: incident(2).sys_id, offset: 0 } : undefined,
	);
});

it('begins the next page at the last record, and asks for one more', async () => {
	const { transport, asked } = instance({
		rows: [incident(2), incident(3), incident(4)],
		headers: { 'x-total-count': '9' },
	});
	const { tickets, next } = await reader(transport).readPage({
		at: '2026-01-02 10:00:02',
		id: incident(2).sys_id,
		offset: 0,
	});
	expect(tickets.map(({ key }) => key)).toEqual(['INC3', 'INC4']);
	expect(next).toMatchObject({ id: incident(4).sys_id });
	expect(asked).toHaveLength(1);
	expect(asked[0].query).toMatchObject({
		sysparm_limit: 3,
		sysparm_query: expect.stringContaining(
			`sys_created_on>=2026-01-02 10:00:02^sys_created_on>2026-01-02 10:00:02^ORsys_id>=${incident(2).sys_id as string}`,
		),
	});
});

it('steps over a page that is hidden, by the offset that the instance names', async () => {
	const anchor = { at: '2026-01-02 10:00:02', id: incident(2).sys_id as string };
	const link =
		'<https://elsewhere.example/?a=1,2&sysparm_offset=50>;rel="next",<https://x/?sysparm_offset=90>;rel="last"';
	const { transport, asked } = instance(
		{ rows: [incident(2)], headers: { link, 'x-total-count': '99' } },
		{ rows: [incident(7)], headers: { 'x-total-count': '51' } },
	);
	const one = reader(transport);
	const page = await one.readPage({ ...anchor, offset: 0 });
	expect(page).toMatchObject({ tickets: [], next: { ...anchor, offset: 50 } });
	expect(page.warnings).toEqual([expect.stringContaining('hidden')]);
	const last = await one.readPage(page.next);
	expect(last.tickets.map(({ key }) => key)).toEqual(['INC7']);
	expect(last.next).toBeUndefined();
	expect(asked[1].query).toMatchObject({ sysparm_offset: 50, sysparm_limit: 2 });
});

it('does not mind when the record at which a page begins is gone', async () => {
	const { transport, asked } = instance(
		{ rows: [incident(5)], headers: { 'x-total-count': '1' } },
		{ rows: [] },
	);
	const { tickets } = await reader(transport).readPage({
		at: '2026-01-02 10:00:02',
		id: incident(2).sys_id,
		offset: 0,
	});
	expect(tickets.map(({ key }) => key)).toEqual(['INC5']);
	expect(asked[1].query).toMatchObject({
		sysparm_query: `stateIN6,7^sys_id=${incident(2).sys_id as string}`,
		sysparm_limit: 1,
	});
});

it('lets nothing of a cursor into the query but a date and an id', async () => {
	for (const position of [
		{ at: '2026-01-02 10:00:02^ORactive=true', id: 'x', offset: 0 },
		{ at: '2026-01-02 10:00:02', id: 'x^ORactive=true', offset: 0 },
		{ at: 7, id: {}, offset: -1 },
		{ offset: '7^x' },
	]) {
		const { transport, asked } = instance({ rows: [] });
		await reader(transport).readPage(position);
		expect(asked[0].query).toMatchObject({
			sysparm_query: 'stateIN6,7^ORDERBYsys_created_on^ORDERBYsys_id',
			sysparm_offset: 0,
		});
	}
});

it('stops at an answer without records', async () => {
	for (const data of [{}, { result: 'x' }, [], { result: { stats: 1 } }]) {
		const { transport } = instance({ data });
		await expect(reader(transport).readPage(undefined)).rejects.toBeInstanceOf(ApiError);
	}
});

it('leaves out records that do not match on later pages, and counts them', async () => {
	const headers = { 'x-total-count': '9' };
	const { transport } = instance(
		{ rows: [incident(1), incident(2)], headers },
		{ rows: [incident(2), { ...incident(3), state: '1' }, incident(4)], headers },
	);
	const one = reader(transport);
	const { next } = await one.readPage(undefined);
	const page = await one.readPage(next);
	expect(page.tickets.map(({ key }) => key)).toEqual(['INC4']);
	expect(page.leftOut).toEqual({ filter_ignored: 1 });
	expect(page.warnings).toEqual([expect.stringContaining('do not match')]);
});

it('asks about a column of the query that no record brings: it may only be hidden', async () => {
	const { transport, asked } = instance(
		{ rows: [incident(1)] },
		{ rows: [], headers: { 'x-total-count': '0' } },
	);
	const { tickets } = await reader(transport, { encodedQuery: 'u_hidden=1^active=true' }).readPage(
		undefined,
	);
	expect(tickets).toHaveLength(1);
	expect(asked.map(({ query }) => query!.sysparm_query)).toEqual([
		expect.stringContaining('u_hidden=1'),
		'u_hiddenISEMPTY^u_hiddenISNOTEMPTY',
	]);
});

it('has a query that tells sites, tables, filters and orders apart', () => {
	const { transport } = instance();
	expect(reader(transport, { states: ['7'] }).query).toEqual({
		system: 'serviceNow',
		siteUrl: 'https://acme.service-now.com',
		kind: 'incident',
		filters: { states: ['7'] },
		orderBy: 'created',
	});
});

it('tells extra columns that do not exist from those that the user may not read', async () => {
	const rows = [incident(1)];
	// An impossible condition on a column changes nothing where there is no such column.
	const { transport, asked } = instance({ rows }, { rows }, { rows: [] });
	const extraColumns = ['u_none', 'u_hidden', 'active'];
	const more = { extraColumns, includeRaw: true };
	const { warnings } = await reader(transport, {}, 2, more).readPage(undefined);
	expect(asked.slice(1).map(({ query }) => query?.sysparm_query)).toEqual([
		'u_noneISEMPTY^u_noneISNOTEMPTY',
		'u_hiddenISEMPTY^u_hiddenISNOTEMPTY',
	]);
	expect(warnings).toEqual([
		expect.stringContaining("has no column 'u_none'"),
		expect.stringContaining("came without 'u_hidden' of 'Extra Columns'"),
	]);
});
