import { createHash } from 'node:crypto';

/** Stored values by column. A reference holds the `sys_id` of a record of another table. */
export type Stored = Record<string, string>;

export interface Column {
	/** Table that a reference leads to. */
	reference?: string;
	/** What people see for a stored value. */
	choices?: Record<string, string>;
	/** A moment, stored as UTC and shown in the user's zone. */
	isDate?: boolean;
	/** Comments and work notes: nothing is stored in the record itself. */
	isJournal?: boolean;
}

export interface Table {
	columns: Map<string, Column>;
	/** Column that stands for a record where it is referred to. */
	display: string;
	rows: Stored[];
}

/** An instance's tables by name. */
export type Database = Map<string, Table>;

/** 32 hexadecimal digits, the same every time. */
export function sysId(table: string, name: string): string {
	return createHash('md5').update(`${table}/${name}`).digest('hex');
}

/** `2026-01-02 10:00:00`, UTC. */
export function storedDate(moment: string): string {
	return new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
}

export function table(columns: Record<string, Column>, display: string, rows: Stored[]): Table {
	const system = {
		sys_id: {},
		sys_created_on: { isDate: true },
		sys_updated_on: { isDate: true },
		sys_created_by: {},
	};
	return { columns: new Map(Object.entries({ ...system, ...columns })), display, rows };
}

/** The value of a column, also of one that is reached through references: `caller_id.user_name`. */
export function storedValue(
	database: Database,
	name: string,
	row: Stored,
	path: string,
): { value: string; column: Column; table: string; row: Stored } | undefined {
	const [first, ...rest] = path.split('.');
	const column = database.get(name)?.columns.get(first);
	if (!column) return undefined;
	const value = row[first] ?? '';
	if (rest.length === 0) return { value, column, table: name, row };
	const target = column.reference && database.get(column.reference);
	if (!column.reference || !target) return undefined;
	const referred = target.rows.find(({ sys_id: id }) => id === value);
	return storedValue(database, column.reference, referred ?? {}, rest.join('.'));
}
