/**
 * Comments and work notes. They stand in a table of their own, which a user may well not read; then there is the
 * text in which the record shows them all, with dates and names as that user sees them.
 */
import type { Transport } from '../../http/types';
import { parseJournal } from '../../text/journal';

import { ifAllowed, readAllRows, readRows } from './api';
import { displayOf, instantOf, valueOf } from './cells';
import { inOrder } from './query';
import type { JournalEntry, Row } from './types';

/** Ids a request; more would make the address too long for some proxies. */
const BATCH = 100;
const PAGE = 1_000;
const COLUMNS = ['sys_id', 'element_id', 'element', 'value', 'sys_created_by', 'sys_created_on'];
const ELEMENTS = ['comments', 'work_notes'] as const;

export const NO_JOURNAL =
	"Comments were read from the records' display texts, as the user of the credential may not read the table sys_journal_field: their authors are told apart by name instead of user name. docs/servicenow.md says how to allow it";
export const HIDDEN_JOURNAL =
	'Some comments or work notes are hidden from the user of the credential by access rules and are missing';

export interface JournalPage {
	/** By `sys_id` of the record, in order of time. */
	entries: Map<string, JournalEntry[]>;
	warnings: string[];
}

/** Reads the entries of records; remembers from one page to the next which way works. */
export class Journal {
	private way: 'journal' | 'display' | undefined;

	constructor(
		private readonly transport: Transport,
		private readonly table: string,
	) {}

	/** @throws ApiError for anything but a journal that may not be read */
	async read(ids: string[]): Promise<JournalPage> {
		const page: JournalPage = { entries: new Map(), warnings: [] };
		for (let start = 0; start < ids.length; start += BATCH) {
			const batch = ids.slice(start, start + BATCH);
			for (const entry of await this.entriesOf(batch, page.warnings)) {
				const own = page.entries.get(entry.recordId);
				if (own) own.push(entry);
				else page.entries.set(entry.recordId, [entry]);
			}
		}
		return page;
	}

	private async entriesOf(ids: string[], warnings: string[]): Promise<JournalEntry[]> {
		if (this.way !== 'display') {
			const found = await this.fromJournal(ids);
			if (found && (found.entries.length > 0 || this.way === 'journal')) {
				this.way = 'journal';
				if (found.isPartial) warnings.push(HIDDEN_JOURNAL);
				return found.entries;
			}
			// Nothing at all: either nobody ever wrote anything, or the rows are kept from this user without a word.
			const shown = await this.fromDisplay(ids);
			if (found && shown.length === 0) return [];
			this.way = 'display';
			warnings.push(NO_JOURNAL);
			return shown;
		}
		warnings.push(NO_JOURNAL);
		return await this.fromDisplay(ids);
	}

	/** Undefined when the table may not be read. */
	private async fromJournal(
		ids: string[],
	): Promise<{ entries: JournalEntry[]; isPartial: boolean } | undefined> {
		const condition = `nameIN${this.table},task^element_idIN${ids.join(',')}^elementIN${ELEMENTS.join(',')}`;
		const query = inOrder(condition, 'sys_created_on');
		const answer = await ifAllowed(
			async () =>
				await readAllRows(this.transport, {
					table: 'sys_journal_field',
					query,
					columns: COLUMNS,
					limit: PAGE,
				}),
		);
		if (!answer) return undefined;
		const entries = answer.rows.flatMap(journalEntry);
		const isPartial = answer.rows.length < answer.total;
		return isPartial && entries.length === 0 && this.way === undefined
			? undefined
			: { entries, isPartial };
	}

	private async fromDisplay(ids: string[]): Promise<JournalEntry[]> {
		const { rows } = await readRows(this.transport, {
			table: this.table,
			query: `sys_idIN${ids.join(',')}`,
			columns: ['sys_id', 'sys_created_on', ...ELEMENTS],
			limit: ids.length,
			display: 'all',
		});
		return rows.flatMap((row) => ELEMENTS.flatMap((element) => displayEntries(row, element)));
	}
}

function journalEntry(row: Row): JournalEntry[] {
	const element = valueOf(row, 'element');
	if (element !== 'comments' && element !== 'work_notes') return [];
	return [
		{
			id: valueOf(row, 'sys_id'),
			recordId: valueOf(row, 'element_id'),
			element,
			author: valueOf(row, 'sys_created_by'),
			createdAt: instantOf(valueOf(row, 'sys_created_on')),
			text: valueOf(row, 'value'),
		},
	];
}

/** The newest comes first in it; ids count from the oldest, so that they stay when one is added. */
function displayEntries(row: Row, element: (typeof ELEMENTS)[number]): JournalEntry[] {
	const recordId = valueOf(row, 'sys_id');
	const ahead = aheadOfUtc(row);
	return parseJournal(displayOf(row, element))
		.reverse()
		.map(({ createdAt, author, text }, index) => ({
			id: `${recordId}-${element}-${index + 1}`,
			recordId,
			element,
			author,
			createdAt: shifted(createdAt, ahead),
			text,
		}));
}

/** Milliseconds by which the user's clock is ahead, as one record shows the same moment on both. */
function aheadOfUtc(row: Row): number | undefined {
	const stored = instantOf(valueOf(row, 'sys_created_on'));
	const shown = instantOf(displayOf(row, 'sys_created_on'));
	return stored && shown ? Date.parse(shown) - Date.parse(stored) : undefined;
}

function shifted(shown: string, ahead: number | undefined): string | undefined {
	const instant = instantOf(shown.replace('T', ' ').replace(/(\.\d+)?Z$/, ''));
	if (!instant || ahead === undefined) return undefined;
	return new Date(Date.parse(instant) - ahead).toISOString();
}
