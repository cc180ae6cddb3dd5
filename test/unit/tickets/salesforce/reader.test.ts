import { ApiError } from '../../../../lib/http/errors';
import type { ApiRequest, Transport } from '../../../../lib/http/types';
import { readTickets } from '../../../../lib/tickets/readTickets';
import { SalesforceClient } from '../../../../lib/tickets/salesforce/client';
import {
	countCases,
	createSalesforceReader,
	getCase,
} from '../../../../lib/tickets/salesforce/reader';

const BASE = 'https://acme.my.salesforce.com';
const DESCRIBE = {
	fields: ['Id', 'CaseNumber', 'CreatedDate', 'ClosedDate', 'Description'].map((name) => ({
		name,
	})),
	childRelationships: [{ relationshipName: 'CaseComments' }],
};
const row = (number: number) => ({
	Id: `500${String(number).padStart(15, '0')}`,
	CaseNumber: String(number),
	CreatedDate: `2026-01-01T00:00:${String(number).padStart(2, '0')}.000+0000`,
});

type Answer = Record<string, unknown> | ApiError;

/** Answers by the path or the query of a request; asked in order of the list. */
function clientOf(answer: (path: string, soql: string) => Answer, share = 100) {
	const asked: string[] = [];
	const transport: Transport = async <T>({ path, query }: ApiRequest) => {
		const soql = String(query?.q ?? '');
		asked.push(soql || path);
		const data = path.endsWith('/describe') ? DESCRIBE : answer(path, soql);
		if (data instanceof ApiError) throw data;
		const headers = { 'sforce-limit-info': `api-usage=${asked.length}/10` };
		return { status: 200, headers, data: data as T };
	};
	const settings = { transport, baseUrl: BASE, apiVersion: 'v66.0', limitShare: share };
	return { client: new SalesforceClient(settings), asked };
}

async function readAll(client: SalesforceClient, settings = {}) {
	const reader = createSalesforceReader({ client, filters: {}, ...settings });
	const found: string[] = [];
	const pages = readTickets(reader);
	for (;;) {
		const next = await pages.next();
		if (next.done) return { found, summary: next.value };
		found.push(...next.value.map(({ key }) => key));
	}
}

const page = (rows: unknown[], next?: string) => ({
	totalSize: 9,
	done: next === undefined,
	records: rows,
	...(next === undefined ? {} : { nextRecordsUrl: `/services/data/v66.0/query/${next}` }),
});

describe('pages', () => {
	it('skips empty ones, however the next is found', async () => {
		const { client, asked } = clientOf((path) => {
			if (path.endsWith('/a')) return page([], 'b');
			if (path.endsWith('/b')) return page([row(2)]);
			return page([row(1)], 'a');
		});
		expect((await readAll(client)).found).toEqual(['1', '2']);
		expect(asked).toHaveLength(4);
	});

	it('are asked anew behind the last case when the same ones come again', async () => {
		const { client, asked } = clientOf((path, soql) => {
			if (path.endsWith('/a')) return page([row(1), row(2)], 'c');
			return soql.includes('Id > ') ? page([row(3)]) : page([row(1), row(2)], 'a');
		});
		expect((await readAll(client)).found).toEqual(['1', '2', '3']);
		expect(asked.at(-1)).toContain(
			"(CreatedDate > 2026-01-01T00:00:02Z OR (CreatedDate = 2026-01-01T00:00:02Z AND Id > '500000000000000002'))",
		);
	});

	it.each([
		['ended', new ApiError('gone', { status: 404 })],
		['ended', new ApiError('gone', { status: 400, code: 'INVALID_QUERY_LOCATOR' })],
		['repeated', page([], 'a')],
	])(
		'that are empty and lead nowhere end in an error, not in a loss: %s',
		async (_name, answer) => {
			const { client } = clientOf((path) => (path.endsWith('/a') ? answer : page([], 'a')));
			await expect(readAll(client)).rejects.toThrow('an empty page whose next one cannot be read');
		},
	);

	it('without end and without cases are given up', async () => {
		let count = 0;
		const { client, asked } = clientOf(() => page([], String(count++)));
		await expect(readAll(client)).rejects.toThrow('an empty page');
		expect(asked.length).toBeLessThan(1_100);
	});

	it('with a case that has no time to go on behind end in an error', async () => {
		const { client } = clientOf(() => page([{ Id: '500x' }], 'a'));
		await expect(readAll(client)).rejects.toThrow('A case came without CreatedDate');
	});

	it('with things that are no cases are read all the same', async () => {
		const { client } = clientOf(() => page([null, 'x', {}, row(1)]));
		expect((await readAll(client)).found).toEqual(['1']);
	});

	it('other failures of a next page are told', async () => {
		const fault = new ApiError('slow', { status: 400, code: 'QUERY_TIMEOUT' });
		const { client } = clientOf((path) => (path.endsWith('/a') ? fault : page([row(1)], 'a')));
		await expect(readAll(client)).rejects.toMatchObject({
			name: 'ReadInterrupted',
			reason: fault,
			summary: { returned: 1, complete: false },
		});
	});

	it('of a small size go on by key', async () => {
		const { client, asked } = clientOf((_path, soql) =>
			soql.includes('Id > ') ? page([row(3)]) : page([row(1), row(2)]),
		);
		expect((await readAll(client, { pageSize: 2 })).found).toEqual(['1', '2', '3']);
		expect(asked[1]).toMatch(/ LIMIT 2$/);
	});
});

