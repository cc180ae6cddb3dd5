/** What groups and ticket forms are called, asked for once and only where it says something. */
import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { nextCursor } from './paging';

export interface Named {
	id: number;
	name?: string;
	/** Of a view. */
	title?: string;
	active?: boolean;
}

const PAGE_SIZE = 100;
const MAX_PAGES = 20;

export class ZendeskNames {
	private groups?: Promise<Map<number, string>>;

	private forms?: Promise<Map<number, string>>;

	constructor(
		private readonly transport: Transport,
		private readonly site: string,
	) {}

	async read(): Promise<{ groups: Map<number, string>; forms: Map<number, string> }> {
		this.groups ??= this.namesOf('groups');
		this.forms ??= this.namesOf('ticket_forms');
		const [groups, forms] = await Promise.all([this.groups, this.forms]);
		// A form that all tickets have says nothing about any of them.
		return { groups, forms: forms.size > 1 ? forms : new Map() };
	}

	/** Forms are part of larger plans only; without the names tickets are no worse. */
	private async namesOf(list: 'groups' | 'ticket_forms'): Promise<Map<number, string>> {
		const names = await listNamed(this.transport, this.site, list).catch(emptyWhenRefused);
		return new Map(names.map(({ id, name }) => [id, name ?? String(id)]));
	}
}

/** All entries of one of the small lists that filters are picked from. */
export async function listNamed(
	transport: Transport,
	site: string,
	list: 'views' | 'groups' | 'brands' | 'ticket_forms',
): Promise<Named[]> {
	const path = `/api/v2/${list}.json`;
	const all = new Map<number, Named>();
	let cursor: string | undefined;
	for (let pages = 0; pages < MAX_PAGES; pages++) {
		const query = { 'page[size]': PAGE_SIZE, 'page[after]': cursor };
		const { data } = await transport<Record<string, unknown>>({ method: 'GET', path, query });
		const entries = data?.[list];
		for (const entry of Array.isArray(entries) ? (entries as Named[]) : []) {
			if (typeof entry?.id === 'number') all.set(entry.id, entry);
		}
		const next = nextCursor(data ?? {}, site, path);
		if (next === undefined || next === cursor) break;
		cursor = next;
	}
	return [...all.values()];
}

function emptyWhenRefused(error: unknown): Named[] {
	const status = error instanceof ApiError ? error.details.status : undefined;
	if (status === 403 || status === 404) return [];
	throw error;
}
