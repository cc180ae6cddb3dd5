/** States by name, and columns that the table does not have. */
import type { IDataObject } from 'n8n-workflow';

import { TICKETS } from '../../../sandbox/tickets/samples';
import type { ServiceNowSandbox } from '../../../sandbox/tickets/serviceNow';
import { ENDED, keyOf, readAll, run, ticketsOf, useServers } from './support';

jest.setTimeout(30_000);

const start = useServers();

const CHOICES = '/api/now/table/sys_choice';
const choiceRequests = (server: ServiceNowSandbox) =>
	server.requests().filter(({ path }) => path.startsWith(CHOICES));
const keysOf = (status: string, prefix = 'INC') =>
	TICKETS.filter((sample) => sample.status === status).map((sample) => keyOf(prefix, sample));

async function keys(server: ServiceNowSandbox, states: string, resource = 'incident') {
	const { tickets, error } = await readAll(server, { resource, filters: { states } });
	expect(error).toBeUndefined();
	return tickets.map(({ key }) => key);
}

describe('States', () => {
	it('may be names, whatever their case, with values between them', async () => {
		const server = await start();
		expect(keysOf('closed').length).toBeGreaterThan(0);
		expect(await keys(server, 'closed')).toEqual(keysOf('closed'));
		expect((await keys(server, 'Resolved, 7')).sort()).toEqual(
			[...keysOf('solved'), ...keysOf('closed')].sort(),
		);
		expect(await keys(server, 'Closed', 'case')).toEqual(keysOf('closed', 'CS'));
		const filters = { states: 'Closed' };
		const { outputs } = await run(server, { operation: 'count', filters });
		expect(outputs[0][0].json).toEqual({ count: keysOf('closed').length, exact: true });
	});

	it('cost no request where all are values of a new instance', async () => {
		const server = await start();
		await keys(server, '6, 7');
		expect(choiceRequests(server)).toEqual([]);
	});

	it("are the instance's own, in all of its languages, before those of a new one", async () => {
		const server = await start();
		const { rows } = server.database.get('sys_choice')!;
		const [resolved] = rows.filter(({ name, value }) => name === 'incident' && value === '6');
		rows.push({ ...resolved, sys_id: 'f'.repeat(32), language: 'de', label: 'Gelöst' });
		rows.push({ ...resolved, sys_id: 'e'.repeat(32), value: '42', label: 'Done Elsewhere' });
		const [incident] = server.database.get('incident')!.rows;
		incident.state = '42';
		expect((await keys(server, 'gelöst')).length).toBeGreaterThan(0);
		for (const state of ['done elsewhere', '42']) {
			expect(await keys(server, state)).toEqual([incident.number]);
		}
	});

	it.each(['getAll', 'count'])(
		'are refused by %s where there are none of the kind',
		async (operation) => {
			const server = await start();
			for (const states of ['Solved', '66', 'Resolved, Solvd']) {
				const { error, outputs } = await run(server, { operation, filters: { states } });
				expect(error?.message).toMatch(
					/'States' has what is no state of the table incident: '(Solved|66|Solvd)'$/,
				);
				expect(error?.description).toContain('Resolved (6), Closed (7), or * for all');
				expect(outputs).toEqual([]);
			}
		},
	);

	it('of a new instance hold where the list may not be read', async () => {
		const server = await start();
		const forbidden = { status: 403, body: { error: { message: 'no' } }, times: 3 };
		server.addFault({ path: CHOICES, ...forbidden });
		expect(await keys(server, 'closed')).toEqual(keysOf('closed'));
		const refused = await run(server, { filters: { states: 'Solved' } });
		expect(refused.error?.description).toContain('On Hold (3), Resolved (6)');
		const unsure = await readAll(server, { filters: { states: '7, 42' } });
		expect(unsure.tickets).toHaveLength(keysOf('closed').length);
		expect(unsure.summary.warnings).toEqual([
			expect.stringMatching(/^'42' in 'States' could not be checked/),
		]);
	});
});

describe('Extra Columns', () => {
	const options: IDataObject = { includeRaw: true, extraColumns: 'u_produkt, active' };

	it('that do not exist are named in the summary', async () => {
		const server = await start();
		const { tickets, summary, hints } = await readAll(server, { options });
		expect(tickets).toHaveLength(ENDED.length);
		expect(summary.warnings).toEqual([
			"The table incident has no column 'u_produkt' that this user may query, named in 'Extra Columns'",
		]);
		expect(hints[0].type).toBe('warning');
	});

	it('that do not exist are refused by Get, which has no summary', async () => {
		const server = await start();
		const get = { operation: 'get', recordId: keyOf('INC', ENDED[0]) };
		const { error } = await run(server, { ...get, options });
		expect(error?.message).toContain("no column 'u_produkt'");
		expect(error?.description).toContain('not its label');
		const known = await run(server, { ...get, options: { ...options, extraColumns: 'active' } });
		expect(ticketsOf(known)[0].raw).toHaveProperty('record.active');
	});

	it('without the raw record have no effect, and that is said', async () => {
		const server = await start();
		const { summary } = await readAll(server, { options: { extraColumns: 'active' } });
		expect(summary.warnings).toEqual([
			"'Extra Columns' has no effect without 'Include Raw Record', as they stand in 'raw'",
		]);
	});
});
