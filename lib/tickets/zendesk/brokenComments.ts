/** Tickets whose comments Zendesk cannot give, time and again, although it answers everything else. */
import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';

/** With more of them one after the other it is not the tickets that are broken. */
const MAX_IN_A_ROW = 5;

export class BrokenComments {
	private inARow = 0;

	private found: number[] = [];

	constructor(private readonly transport: Transport) {}

	/** What `read` gives; undefined, and noted down, where only this ticket's comments fail. */
	async unlessBroken<T>(ticketId: number, read: () => Promise<T>): Promise<T | undefined> {
		try {
			const comments = await read();
			this.inARow = 0;
			return comments;
		} catch (cause) {
			return await this.noteDown(ticketId, cause);
		}
	}

	/** Tickets noted down since the last call. */
	take(): number[] {
		return this.found.splice(0);
	}

	private async noteDown(ticketId: number, cause: unknown): Promise<undefined> {
		const status = cause instanceof ApiError ? (cause.details.status ?? 0) : 0;
		this.inARow += 1;
		if (status < 500 || this.inARow >= MAX_IN_A_ROW) throw cause;
		// During an outage this fails too, and the run breaks off without losing the ticket.
		await this.transport({ method: 'GET', path: `/api/v2/tickets/${ticketId}.json` });
		this.found.push(ticketId);
	}
}

/** For the summary. */
export function brokenWarning(ticketIds: number[]): string {
	const named = ticketIds.slice(0, 20).join(', ');
	return `Zendesk could not give the comments of ${ticketIds.length === 1 ? 'ticket' : 'the tickets'} ${named}, however often it was asked; left out`;
}
