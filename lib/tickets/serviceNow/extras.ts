/** What hangs on records in other tables: labels and the names of attached files. */
import type { Transport } from '../../http/types';
import { SettingError } from '../../openai/settingError';

import { ifAllowed, readAllRows } from './api';
import { valueOf } from './cells';
import { inList, inOrder } from './query';
import type { Row } from './types';

const BATCH = 100;
const PAGE = 1_000;

export interface Extras {
	/** Texts by `sys_id` of the record. */
	texts: Map<string, string[]>;
	warnings: string[];
}

/** The labels ("tags") on records; a user sees those that are shared with it. */
export async function readTags(
	transport: Transport,
	table: string,
	ids: string[],
): Promise<Extras> {
	return await readExtras(transport, ids, {
		table: 'label_entry',
		condition: (batch) => `table=${table}^table_keyIN${batch}`,
		record: 'table_key',
		text: 'label.name',
		missing: 'Tags are missing, as the user of the credential may not read the table label_entry',
	});
}

/** The names of files attached to records. */
export async function readAttachments(
	transport: Transport,
	table: string,
	ids: string[],
): Promise<Extras> {
	return await readExtras(transport, ids, {
		table: 'sys_attachment',
		condition: (batch) => `table_name=${table}^table_sys_idIN${batch}`,
		record: 'table_sys_id',
		text: 'file_name',
		missing:
			'Names of attachments are missing, as the user of the credential may not read the table sys_attachment',
	});
}

/**
 * The sys_ids of labels by name.
 *
 * @throws SettingError when there is none: a condition without labels would bring every record
 */
export async function labelIds(transport: Transport, names: string[]): Promise<string[]> {
	const { rows } = await readAllRows(transport, {
		table: 'label',
		query: inOrder(inList('name', names, 'Tags'), 'sys_created_on'),
		columns: ['sys_id', 'name'],
		limit: PAGE,
	});
	const wanted = new Set(names.map((name) => name.toLowerCase()));
	const found = rows.filter((row) => wanted.has(valueOf(row, 'name').toLowerCase()));
	if (found.length > 0) return found.map((row) => valueOf(row, 'sys_id'));
	throw new SettingError(
		`The instance has no tag ${names.map((name) => `'${name}'`).join(' or ')}`,
		"Enter tags as ServiceNow shows them. The user of the credential sees global tags and those that are shared with it, not other users' own.",
	);
}

interface Source {
	table: string;
	condition: (ids: string) => string;
	/** Column with the record's `sys_id`. */
	record: string;
	text: string;
	/** For the user, when the table may not be read. */
	missing: string;
}

async function readExtras(transport: Transport, ids: string[], source: Source): Promise<Extras> {
	const texts = new Map<string, string[]>();
	for (let start = 0; start < ids.length; start += BATCH) {
		const batch = ids.slice(start, start + BATCH).join(',');
		const rows = await rowsOf(transport, batch, source);
		if (!rows) return { texts, warnings: [source.missing] };
		for (const row of rows) {
			const [id, text] = [valueOf(row, source.record), valueOf(row, source.text)];
			if (text !== '') texts.set(id, [...(texts.get(id) ?? []), text]);
		}
	}
	return { texts, warnings: [] };
}

async function rowsOf(
	transport: Transport,
	ids: string,
	{ table, condition, record, text }: Source,
): Promise<Row[] | undefined> {
	const answer = await ifAllowed(
		async () =>
			await readAllRows(transport, {
				table,
				query: inOrder(condition(ids), 'sys_created_on'),
				columns: ['sys_id', record, text],
				limit: PAGE,
			}),
	);
	return answer?.rows;
}
