/** What the "From List" fields of the filters offer. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { listNamed, type Named } from '../../lib/tickets/zendesk/names';
import { toNodeError } from '../shared/errors';

import { connect } from './connection';

type ListName = Parameters<typeof listNamed>[2];

export const searchViews = search('views');
export const searchGroups = search('groups');
export const searchBrands = search('brands');
export const searchForms = search('ticket_forms');

function search(list: ListName) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		try {
			const { transport, site } = await connect(this);
			return { results: matching(await listNamed(transport, site, list), filter) };
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}

function matching(entries: Named[], filter = ''): INodeListSearchResult['results'] {
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	return entries
		.map(({ id, name, title, active }) => ({
			name: `${title ?? name ?? id}${active === false ? ' (inactive)' : ''}`,
			value: String(id),
		}))
		.filter(({ name, value }) => {
			const text = `${name} ${value}`.toLowerCase();
			return words.every((word) => text.includes(word));
		})
		.sort((a, b) => a.name.localeCompare(b.name));
}
