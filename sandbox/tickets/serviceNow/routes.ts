import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { evaluate } from './evaluate';
import type { ServiceNowSandboxOptions } from './index';
import type { Logins } from './login';
import { type DisplayMode, presented } from './present';
import { type Database, type Stored, storedDate } from './tables';

interface Instance {
	database: Database;
	logins: Logins;
	options: ServiceNowSandboxOptions;
}

type Parameters = Record<string, string | undefined>;

const STANDARD_LIMIT = 10_000;

/** The Table API (reading) and the counts of the Aggregate API. */
export function tableRoutes(app: FastifyInstance, instance: Instance): void {
	app.addHook('preHandler', async (request, reply) => {
		if (!request.url.startsWith('/api/now/')) return;
		const access = instance.logins.accessOf(request);
		if (access === 'unknown') {
			return await refuse(
				reply,
				401,
				'User Not Authenticated',
				'Required to provide Auth information',
			);
		}
		if (access === 'noRoles') return await notAuthorized(reply);
	});
	app.get<{ Params: { table: string } }>('/api/now/table/:table', async (request, reply) => {
		return await list(instance, request.params.table, request, reply);
	});
	app.get<{ Params: { table: string; id: string } }>(
		'/api/now/table/:table/:id',
		async (request, reply) => await one(instance, request.params, request, reply),
	);
	app.get<{ Params: { table: string } }>('/api/now/stats/:table', async (request, reply) => {
		const { table } = request.params;
		if (!instance.database.has(table)) return await invalidTable(reply, table);
		const { sysparm_query: query = '' } = request.query as Parameters;
		const { rows } = evaluate(instance.database, table, understood(query, instance));
		return { result: { stats: { count: String(rows.length) } } };
	});
}

async function list(
	instance: Instance,
	table: string,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<unknown> {
	const { database, options } = instance;
	if (!database.has(table)) return await invalidTable(reply, table);
	const isJournal = table === 'sys_journal_field';
	if (isJournal && options.journal === 'forbidden') return await notAuthorized(reply);
	const parameters = request.query as Parameters;
	const { rows } = evaluate(database, table, understood(parameters.sysparm_query ?? '', instance));
	const asked = whole(parameters.sysparm_limit, STANDARD_LIMIT);
	const limit = Math.min(asked, options.pageSize ?? STANDARD_LIMIT);
	const offset = whole(parameters.sysparm_offset, 0);
	if (!options.withoutTotal) {
		void reply.header('link', links(instance, request, rows.length, limit, offset));
		void reply.header('x-total-count', rows.length);
	}
	// Access rules come after the limit, so a page may be short, or empty in the middle.
	const page = rows
		.slice(offset, offset + limit)
		.filter(
			(row) => !(isJournal && options.journal === 'hidden') && !isHidden(instance, table, row),
		);
	return { result: page.map((row) => shown(instance, table, row, request)) };
}

async function one(
	instance: Instance,
	{ table, id }: { table: string; id: string },
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<unknown> {
	const found = instance.database.get(table);
	if (!found) return await invalidTable(reply, table);
	const row = found.rows.find(({ sys_id: own }) => own === id);
	if (row && !isHidden(instance, table, row)) {
		return { result: shown(instance, table, row, request) };
	}
	const detail = "Record doesn't exist or ACL restricts the record retrieval";
	return await refuse(reply, 404, 'No Record found', detail);
}

function isHidden({ options }: Instance, table: string, row: Stored): boolean {
	return options.isHidden?.(table, row.number ?? '') ?? false;
}

function shown(
	{ database, options }: Instance,
	table: string,
	row: Stored,
	request: FastifyRequest,
) {
	const parameters = request.query as Parameters;
	const columns = parameters.sysparm_fields?.split(',').map((name) => name.trim());
	const mode = parameters.sysparm_display_value;
	return presented(database, table, row, {
		mode: mode === 'true' || mode === 'all' ? (mode as DisplayMode) : 'false',
		columns: columns?.filter((name) => name !== ''),
		zoneHours: options.zoneHours ?? 0,
		withoutLinks: parameters.sysparm_exclude_reference_link === 'true',
		url: `http://${request.headers.host}`,
	});
}

function links(
	{ options }: Instance,
	request: FastifyRequest,
	total: number,
	limit: number,
	offset: number,
): string {
	const link = (to: number, rel: string) => {
		const url = new URL(request.url, options.linkOrigin ?? `http://${request.headers.host}`);
		url.searchParams.set('sysparm_offset', String(to));
		return `<${url.href}>;rel="${rel}"`;
	};
	return [
		link(0, 'first'),
		...(offset > 0 ? [link(Math.max(0, offset - limit), 'prev')] : []),
		...(offset + limit < total ? [link(offset + limit, 'next')] : []),
		link(Math.max(0, (Math.ceil(total / limit) - 1) * limit), 'last'),
	].join(',');
}

/** A query as this instance understands it: some of it not at all, dates perhaps as local ones. */
function understood(query: string, { options }: Instance): string {
	const { ignores, queryZoneHours: hours = 0 } = options;
	const kept = query.split('^').filter((condition) => !ignores?.test(condition));
	return kept.join('^').replace(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/g, (date) => {
		const ms = Date.parse(`${date.replace(' ', 'T')}Z`) - hours * 3_600_000;
		return storedDate(new Date(ms).toISOString());
	});
}

function whole(text: string | undefined, fallback: number): number {
	return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : fallback;
}

async function invalidTable(reply: FastifyReply, table: string): Promise<FastifyReply> {
	return await refuse(reply, 400, `Invalid table ${table}`, null);
}

async function notAuthorized(reply: FastifyReply): Promise<FastifyReply> {
	return await refuse(reply, 403, 'User Not Authorized', 'Failed API level ACL Validation');
}

async function refuse(
	reply: FastifyReply,
	status: number,
	message: string,
	detail: string | null,
): Promise<FastifyReply> {
	return await reply.code(status).send({ error: { message, detail }, status: 'failure' });
}
