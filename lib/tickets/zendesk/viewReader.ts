/**
 * Tickets of a view, which people have put together in Zendesk:
 * https://developer.zendesk.com/api-reference/ticketing/business-rules/views/#list-tickets-from-a-view
 * Views do not hold archived tickets (closed for more than 120 days).
 */
import { SettingError } from '../../openai/settingError';
import type { Position, TicketPage, TicketReader } from '../types';
import { Conversations, pageSizeOf, type ZendeskSettings } from './conversations';
import { listOf, nextCursor, pagingError } from './paging';
import { misfit, numericId } from './query';
import { sum, tally } from './tally';
import type { ViewTicketsAnswer } from './types';

export class ViewReader implements TicketReader {
	readonly query: Record<string, unknown>;

	private readonly conversations: Conversations;

	private readonly path: string;

	private readonly cursors = new Set<string>();

	/** @throws SettingError when there is a filter that a view cannot honour. */
	constructor(private readonly settings: ZendeskSettings) {
		const { filters, site } = settings;
		if (filters.query?.trim()) {
			throw new SettingError(
				"'Query' and 'View' cannot be used together: a view has its own conditions",
				'Take one of the two out of the filters.',
				'Query',
			);
		}
		this.path = `/api/v2/views/${numericId(filters.viewId ?? '', 'View')}/tickets.json`;
		this.query = { system: 'zendesk', site, method: 'view', filters };
		this.conversations = new Conversations(settings);
	}

	async readPage(position: Position | undefined): Promise<TicketPage> {
		const cursor = typeof position?.cursor === 'string' ? position.cursor : undefined;
		const { data } = await this.settings.transport<ViewTicketsAnswer>({
			method: 'GET',
			path: this.path,
			query: { 'page[size]': pageSizeOf(this.settings), 'page[after]': cursor },
		});
		const sent = listOf(data?.tickets, this.path);
		const { kept, leftOut } = tally(sent, (ticket) => misfit(ticket, this.settings.filters));
		const read = await this.conversations.tickets(kept);
		return { ...read, leftOut: sum(leftOut, read.leftOut), next: this.next(data ?? {}) };
	}

	private next(answer: ViewTicketsAnswer): Position | undefined {
		const cursor = nextCursor(answer, this.settings.site, this.path);
		if (cursor === undefined) return undefined;
		if (this.cursors.has(cursor)) throw pagingError(this.path, 'sent the same page twice');
		this.cursors.add(cursor);
		return { cursor };
	}
}
