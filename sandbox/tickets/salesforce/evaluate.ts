/** Answers a parsed query from the tables, as rows in Salesforce's JSON. */
import type { Condition, Literal, Moment, Select } from './parse';
import { malformed, SalesforceRefusal } from './refusal';
import { type FieldSchema, SCHEMA } from './schema';

export type Row = Record<string, string | boolean | null>;
export type Tables = Map<string, Row[]>;

export interface Evaluated {
	/** In the order asked for. */
	rows: Row[];
	/** One row as it is sent; subqueries as lists that the caller pages. */
	render: (row: Row) => Record<string, unknown>;
}

export class Evaluator {
	private readonly byId = new Map<string, Row>();

	private readonly byParent = new Map<string, Row[]>();

	constructor(
		private readonly tables: Tables,
		private readonly version: string,
	) {
		for (const [object, rows] of tables) {
			for (const row of rows) {
				this.byId.set(String(row.Id), row);
				for (const [field, { to }] of Object.entries(SCHEMA[object].fields)) {
					if (!to || !row[field]) continue;
					const place = `${object} ${field} ${row[field] as string}`;
					const list = this.byParent.get(place);
					if (list) list.push(row);
					else this.byParent.set(place, [row]);
				}
			}
		}
	}

	/** @param page - makes a sent list of the rows of a subquery */
	run(select: Select, page: (rows: unknown[]) => unknown): Evaluated {
		const { from } = select;
		if (!Object.hasOwn(SCHEMA, from)) throw noType(from);
		this.check(select, from);
		const rows = (this.tables.get(from) ?? []).filter((row) => this.holds(select.where, from, row));
		const sorted = this.sorted(rows, select, from).slice(0, select.limit);
		return { rows: sorted, render: (row) => this.render(row, select, from, page) };
	}

	private check({ fields, orderBy, where, isCount, subqueries }: Select, object: string): void {
		if (isCount && (fields.length > 0 || orderBy.length > 0)) {
			throw malformed('Grouped query with COUNT() may not select or order');
		}
		for (const path of [...fields, ...orderBy]) this.fieldOf(object, path);
		if (where) this.checkCondition(where, object);
		for (const { from } of subqueries) {
			if (!Object.hasOwn(SCHEMA[object].children, from)) {
				throw new SalesforceRefusal(
					400,
					'INVALID_TYPE',
					`Didn't understand relationship '${from}' in FROM part of query call.`,
				);
			}
		}
	}

	private checkCondition(condition: Condition, object: string): void {
		if (condition.kind === 'and' || condition.kind === 'or') {
			for (const part of condition.parts) this.checkCondition(part, object);
		} else if (condition.kind === 'not') this.checkCondition(condition.part, object);
		else {
			const field = this.fieldOf(object, condition.field);
			if (field.unfilterable) {
				throw new SalesforceRefusal(
					400,
					'INVALID_FIELD',
					`field '${condition.field}' can not be filtered in a query call`,
				);
			}
			const values = condition.kind === 'in' ? condition.values : [condition.value];
			for (const value of values) checkType(condition.field, field, value);
		}
	}

	private fieldOf(object: string, path: string): FieldSchema {
		const [first, second, ...more] = path.split('.');
		if (second === undefined) {
			const field = Object.hasOwn(SCHEMA[object].fields, first) && SCHEMA[object].fields[first];
			if (!field) throw noColumn(first, object);
			return field;
		}
		const to = SCHEMA[object].fields[`${first}Id`]?.to;
		if (!to || more.length > 0) {
			throw new SalesforceRefusal(
				400,
				'INVALID_FIELD',
				`Didn't understand relationship '${first}' in field path.`,
			);
		}
		return this.fieldOf(to, second);
	}

	private valueOf(row: Row, path: string): Row[string] {
		const [first, second] = path.split('.');
		if (second === undefined) return row[first] ?? null;
		return this.byId.get(String(row[`${first}Id`]))?.[second] ?? null;
	}

	private holds(condition: Condition | undefined, object: string, row: Row): boolean {
		if (!condition) return true;
		if (condition.kind === 'and')
			return condition.parts.every((part) => this.holds(part, object, row));
		if (condition.kind === 'or')
			return condition.parts.some((part) => this.holds(part, object, row));
		if (condition.kind === 'not') return !this.holds(condition.part, object, row);
		const { type } = this.fieldOf(object, condition.field);
		const value = comparable(this.valueOf(row, condition.field), type);
		if (condition.kind === 'in') {
			const isIn = condition.values.some((each) => equal(value, plain(each)));
			return condition.negated ? !isIn : isIn;
		}
		return compare(value, condition.operator, plain(condition.value));
	}

