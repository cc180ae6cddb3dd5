import fc from 'fast-check';

import { ApiError } from '../../../lib/http/errors';
import { ReadInterrupted, type ReadOptions, readTickets } from '../../../lib/tickets/readTickets';
import type { Position, Ticket, TicketPage, TicketReader } from '../../../lib/tickets/types';

const QUERY = { system: 'test', site: 'https://x.example', filters: { project: 'IT' } };

function ticket(number: number): Ticket {
	return {
		source: 'test',
		id: String(number),
		key: `T-${number}`,
		title: `Ticket ${number}`,
		question: 'How?',
		messages: [],
		status: 'Done',
		resolved: true,
		tags: [],
		people: [],
	};
}

/** Serves fixed pages; a position names the page. */
class Pages implements TicketReader {
	readonly query: Record<string, unknown> = QUERY;

	readonly asked: Array<number | undefined> = [];

	failsAt?: number;

	constructor(private readonly pages: Array<Partial<TicketPage>>) {}

	async readPage(position: Position | undefined): Promise<TicketPage> {
		const index = (position?.page as number | undefined) ?? 0;
		this.asked.push(position?.page as number | undefined);
		if (index === this.failsAt) throw new ApiError('connection cut', { networkCode: 'ECONNRESET' });
		const page = this.pages[index];
		const next = index + 1 < this.pages.length ? { page: index + 1 } : undefined;
		return { tickets: [], next, ...page };
	}
}

function pagesOf(sizes: number[]): Pages {
	let number = 0;
	return new Pages(
		sizes.map((size) => ({ tickets: Array.from({ length: size }, () => ticket(++number)) })),
	);
}

async function readAll(reader: TicketReader, options?: ReadOptions) {
	const ids: string[] = [];
	const pages = readTickets(reader, options);
	for (;;) {
		const next = await pages.next();
		if (next.done) return { ids, summary: next.value };
		ids.push(...next.value.map(({ id }) => id));
	}
}

