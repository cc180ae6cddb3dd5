/** From page to page of a query of cases. */
import { ApiError } from '../../http/errors';
import type { Position, TicketPage } from '../types';

import type { CaseSource, CaseSourceQuery } from './caseSource';
import type { Page } from './client';
import type { CaseOrder, Keyset } from './query';
import type { CaseRecord } from './types';

const MAX_EMPTY_PAGES = 1_000;

/**
 * Follows Salesforce's own locators within a run. Positions name the last case read instead: locators end after
 * minutes without use, and never show what came after the query.
 */
export class CasePager {
	private readonly locators = new Map<string, string>();

	private readonly followed = new Set<string>();

	constructor(
		private readonly source: CaseSource,
		private readonly query: CaseSourceQuery,
	) {}

	async read(position: Position | undefined): Promise<TicketPage> {
		const after = keysetOf(position);
		const warnings = new Set<string>();
		const page = await this.page(after);
		const records = page.records.filter((record) => typeof record?.Id === 'string');
		const tickets = await this.source.tickets(records, (sentence) => warnings.add(sentence));
		const last = records.at(-1);
		const next = this.nextAfter(page, last);
		return {
			tickets,
			...(next ? { next: { after: next } } : { end: { after: this.keysetOf(last) ?? after } }),
			...(warnings.size > 0 ? { warnings: [...warnings] } : {}),
		};
	}

	/** The page behind a case; never an empty one while there is more. */
	private async page(after: Keyset | undefined): Promise<Page<CaseRecord>> {
		const locator = this.locators.get(placeOf(after));
		const followed = locator === undefined ? undefined : await this.follow(locator, after);
		if (followed) return followed;
		const page = await this.source.firstPage(this.query, after);
		if (page.records.length > 0 || page.next === undefined) return page;
		const filled = await this.follow(page.next, after);
		if (filled === undefined) throw nowhere();
		return filled;
	}

	/**
	 * The first page with cases from a locator on. Undefined where the locator has ended, repeats itself or brings
	 * the same cases again: the query is then asked anew behind the last case.
	 */
	private async follow(
		locator: string,
		after: Keyset | undefined,
	): Promise<Page<CaseRecord> | undefined> {
		let next = locator;
		for (let empty = 0; empty < MAX_EMPTY_PAGES && !this.followed.has(next); empty++) {
			this.followed.add(next);
			const page = await this.nextPage(next);
			const last = page?.records.at(-1);
			if (last) return last.Id === after?.id ? undefined : page;
			if (page?.next === undefined) return page;
			next = page.next;
		}
		return undefined;
	}

	private async nextPage(locator: string): Promise<Page<CaseRecord> | undefined> {
		try {
			return await this.source.nextPage(locator);
		} catch (cause) {
			return unlessEnded(cause);
		}
	}

	private nextAfter(page: Page<CaseRecord>, last: CaseRecord | undefined): Keyset | undefined {
		const isCut = this.query.limit !== undefined && page.records.length >= this.query.limit;
		if (last === undefined || (page.next === undefined && !isCut)) return undefined;
		const next = this.keysetOf(last);
		if (next === undefined) throw noMoment(this.query.order);
		if (page.next !== undefined) this.locators.set(placeOf(next), page.next);
		return next;
	}

	private keysetOf(last: CaseRecord | undefined): Keyset | undefined {
		const at = last?.[this.query.order];
		return last && typeof at === 'string' ? { at, id: last.Id } : undefined;
	}
}

/** https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_querymore.htm */
function unlessEnded(cause: unknown): undefined {
	const { code, status } = cause instanceof ApiError ? cause.details : {};
	if (code === 'INVALID_QUERY_LOCATOR' || status === 404) return undefined;
	throw cause;
}

function placeOf(after: Keyset | undefined): string {
	return after ? `${after.at} ${after.id}` : '';
}

/** What a cursor from elsewhere holds is checked like any input; the values go into SOQL escaped. */
function keysetOf(position: Position | undefined): Keyset | undefined {
	const { at, id } = (position?.after ?? {}) as { at?: unknown; id?: unknown };
	return typeof at === 'string' && typeof id === 'string' ? { at, id } : undefined;
}

function nowhere(): ApiError {
	return new ApiError('Salesforce sent an empty page whose next one cannot be read', {
		code: 'invalid_list',
		explanation: {
			message: 'Salesforce sent only empty pages, although it says that there are more cases',
			description: 'Run again with the cursor. If it stays, narrow the filters by dates.',
			cause: 'temporarily-unavailable',
		},
	});
}

function noMoment(order: CaseOrder): ApiError {
	return new ApiError(`A case came without ${order}`, {
		code: 'invalid_list',
		explanation: {
			message: `Salesforce sent a case without ${order}, by which cases are read`,
			description: `Let the user of the credential see the field ${order} of cases.`,
			cause: 'configuration-invalid',
		},
	});
}