	private sorted(rows: Row[], { orderBy }: Select, object: string): Row[] {
		const types = orderBy.map((path) => this.fieldOf(object, path).type);
		return [...rows].sort((a, b) => {
			for (const [index, path] of orderBy.entries()) {
				const x = comparable(this.valueOf(a, path), types[index]) ?? '';
				const y = comparable(this.valueOf(b, path), types[index]) ?? '';
				if (x !== y) return x < y ? -1 : 1;
			}
			return 0;
		});
	}

	private render(
		row: Row,
		select: Select,
		object: string,
		page: (rows: unknown[]) => unknown,
	): Record<string, unknown> {
		const sent: Record<string, unknown> = { attributes: this.attributes(object, String(row.Id)) };
		for (const path of select.fields) {
			const [first, second] = path.split('.');
			if (second === undefined) {
				sent[first] = row[first] ?? null;
				continue;
			}
			const to = SCHEMA[object].fields[`${first}Id`].to!;
			const target = this.byId.get(String(row[`${first}Id`]));
			if (!target) sent[first] = null;
			else {
				const known = (sent[first] as object) ?? {
					attributes: this.attributes(to, String(target.Id)),
				};
				sent[first] = { ...known, [second]: target[second] ?? null };
			}
		}
		for (const subquery of select.subqueries) {
			const { object: child, field } = SCHEMA[object].children[subquery.from];
			const rows = this.byParent.get(`${child} ${field} ${row.Id as string}`) ?? [];
			const sorted = this.sorted(rows, subquery, child);
			sent[subquery.from] = page(sorted.map((each) => this.render(each, subquery, child, page)));
		}
		return sent;
	}

	private attributes(type: string, id: string) {
		return { type, url: `/services/data/${this.version}/sobjects/${type}/${id}` };
	}
}

type Plain = string | number | boolean | null;

function comparable(value: Row[string], type: FieldSchema['type']): Plain {
	return type === 'datetime' && typeof value === 'string' ? Date.parse(isoOf(value)) : value;
}

function isoOf(value: string): string {
	return value.replace(/\+0000$/, 'Z');
}

function plain(value: Literal): Plain {
	return typeof value === 'object' && value !== null ? (value as Moment).at : value;
}

/** Texts are compared without regard to case, ids by their 15 characters that tell it apart. */
function equal(a: Plain, b: Plain): boolean {
	if (typeof a !== 'string' || typeof b !== 'string') return a === b;
	if (ID.test(a) && ID.test(b)) return a.slice(0, 15) === b.slice(0, 15);
	return a.toLowerCase() === b.toLowerCase();
}

const ID = /^(?=.*\d)[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/;

function compare(a: Plain, operator: string, b: Plain): boolean {
	if (operator === '=') return equal(a, b);
	if (operator === '!=') return !equal(a, b);
	if (a === null || b === null) return false;
	if (operator === 'LIKE') return like(String(a).toLowerCase(), String(b).toLowerCase());
	if (operator === '<') return a < b;
	if (operator === '<=') return a <= b;
	return operator === '>' ? a > b : a >= b;
}

function like(value: string, pattern: string): boolean {
	const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`^${escaped.replace(/%/g, '.*').replace(/_/g, '.')}$`, 's').test(value);
}

function checkType(name: string, { type }: FieldSchema, value: Literal): void {
	const isMoment = typeof value === 'object' && value !== null;
	if (type === 'datetime' ? !isMoment && value !== null : isMoment) {
		throw new SalesforceRefusal(
			400,
			'INVALID_FIELD',
			`value of filter criterion for field '${name}' must be of type ${type === 'datetime' ? 'dateTime and should not be enclosed in quotes' : type}`,
		);
	}
}

function noColumn(name: string, object: string): SalesforceRefusal {
	return new SalesforceRefusal(
		400,
		'INVALID_FIELD',
		`\nSELECT ${name} FROM ${object}\n       ^\nERROR at Row:1:Column:8\nNo such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
	);
}

function noType(object: string): SalesforceRefusal {
	return new SalesforceRefusal(400, 'INVALID_TYPE', `sObject type '${object}' is not supported.`);
}
