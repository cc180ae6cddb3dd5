/** People by id, asked for once: https://developer.zendesk.com/api-reference/ticketing/users/users/#show-many-users */
import type { Transport } from '../../http/types';
import type { ZendeskUser } from './types';

const PATH = '/api/v2/users/show_many.json';
const PER_REQUEST = 100;
/** Kept at a time; a person costs about 200 bytes. */
const MAX_KEPT = 50_000;

export class ZendeskUsers {
	private readonly known = new Map<number, ZendeskUser>();

	/** Asked for and not there: deleted for good. */
	private readonly missing = new Set<number>();

	constructor(private readonly transport: Transport) {}

	add(users: ZendeskUser[] | undefined): void {
		if (this.known.size > MAX_KEPT) this.known.clear();
		for (const user of Array.isArray(users) ? users : []) {
			if (typeof user?.id === 'number') this.known.set(user.id, user);
		}
	}

	/** Those of `ids` that exist, asking for the ones not yet known. */
	async get(ids: Iterable<number | null | undefined>): Promise<Map<number, ZendeskUser>> {
		const wanted = [...new Set(ids)].filter((id) => typeof id === 'number' && id > 0) as number[];
		const unknown = wanted.filter((id) => !this.known.has(id) && !this.missing.has(id));
		for (let start = 0; start < unknown.length; start += PER_REQUEST) {
			await this.ask(unknown.slice(start, start + PER_REQUEST));
		}
		const found = new Map<number, ZendeskUser>();
		for (const id of wanted) {
			const user = this.known.get(id);
			if (user) found.set(id, user);
		}
		return found;
	}

	private async ask(ids: number[]): Promise<void> {
		const { data } = await this.transport<{ users?: ZendeskUser[] }>({
			method: 'GET',
			path: PATH,
			query: { ids: ids.join(',') },
		});
		this.add(data?.users);
		for (const id of ids) if (!this.known.has(id)) this.missing.add(id);
	}
}