describe('readTickets', () => {
	test('goes on over short and empty pages to the end', async () => {
		const { ids, summary } = await readAll(pagesOf([2, 0, 1, 0]));
		expect(ids).toEqual(['1', '2', '3']);
		expect(summary).toMatchObject({ returned: 3, read: 3, complete: true, leftOut: {} });
	});

	test('hands each ticket on once, whatever pages repeat', async () => {
		const reader = new Pages([
			{ tickets: [ticket(1), ticket(2)] },
			{ tickets: [ticket(2), ticket(2), ticket(3)] },
		]);
		const { ids, summary } = await readAll(reader);
		expect(ids).toEqual(['1', '2', '3']);
		expect(summary.read).toBe(3);
	});

	test('counts what is left out, tickets and parts of them', async () => {
		const noted = { ...ticket(2), leftOut: { internal_note: 2 } };
		const reader = new Pages([
			{ tickets: [ticket(1), noted], leftOut: { deleted: 4 }, warnings: ['Cut off'] },
			{ tickets: [ticket(3)], warnings: ['Cut off'] },
		]);
		const { ids, summary } = await readAll(reader, {
			leaveOut: ({ id }) => (id === '1' ? 'no_agent_answer' : undefined),
		});
		expect(ids).toEqual(['2', '3']);
		expect(summary).toMatchObject({
			returned: 2,
			read: 3,
			leftOut: { no_agent_answer: 1, internal_note: 2, deleted: 4 },
			warnings: ['Cut off'],
		});
	});

	test('any series of limits reads every ticket exactly once', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.nat(4), { minLength: 1, maxLength: 8 }),
				fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
				async (sizes, limits) => {
					const total = sizes.reduce((sum, size) => sum + size, 0);
					const ids: string[] = [];
					let cursor: string | undefined;
					for (let run = 0; run <= total + 1; run++) {
						const limit = limits[run % limits.length];
						const part = await readAll(pagesOf(sizes), { limit, cursor });
						expect(part.ids.length).toBeLessThanOrEqual(limit);
						ids.push(...part.ids);
						cursor = part.summary.cursor ?? cursor;
						if (part.summary.complete) break;
					}
					expect(ids).toEqual(Array.from({ length: total }, (_, index) => String(index + 1)));
				},
			),
		);
	});

	test('a run that broke off goes on where it stopped', async () => {
		const reader = pagesOf([3, 3, 3]);
		reader.failsAt = 2;
		const first: string[] = [];
		const interrupted = await (async () => {
			try {
				for await (const page of readTickets(reader)) first.push(...page.map(({ id }) => id));
			} catch (error) {
				return error as ReadInterrupted;
			}
			return undefined;
		})();
		expect(interrupted).toBeInstanceOf(ReadInterrupted);
		expect(interrupted?.reason).toBeInstanceOf(ApiError);
		expect(interrupted?.summary).toMatchObject({ returned: 6, complete: false });
		const rest = await readAll(pagesOf([3, 3, 3]), { cursor: interrupted?.summary.cursor });
		expect([...first, ...rest.ids]).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
	});

	test('goes on behind the end with what came new', async () => {
		const { summary } = await readAll(pagesOf([2, 2]));
		expect((await readAll(pagesOf([2, 2]), { cursor: summary.cursor })).ids).toEqual([]);
		expect((await readAll(pagesOf([2, 3, 1]), { cursor: summary.cursor })).ids).toEqual(['5', '6']);
	});

	test('hides nothing that changed after it was handed on, and all that did not', async () => {
		const changed = (number: number, updatedAt: string) => ({ ...ticket(number), updatedAt });
		const readerOf = (...pages: Ticket[][]) =>
			Object.assign(new Pages(pages.map((tickets) => ({ tickets }))), {
				momentOf: ({ updatedAt }: Ticket) => updatedAt,
			});
		const before = [[changed(1, '10'), changed(2, '20')], [changed(3, '30')]];
		const part = await readAll(readerOf(...before), { limit: 1 });
		expect(part.ids).toEqual(['1']);
		const after = [[changed(2, '20')], [changed(3, '30'), changed(1, '40')]];
		const rest = await readAll(readerOf(...after), { cursor: part.summary.cursor });
		expect(rest.ids).toEqual(['2', '3', '1']);
		const { cursor } = rest.summary;
		expect((await readAll(readerOf(...after), { cursor })).ids).toEqual([]);
		const later = [[], [changed(1, '40'), changed(3, '50')]];
		expect((await readAll(readerOf(...later), { cursor })).ids).toEqual(['3']);
	});

	test.each([
		['the same page again', { page: 0 }],
		['a page that was there before', { page: 1 }],
	])('gives up on a pager that sends %s', async (_, next) => {
		const reader = new Pages([
			{ tickets: [ticket(1)] },
			{ tickets: [ticket(2)] },
			{ tickets: [ticket(3)], next },
			{ tickets: [ticket(4)] },
		]);
		await expect(
			readAll(next.page === 0 ? new Pages([{ next: { page: 0 } }, {}]) : reader),
		).rejects.toMatchObject({ reason: { details: { code: 'invalid_list' } } });
	});

	test('gives up on endless pages, also on those that bring nothing new', async () => {
		const endless = (tickets: (page: number) => Ticket[]): TicketReader => ({
			query: QUERY,
			readPage: async (position) => {
				const page = (position?.page as number | undefined) ?? 0;
				return { tickets: tickets(page), next: { page: page + 1 } };
			},
		});
		await expect(
			readAll(
				endless((page) => [ticket(page)]),
				{ maxPages: 10 },
			),
		).rejects.toThrow('more than 10 pages');
		await expect(readAll(endless(() => [ticket(1)]))).rejects.toThrow('without anything new');
	});

	test('stops when the execution is stopped', async () => {
		const controller = new AbortController();
		const pages = readTickets(pagesOf([1, 1]), { signal: controller.signal });
		await pages.next();
		controller.abort();
		await expect(pages.next()).rejects.toMatchObject({ reason: { name: 'CanceledError' } });
	});
});

describe('a cursor', () => {
	test('of another query is refused, in whatever order the filters are written', async () => {
		const { summary } = await readAll(pagesOf([2, 1]), { limit: 1 });
		const same = pagesOf([2, 1]);
		Object.assign(same, { query: { filters: QUERY.filters, site: QUERY.site, system: 'test' } });
		expect((await readAll(same, { cursor: summary.cursor })).ids).toEqual(['2', '3']);
		const other = pagesOf([2, 1]);
		Object.assign(other, { query: { ...QUERY, filters: { project: 'HR' } } });
		await expect(readAll(other, { cursor: summary.cursor })).rejects.toThrow('another query');
	});

	test('that is none is refused, whatever it is', async () => {
		await fc.assert(
			fc.asyncProperty(fc.oneof(fc.string({ minLength: 1 }), fc.base64String()), async (text) => {
				fc.pre(text.trim() !== '');
				await expect(readAll(pagesOf([1]), { cursor: text })).rejects.toThrow('not one that');
			}),
		);
	});
});
