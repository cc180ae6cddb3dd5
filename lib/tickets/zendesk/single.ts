/** One ticket by its number, and how many a query has. */
import type { ApiError } from '../../http/errors';
import { SettingError } from '../../openai/settingError';
import type { Ticket, TicketCount } from '../types';
import { Conversations, metricSets, type ZendeskSettings } from './conversations';
import { numericId, searchQuery } from './query';
import type { ZendeskMetricSet, ZendeskTicket } from './types';

/** Zendesk counts large views in the background. */
const MAX_COUNTS = 4;
const COUNT_PAUSE_MS = 3_000;

/**
 * https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#show-ticket
 *
 * @param id - `123`, `#123` or the address of the ticket's page
 */
export async function getZendeskTicket(settings: ZendeskSettings, id: string): Promise<Ticket> {
	const number = ticketNumber(id, settings.site);
	const { data } = await settings.transport<{
		ticket?: ZendeskTicket & { metric_set?: ZendeskMetricSet };
		metric_sets?: ZendeskMetricSet[];
	}>({
		method: 'GET',
		path: `/api/v2/tickets/${number}.json`,
		query: { include: 'metric_sets' },
	});
	const record = data?.ticket;
	if (typeof record?.id !== 'number') throw notFound(number);
	const { metric_set: _set, ...ticket } = record;
	const metrics = metricSets({ tickets: [record], metric_sets: data.metric_sets });
	const { tickets } = await new Conversations(settings).tickets([ticket], metrics, false);
	if (tickets.length === 0) throw notFound(number);
	return tickets[0];
}

/** What reading all of it would bring, before tickets without an answer are left out. */
export async function countZendeskTickets(settings: ZendeskSettings): Promise<TicketCount> {
	const { filters, transport } = settings;
	if (filters.viewId) return await countView(settings, filters.viewId);
	const { data } = await transport<{ count?: number }>({
		method: 'GET',
		path: '/api/v2/search/count.json',
		query: { query: `type:ticket ${searchQuery(filters)}`.trim() },
	});
	// A search takes tickets with any of several tags, the reading those with all of them.
	return { count: Number(data?.count ?? 0), exact: filters.tags.length < 2 };
}

/** https://developer.zendesk.com/api-reference/ticketing/business-rules/views/#count-tickets-in-view */
async function countView(
	{ transport, surroundings }: ZendeskSettings,
	viewId: string,
): Promise<TicketCount> {
	const path = `/api/v2/views/${numericId(viewId, 'View')}/count.json`;
	for (let tries = 1; ; tries++) {
		const { data } = await transport<{ view_count?: { value?: number | null } }>({
			method: 'GET',
			path,
		});
		const value = data?.view_count?.value;
		if (typeof value === 'number') return { count: value, exact: false };
		if (tries >= MAX_COUNTS) break;
		await surroundings.sleep(COUNT_PAUSE_MS);
	}
	throw new SettingError(
		'Zendesk has not finished counting the tickets of this view',
		'Large views are counted in the background. Try again in a minute.',
		'View',
	);
}

function ticketNumber(id: string, site: string): string {
	const typed = id.trim();
	if (URL.canParse(typed) && new URL(typed).origin !== new URL(site).origin) {
		throw new SettingError(
			`'Ticket' is on another site (${new URL(typed).host}) than the credential`,
			'Enter the number of the ticket, or pick the credential of that site.',
			'Ticket',
		);
	}
	const linked = /\/(?:agent\/)?(?:tickets|requests)\/(\d{1,20})\b/.exec(typed.slice(0, 500))?.[1];
	return numericId(linked ?? typed.replace(/^#/, ''), 'Ticket');
}

function notFound(id: string): ApiError | SettingError {
	return new SettingError(
		`Zendesk has no ticket ${id}`,
		'Check the number, and that the user of the credential may see the ticket.',
		'Ticket',
	);
}