it('ask in the order in which cases were closed, for runs that go on', async () => {
	const { client, asked } = clientOf(() => page([]));
	await readAll(client, { newlyClosed: true });
	expect(asked[1]).toMatch(
		/ WHERE IsClosed = true AND ClosedDate != null ORDER BY ClosedDate, Id$/,
	);
	await readAll(client, { newlyClosed: true, filters: { includeUnresolved: true } });
	expect(asked[2]).toMatch(/ FROM Case ORDER BY CreatedDate, Id$/);
});

it('tells queries apart for cursors', () => {
	const { client } = clientOf(() => page([]));
	const query = (filters: object, more = {}) =>
		JSON.stringify(createSalesforceReader({ client, filters, ...more }).query);
	expect(query({})).toContain(BASE);
	const all = [query({}), query({ status: ['A'] }), query({}, { newlyClosed: true })];
	expect(new Set(all).size).toBe(3);
});

it('never follows a link to elsewhere, in a page or in a relationship', async () => {
	const foreign = {
		...page([]),
		done: false,
		nextRecordsUrl: 'https://evil.example/services/data',
	};
	const first = clientOf(() => foreign);
	await expect(readAll(first.client)).rejects.toThrow('is said to be on evil.example');
	const second = clientOf(() => page([{ ...row(1), CaseComments: foreign }]));
	await expect(readAll(second.client)).rejects.toThrow('is said to be on evil.example');
	expect(second.asked).toHaveLength(2);
});

it('gives up a relationship that repeats its page', async () => {
	const loop = page([{ Id: '00a1' }], 'c');
	const { client, asked } = clientOf((path) =>
		path.endsWith('/c') ? loop : page([{ ...row(1), CaseComments: loop }]),
	);
	await expect(readAll(client)).rejects.toThrow('the same page of a relationship twice');
	expect(asked).toHaveLength(3);
});

it('stops before the request that would go over the share', async () => {
	const { client, asked } = clientOf(() => page([row(1)]), 10);
	await expect(readAll(client)).rejects.toThrow('1 of 10 API requests are used');
	expect(asked).toHaveLength(1);
});

it('takes the case with exactly that number', async () => {
	const cases = [
		{ ...row(1), CaseNumber: '00000042' },
		{ ...row(2), CaseNumber: '42' },
	];
	const { client } = clientOf(() => page(cases));
	expect((await getCase(client, '42')).key).toBe('42');
	expect((await getCase(client, '00000042')).key).toBe('00000042');
	await expect(getCase(client, ' ')).rejects.toThrow("'Case' is empty");
});

it('counts', async () => {
	const { client, asked } = clientOf(() => ({ totalSize: 12_345, done: true, records: [] }));
	expect(await countCases(client, {})).toEqual({ count: 12_345, exact: true });
	expect(asked).toEqual(['SELECT COUNT() FROM Case WHERE IsClosed = true']);
});

it('is not content with an answer that is no object', async () => {
	const { client } = clientOf(() => 'text' as never);
	await expect(countCases(client, {})).rejects.toThrow('The answer is not an object');
});
