import type { Transport } from '../../http/types';
import type { Ticket } from '../types';

import { valueOf } from './cells';
import { type Extras, readAttachments, readTags } from './extras';
import { Journal, type JournalPage } from './journal';
import { articleTicket, type RecordParts, taskTicket } from './normalize';
import { TABLES } from './tables';
import type { RecordKind, Row, ServiceNowOptions } from './types';

/** Turns records into tickets: reads their comments, tags and names of attachments, a hundred records at a time. */
export class RecordReader {
	private readonly journal: Journal;

	constructor(
		private readonly transport: Transport,
		private readonly siteUrl: string,
		private readonly kind: RecordKind,
		private readonly options: ServiceNowOptions,
	) {
		this.journal = new Journal(transport, TABLES[kind].table);
	}

	async tickets(rows: Row[]): Promise<{ tickets: Ticket[]; warnings: string[] }> {
		if (rows.length === 0) return { tickets: [], warnings: [] };
		const ids = rows.map((row) => valueOf(row, 'sys_id'));
		const { journal, tags, attachments } = await this.partsOf(ids);
		const tickets = rows.map((row) => {
			const id = valueOf(row, 'sys_id');
			return this.ticket({
				row,
				entries: journal.entries.get(id),
				tags: tags?.texts.get(id),
				attachments: attachments?.texts.get(id),
			});
		});
		const warnings = [journal, tags, attachments].flatMap((part) => part?.warnings ?? []);
		return { tickets, warnings };
	}

	private ticket(parts: RecordParts): Ticket {
		const convert = this.kind === 'knowledgeArticle' ? articleTicket : taskTicket;
		return convert(this.siteUrl, TABLES[this.kind], parts, this.options);
	}

	private async partsOf(ids: string[]): Promise<{
		journal: JournalPage;
		tags?: Extras;
		attachments?: Extras;
	}> {
		const first = this.journalOf(ids);
		if (this.options.concurrency < 2) await first;
		const [journal, extras] = await Promise.all([first, this.extrasOf(ids)]);
		return { journal, ...extras };
	}

	/** Articles have no comments. */
	private async journalOf(ids: string[]): Promise<JournalPage> {
		if (this.kind === 'knowledgeArticle') return { entries: new Map(), warnings: [] };
		return await this.journal.read(ids);
	}

	private async extrasOf(ids: string[]): Promise<{ tags?: Extras; attachments?: Extras }> {
		const { includeTags, includeAttachments } = this.options;
		const { table } = TABLES[this.kind];
		return {
			tags: includeTags ? await readTags(this.transport, table, ids) : undefined,
			attachments: includeAttachments
				? await readAttachments(this.transport, table, ids)
				: undefined,
		};
	}
}
