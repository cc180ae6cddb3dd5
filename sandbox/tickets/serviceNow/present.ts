/** Records as the Table API shows them. */
import { type Column, type Database, type Stored, storedValue } from './tables';

export type DisplayMode = 'true' | 'false' | 'all';

export interface Presentation {
	mode: DisplayMode;
	/** All columns when absent. */
	columns?: string[];
	/** Hours by which the user's clock is ahead of UTC. */
	zoneHours: number;
	/** Without `link` beside references. */
	withoutLinks: boolean;
	url: string;
}

/** A record with the columns that were asked for; unknown ones are left out. */
export function presented(
	database: Database,
	table: string,
	row: Stored,
	presentation: Presentation,
): Record<string, unknown> {
	const names = presentation.columns ?? [...(database.get(table)?.columns.keys() ?? [])];
	const shown: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
	for (const name of names) {
		const found = storedValue(database, table, row, name);
		if (found) shown[name] = cell(database, found, presentation);
	}
	return shown;
}

type Found = NonNullable<ReturnType<typeof storedValue>>;

function cell(database: Database, found: Found, presentation: Presentation): unknown {
	const { value, column } = found;
	const { mode, withoutLinks, url } = presentation;
	const link =
		column.reference && value && !withoutLinks
			? `${url}/api/now/table/${column.reference}/${value}`
			: undefined;
	const display_value = displayed(database, found, presentation);
	if (mode === 'all') return { display_value, value, ...(link ? { link } : {}) };
	if (mode === 'true') return link ? { display_value, link } : display_value;
	return link ? { link, value } : value;
}

function displayed(
	database: Database,
	{ value, column, table, row }: Found,
	{ zoneHours }: Presentation,
): string {
	if (column.isJournal) return journalText(database, table, row, column, zoneHours);
	if (value === '') return '';
	if (column.isDate) return inZone(value, zoneHours);
	if (column.reference) {
		const target = database.get(column.reference)!;
		return target.rows.find(({ sys_id: id }) => id === value)?.[target.display] ?? '';
	}
	return column.choices?.[value] ?? value;
}

/** All entries in one text, the newest first, with names and times as the user sees them. */
function journalText(
	database: Database,
	table: string,
	row: Stored,
	column: Column,
	zoneHours: number,
): string {
	const element = [...database.get(table)!.columns].find(([, known]) => known === column)![0];
	const label = element === 'comments' ? 'Additional comments' : 'Work notes';
	const users = database.get('sys_user')?.rows ?? [];
	return (database.get('sys_journal_field')?.rows ?? [])
		.filter((entry) => entry.element_id === row.sys_id && entry.element === element)
		.sort((a, b) => (a.sys_created_on < b.sys_created_on ? 1 : -1))
		.map((entry) => {
			const user = users.find(({ user_name: name }) => name === entry.sys_created_by);
			const name = user?.name ?? entry.sys_created_by;
			return `${inZone(entry.sys_created_on, zoneHours)} - ${name} (${label})\n${entry.value}\n\n`;
		})
		.join('');
}

function inZone(stored: string, hours: number): string {
	const ms = Date.parse(`${stored.replace(' ', 'T')}Z`) + hours * 3_600_000;
	return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
