import { collectPages, pages } from '../../../lib/http/pages';
import { fakeTransport } from '../openai/fakes';

interface Thing {
	id: string;
}

/** A server with `count` things, which sends them in pages of at most `most`. */
function serverWith(count: number, most = 100) {
	return fakeTransport(({ query }) => {
		const from = query?.after === undefined ? 0 : Number(String(query.after).slice(1)) + 1;
		const size = Math.min(Number(query?.limit), most);
		const ids = Array.from({ length: Math.min(size, count - from) }, (_, i) => `t${from + i}`);
		return {
			data: ids.map((id) => ({ id })),
			has_more: from + ids.length < count,
			last_id: ids.at(-1) ?? null,
		};
	});
}

it.each([
	[0, Infinity, 1],
	[1, Infinity, 1],
	[100, Infinity, 1],
	[101, Infinity, 2],
	[250, Infinity, 3],
	[250, 1, 1],
	[250, 100, 1],
	[250, 101, 2],
	[250, 249, 3],
])(
	'of %i things with limit %d takes what was asked in %i requests',
	async (count, limit, asked) => {
		const { transport, requests } = serverWith(count);
		const things = await collectPages<Thing>(transport, { path: '/things', limit });
		expect(things.map(({ id }) => id)).toEqual(
			Array.from({ length: Math.min(count, limit) }, (_, i) => `t${i}`),
		);
		expect(requests).toHaveLength(asked);
	},
);

it('asks for no more than is wanted, with the query of the caller', async () => {
	const { transport, requests } = serverWith(250);
	await collectPages<Thing>(transport, { path: '/things', query: { order: 'desc' }, limit: 120 });
	expect(requests.map(({ query }) => query)).toEqual([
		{ order: 'desc', limit: 100, after: undefined },
		{ order: 'desc', limit: 20, after: 't99' },
	]);
});

it('goes on behind a cursor, and takes smaller pages than it asked for', async () => {
	const { transport, requests } = serverWith(20, 7);
	const found: string[][] = [];
	for await (const page of pages<Thing>(transport, { path: '/things', after: 't9' })) {
		found.push(page.map(({ id }) => id));
	}
	expect(found.map((page) => page.length)).toEqual([7, 3]);
	expect(found[0][0]).toBe('t10');
	expect(requests).toHaveLength(2);
});

it('cuts a page that is larger than what is left', async () => {
	const { transport } = fakeTransport(() => ({ data: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }));
	expect(await collectPages(transport, { path: '/x', limit: 2 })).toHaveLength(2);
});

it('takes the id of the last item where there is no last_id', async () => {
	const { transport, requests } = fakeTransport((_request, index) => ({
		data: [{ id: `i${index}` }],
		has_more: index < 1,
	}));
	expect(await collectPages(transport, { path: '/x' })).toEqual([{ id: 'i0' }, { id: 'i1' }]);
	expect(requests[1].query?.after).toBe('i0');
});

it('stops at an empty page that says there is more', async () => {
	const { transport, requests } = fakeTransport(() => ({ data: [], has_more: true }));
	expect(await collectPages(transport, { path: '/x' })).toEqual([]);
	expect(requests).toHaveLength(1);
});

it.each([
	['a server that ignores the cursor', () => ({ data: [{ id: 'a' }], has_more: true })],
	['items without ids', () => ({ data: [{}], has_more: true })],
	['no list', () => ({ things: [] })],
	['null', () => null],
	[
		'a list without end',
		(_: unknown, index: number) => ({ data: [{ id: `i${index}` }], has_more: true }),
	],
])('refuses %s', async (_what, answer) => {
	const { transport, requests } = fakeTransport(answer);
	await expect(collectPages(transport, { path: '/things' })).rejects.toMatchObject({
		message: expect.stringContaining('/things'),
		details: { code: 'invalid_list' },
	});
	expect(requests.length).toBeLessThanOrEqual(2000);
});

it('does not mind a repeated cursor when it has all it wants', async () => {
	const { transport } = fakeTransport(() => ({ data: [{ id: 'a' }], has_more: true }));
	expect(await collectPages(transport, { path: '/x', limit: 1 })).toEqual([{ id: 'a' }]);
});
