/** Reads a query page by page, with the guards that every vendor's pager needs. */
import { ApiError } from '../http/errors';
import { CanceledError } from '../http/canceled';
import { decodeCursor, encodeCursor } from './cursor';
import type { Position, Ticket, TicketPage, TicketReader } from './types';

export interface ReadOptions {
	/** Tickets to hand on; all of them by default. */
	limit?: number;
	/** Of an earlier run's summary: goes on behind what that one handed on. */
	cursor?: string;
	/** Why a ticket is not wanted, in a word for the report; undefined keeps it. */
	leaveOut?: (ticket: Ticket) => string | undefined;
	/** Against servers that never come to an end. */
	maxPages?: number;
	signal?: AbortSignal;
}

/** What a run has read so far. */
export interface ReadSummary {
	/** Tickets handed on. */
	returned: number;
	/** Tickets that the system sent, each counted once. */
	read: number;
	/** Tickets that were not handed on, and parts of tickets, by reason. */
	leftOut: Record<string, number>;
	warnings: string[];
	/** Whether the query was read to its end. */
	complete: boolean;
	/** To go on from here; also after the end, for what comes new. Absent when nothing was read. */
	cursor?: string;
}

/** The reading broke off; what had come before is in `summary`, and its cursor goes on from there. */
export class ReadInterrupted extends Error {
	override readonly name = 'ReadInterrupted';

	constructor(
		readonly reason: unknown,
		readonly summary: ReadSummary,
	) {
		super(reason instanceof Error ? reason.message : String(reason));
	}
}

const MAX_PAGES = 100_000;
/** Pages in a row that bring nothing new; some vendors send a few of them, none sends this many. */
const MAX_IDLE_PAGES = 1_000;

/**
 * Yields the tickets of a query page by page, each one once, and returns the summary.
 *
 * @throws ReadInterrupted when a page cannot be read; SettingError for a cursor of another query.
 */
export async function* readTickets(
	reader: TicketReader,
	options: ReadOptions = {},
): AsyncGenerator<Ticket[], ReadSummary> {
	const run = new Run(reader, options);
	while (!run.isOver) {
		const tickets = await run.nextPage().catch((cause: unknown) => interrupt(cause, run));
		if (tickets.length > 0) yield tickets;
	}
	return run.summary();
}

function interrupt(cause: unknown, run: Run): never {
	throw new ReadInterrupted(cause, run.summary());
}

class Run {
	isOver = false;

	private position: Position | undefined;

	/** Of the present page and the one before, where a pager may send a ticket twice. */
	private done: Set<string>;

	private readonly seen: Set<string>;

	/** Of the cursor, until they come again: pages may end elsewhere than in the run that made it. */
	private readonly carried: Set<string>;

	private readonly visited = new Set<string>();

	private readonly leftOut = new Map<string, number>();

	private readonly warnings = new Set<string>();

	private pages = 0;

	private idlePages = 0;

	private read = 0;

	private returned = 0;

	private complete = false;

	constructor(
		private readonly reader: TicketReader,
		private readonly options: ReadOptions,
	) {
		const { cursor } = options;
		const start = cursor?.trim() ? decodeCursor(reader.query, cursor) : { done: [] };
		this.position = start.position;
		this.done = new Set(start.done);
		this.seen = new Set(start.done);
		this.carried = new Set(start.done);
		this.isOver = this.left <= 0;
	}

	async nextPage(): Promise<Ticket[]> {
		this.guard();
		const page = await this.reader.readPage(this.position);
		// Stop is seen between pages too; a page that came while it was pressed would only be thrown away.
		if (this.options.signal?.aborted) throw new CanceledError();
		for (const [reason, count] of Object.entries(page.leftOut ?? {})) this.count(reason, count);
		for (const warning of page.warnings ?? []) this.warnings.add(warning);
		const fresh = page.tickets.filter((ticket) => !this.seen.has(this.markOf(ticket)));
		this.idlePages = fresh.length === 0 ? this.idlePages + 1 : 0;
		const kept: Ticket[] = [];
		const handled: string[] = [];
		for (const ticket of fresh) {
			if (this.left - kept.length <= 0) break;
			const mark = this.markOf(ticket);
			if (this.seen.has(mark)) continue;
			this.seen.add(mark);
			this.take(ticket, kept);
			handled.push(mark);
		}
		this.returned += kept.length;
		this.advance(page, fresh.length > handled.length && this.left <= 0, handled);
		return kept;
	}

	summary(): ReadSummary {
		const { query } = this.reader;
		const untouched = this.read === 0 && this.position === undefined;
		return {
			returned: this.returned,
			read: this.read,
			leftOut: Object.fromEntries(this.leftOut),
			warnings: [...this.warnings],
			complete: this.complete,
			...(untouched
				? {}
				: { cursor: encodeCursor(query, { position: this.position, done: [...this.done] }) }),
		};
	}

	/** Of a ticket in the state in which it is handed on once. */
	private markOf(ticket: Ticket): string {
		const moment = this.reader.momentOf?.(ticket);
		return moment === undefined ? ticket.id : `${ticket.id}@${moment}`;
	}

	private get left(): number {
		return (this.options.limit ?? Infinity) - this.returned;
	}

	private take(ticket: Ticket, kept: Ticket[]): void {
		this.read++;
		const reason = this.options.leaveOut?.(ticket);
		if (reason !== undefined) return this.count(reason, 1);
		for (const [part, count] of Object.entries(ticket.leftOut ?? {})) this.count(part, count);
		kept.push(ticket);
	}

	/** Stays on a page of which a part is still to be handed on, and on the last one, whose end may grow. */
	private advance({ next, end, tickets }: TicketPage, hasRest: boolean, handled: string[]): void {
		const marks = tickets.map((ticket) => this.markOf(ticket));
		for (const mark of marks) this.carried.delete(mark);
		if (hasRest || next === undefined) {
			for (const mark of handled) this.done.add(mark);
			this.isOver = true;
			this.complete = !hasRest;
			if (hasRest || end === undefined) return;
			this.position = end;
			this.done.clear();
			return;
		}
		this.position = next;
		this.done = new Set([...marks, ...this.carried]);
		this.isOver = this.left <= 0;
	}

	private guard(): void {
		if (this.options.signal?.aborted) throw new CanceledError();
		const maxPages = this.options.maxPages ?? MAX_PAGES;
		if (this.pages++ >= maxPages) throw pagerError(`has more than ${maxPages} pages`);
		if (this.idlePages >= MAX_IDLE_PAGES) {
			throw pagerError(`sent ${MAX_IDLE_PAGES} pages in a row without anything new`);
		}
		const place = JSON.stringify(this.position ?? null);
		if (this.visited.has(place)) throw pagerError('sent the same page twice');
		this.visited.add(place);
	}

	private count(reason: string, count: number): void {
		if (count > 0) this.leftOut.set(reason, (this.leftOut.get(reason) ?? 0) + count);
	}
}

function pagerError(what: string): ApiError {
	return new ApiError(`The ticket system ${what}`, {
		code: 'invalid_list',
		explanation: {
			message: `The ticket system ${what}, so reading it on would never end`,
			description:
				'Narrow the filters (dates, projects) and read in several runs. If it stays, the system or a proxy before it ignores the cursor.',
		},
	});
}
