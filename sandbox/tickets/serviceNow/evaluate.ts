/** Encoded queries as an instance reads them: what it does not understand, it leaves out without a word. */
import { type Database, type Stored, storedValue } from './tables';

export interface Evaluation {
	rows: Stored[];
	/** Conditions that had no effect. */
	ignored: string[];
}

type Test = (row: Stored) => boolean;

/** Longest first, so that `>=` is not read as `>`. */
const OPERATORS = [
	'ISNOTEMPTY',
	'ISEMPTY',
	'STARTSWITH',
	'ENDSWITH',
	'NOT LIKE',
	'NOT IN',
	'NOTLIKE',
	'LIKE',
	'IN',
	'>=',
	'<=',
	'!=',
	'=',
	'>',
	'<',
];

/** The records of a query in its order. */
export function evaluate(database: Database, table: string, query: string): Evaluation {
	const ignored: string[] = [];
	const orders: Array<{ column: string; descending: boolean }> = [];
	const alternatives: Test[][][] = [[]];
	for (const token of query.split(/(?<!\^)\^(?!\^)/)) {
		if (token === '' || token === 'EQ') continue;
		const order = /^ORDERBY(DESC)?(.+)$/.exec(token);
		if (order) {
			orders.push({ column: order[2], descending: Boolean(order[1]) });
			continue;
		}
		const isNew = token.startsWith('NQ');
		if (isNew) alternatives.push([]);
		const isOr = token.startsWith('OR');
		const condition = isNew || isOr ? token.slice(2) : token;
		const test = testOf(database, table, condition);
		if (!test) ignored.push(condition);
		const groups = alternatives.at(-1)!;
		if (isOr && groups.length > 0) groups.at(-1)!.push(...(test ? [test] : []));
		else groups.push(test ? [test] : []);
	}
	const rows = (database.get(table)?.rows ?? []).filter((row) =>
		alternatives.some((groups) =>
			groups.every((tests) => tests.length === 0 || tests.some((test) => test(row))),
		),
	);
	return { rows: sorted(rows, orders), ignored };
}

function testOf(database: Database, table: string, condition: string): Test | undefined {
	const column = /^[a-z_][a-z0-9_.]*/.exec(condition)?.[0];
	if (!column) return undefined;
	const rest = condition.slice(column.length);
	if (column.startsWith('sys_tags.')) return (row) => hasLabel(database, row, rest.slice(1));
	const operator = OPERATORS.find((name) => rest.startsWith(name));
	if (!operator || !storedValue(database, table, {}, column)) return undefined;
	const operand = rest.slice(operator.length).replaceAll('^^', '^');
	return (row) => holds(storedValue(database, table, row, column)?.value ?? '', operator, operand);
}

function holds(stored: string, operator: string, operand: string): boolean {
	const [value, wanted] = [stored.toLowerCase(), operand.toLowerCase()];
	switch (operator) {
		case '=':
			return value === wanted;
		case '!=':
			return value !== wanted;
		case 'IN':
			return wanted.split(',').includes(value);
		case 'NOT IN':
			return !wanted.split(',').includes(value);
		case 'LIKE':
			return value.includes(wanted);
		case 'NOT LIKE':
		case 'NOTLIKE':
			return !value.includes(wanted);
		case 'STARTSWITH':
			return value.startsWith(wanted);
		case 'ENDSWITH':
			return value.endsWith(wanted);
		case 'ISEMPTY':
			return value === '';
		case 'ISNOTEMPTY':
			return value !== '';
		case '>=':
			return value >= wanted;
		case '<=':
			return value <= wanted;
		case '>':
			return value > wanted;
		default:
			return value < wanted;
	}
}

function hasLabel(database: Database, row: Stored, label: string): boolean {
	const entries = database.get('label_entry')?.rows ?? [];
	return entries.some((entry) => entry.table_key === row.sys_id && entry.label === label);
}

function sorted(rows: Stored[], orders: Array<{ column: string; descending: boolean }>): Stored[] {
	return [...rows].sort((a, b) => {
		for (const { column, descending } of orders) {
			const [x, y] = [a[column] ?? '', b[column] ?? ''];
			if (x !== y) return x < y === descending ? 1 : -1;
		}
		return 0;
	});
}
