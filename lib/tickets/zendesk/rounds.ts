/**
 * What comes after the end of a query: the next run goes on with the tickets that were solved since. Each round knows
 * when it began; behind its end stands the place of the next one, which reaches back over the time that Zendesk needs
 * until a change can be found, and names the tickets of that time that were read already.
 */
import type { Position, TicketPage } from '../types';
import { isoSeconds } from './query';
import type { ZendeskTicket } from './types';

export interface Round {
	/** Counts up, so that no two places are the same. */
	round: number;
	/** ISO 8601, when the first page was asked for. */
	began: string;
	/** ISO 8601: only what was solved (or changed) since. */
	since?: string;
	/** Tickets after `since`, or after `began` less the overlap, that were handed on, with the moment of their state. */
	recent: string[];
	/** Follows another round within the same run. */
	isTail: boolean;
}

/** Bounds a cursor's length; a site with more changes within minutes reads a few tickets twice. */
const MAX_RECENT = 2_000;

export class Rounds {
	private hasStarted = false;

	/**
	 * @param overlapMs - time until a change can be found
	 * @param momentOf - when a ticket came into the state in which it is read once
	 */
	constructor(
		private readonly now: () => number,
		private readonly overlapMs: number,
		private readonly momentOf: (ticket: ZendeskTicket) => string | null | undefined,
	) {}

	/** Of the page at `position`; to be called once for each page. */
	at(position: Position | undefined): Round {
		const isTail = this.hasStarted && position?.isTail === true;
		this.hasStarted = true;
		const { round, began, since, recent } = position ?? {};
		return {
			round: typeof round === 'number' ? round : 1,
			began: typeof began === 'string' ? began : this.iso(this.now()),
			...(typeof since === 'string' ? { since } : {}),
			recent: Array.isArray(recent) ? recent.map(String) : [],
			isTail,
		};
	}

	isRead(ticket: ZendeskTicket, { recent }: Round): boolean {
		return recent.length > 0 && recent.includes(this.markOf(ticket));
	}

	/** The round with the tickets of a page that has been read. */
	after(round: Round, tickets: ZendeskTicket[]): Round {
		const from = this.startOfNext(round);
		const late = tickets.filter(({ updated_at: at }) => Date.parse(at ?? '') >= from);
		const recent = [...new Set([...round.recent, ...late.map((ticket) => this.markOf(ticket))])];
		return { ...round, recent: recent.slice(-MAX_RECENT) };
	}

	/** The place behind the end of a round: of this run, or of a later one when there was nothing more to be found. */
	following(round: Round, isEmpty: boolean, more: Position = {}): Pick<TicketPage, 'next' | 'end'> {
		const place = {
			...more,
			round: round.round + 1,
			since: this.iso(this.startOfNext(round)),
			recent: round.recent.filter((mark) => momentOf(mark) >= this.startOfNext(round)),
			isTail: true,
		};
		return round.isTail && isEmpty ? { end: place } : { next: place };
	}

	private markOf(ticket: ZendeskTicket): string {
		return `${ticket.id}@${this.momentOf(ticket) ?? ''}`;
	}

	private startOfNext({ began }: Round): number {
		return Date.parse(began) - this.overlapMs;
	}

	private iso(ms: number): string {
		return isoSeconds(ms) ?? '1970-01-01T00:00:00Z';
	}
}

function momentOf(mark: string): number {
	return Date.parse(mark.slice(mark.indexOf('@') + 1));
}
