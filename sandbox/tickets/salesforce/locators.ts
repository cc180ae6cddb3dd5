/** Results that are handed out page by page. */
import { SalesforceRefusal } from './refusal';

/** What a page does that no page should. */
export type PagerFault = 'foreign' | 'repeat' | 'empty';

interface Rest {
	totalSize: number;
	rows: unknown[];
	from: number;
	size: number;
	touchedAt: number;
}

/** Minutes without use after which a locator ends. */
const LIFETIME_MS = 15 * 60_000;

export class Locators {
	private readonly rests = new Map<string, Rest>();

	private readonly faults = new Map<number, PagerFault>();

	private count = 0;

	private pages = 0;

	constructor(
		private readonly version: string,
		private readonly now: () => number,
	) {}

	/** The next pages of cases are counted from one again, and the given one goes wrong. */
	arm(page: number, fault: PagerFault): void {
		this.pages = 0;
		this.faults.set(page, fault);
	}

	/** Ends them all, as time would. */
	clear(): void {
		this.rests.clear();
	}

	/** @param isMain - counts for faults */
	first(rows: unknown[], size: number, isMain: boolean) {
		return this.page(
			{ totalSize: rows.length, rows, from: 0, size, touchedAt: this.now() },
			isMain,
		);
	}

	next(locator: string) {
		const rest = this.rests.get(locator);
		if (!rest || this.now() - rest.touchedAt > LIFETIME_MS) {
			throw new SalesforceRefusal(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
		}
		rest.touchedAt = this.now();
		return this.page(rest, true, locator);
	}

	private page(rest: Rest, isMain: boolean, own?: string) {
		const fault = isMain ? this.fault() : undefined;
		const { rows, size, totalSize } = rest;
		const end = fault === 'empty' ? rest.from : rest.from + size;
		const records = rows.slice(rest.from, end);
		if (end >= rows.length) return { totalSize, done: true, records };
		const locator = fault === 'repeat' && own ? own : this.keep({ ...rest, from: end });
		const path = `/services/data/${this.version}/query/${locator}`;
		const nextRecordsUrl = fault === 'foreign' ? `https://attacker.example${path}` : path;
		return { totalSize, done: false, nextRecordsUrl, records };
	}

	private fault(): PagerFault | undefined {
		this.pages++;
		const fault = this.faults.get(this.pages);
		this.faults.delete(this.pages);
		return fault;
	}

	private keep(rest: Rest): string {
		const locator = `01g5e${String(++this.count).padStart(10, '0')}AAA-${rest.from}`;
		this.rests.set(locator, { ...rest, touchedAt: this.now() });
		return locator;
	}
}
