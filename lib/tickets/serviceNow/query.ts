/**
 * Encoded queries, https://www.servicenow.com/docs/bundle/zurich-platform-user-interface/page/use/using-lists/concept/c_EncodedQueryStrings.html
 * `^` joins conditions, `^OR` belongs to the condition before it, `^NQ` begins another query of which the records are
 * taken as well.
 */
import { SettingError } from '../../openai/settingError';

import { storedDate } from './cells';
import type { TableDefinition } from './tables';
import type { ServiceNowFilters } from './types';

/** Conditions that all must hold, for each of the queries that `^NQ` joins. */
export interface Query {
	alternatives: string[];
	conditions: string[];
	/** Columns that the user's own query names, without those of related lists. */
	named: string[];
	/** Values of the state column that records must have; all when absent. */
	states?: string[];
}

/** Where a page begins: at the record with this date and id. */
export interface Anchor {
	at: string;
	id: string;
}

const MAX_QUERY_CHARS = 6_000;

/**
 * The conditions of all filters.
 *
 * @param labels - sys_ids of the labels that `filters.tags` names
 * @throws SettingError for a value that would end the condition it stands in
 */
export function queryOf(
	table: TableDefinition,
	filters: ServiceNowFilters,
	labels: string[] = [],
): Query {
	const { alternatives, named } = parseEncodedQuery(filters.encodedQuery ?? '');
	const states = statesOf(table, filters, named);
	const { createdAfter, createdBefore, updatedAfter } = filters;
	const conditions = [
		states && inList(table.stateColumn, states, 'States'),
		filters.categories?.length &&
			inList(table.categoryColumn ?? 'category', filters.categories, 'Category'),
		filters.assignmentGroups?.length && groupCondition(filters.assignmentGroups),
		labels.map((id) => `sys_tags.${id}=${id}`).join('^OR'),
		createdAfter !== undefined && `sys_created_on>=${storedDate(createdAfter)}`,
		createdBefore !== undefined && `sys_created_on<${storedDate(createdBefore)}`,
		updatedAfter !== undefined && `sys_updated_on>=${storedDate(updatedAfter)}`,
	];
	return {
		alternatives,
		named,
		states,
		conditions: conditions.filter(
			(condition): condition is string => typeof condition === 'string' && condition !== '',
		),
	};
}

/** The text of a query, with further conditions for each of its alternatives. */
export function encode({ alternatives, conditions }: Query, more: string[] = []): string {
	return alternatives
		.map((own) => [own, ...conditions, ...more].filter((part) => part !== '').join('^'))
		.join('^NQ');
}

/** In an order that does not change while pages are read: without one ServiceNow loses and repeats records. */
export function inOrder(query: string, column: string): string {
	return `${query}${query === '' ? '' : '^'}ORDERBY${column}^ORDERBYsys_id`;
}

/**
 * From a record on, itself included. "Later, or at the same time with a higher id" has to be written without
 * brackets, which encoded queries do not have.
 */
export function from(column: string, { at, id }: Anchor): string[] {
	return [`${column}>=${at}`, `${column}>${at}^ORsys_id>=${id}`];
}

/** `column=a` or `columnINa,b`, for values that are checked already. */
export function inList(column: string, values: string[], setting: string): string {
	const safe = values.map((value) => guarded(value, setting));
	return safe.length === 1 ? `${column}=${safe[0]}` : `${column}IN${safe.join(',')}`;
}

/**
 * A value that stays within its condition.
 *
 * @throws SettingError for `^` and line ends, which end it, and for scripts, which the instance would run
 */
export function guarded(value: string, setting: string): string {
	if (!/[\^\r\n]/.test(value) && !/^\s*javascript:/i.test(value)) return value;
	throw new SettingError(
		`'${setting}' has a value that cannot stand in a query: ${value.slice(0, 80)}`,
		`Leave out '^', line breaks and 'javascript:'. Whole conditions belong into 'Encoded Query'.`,
	);
}

/** Splits a user's query into its alternatives, and takes out what would disturb paging: its own order and grouping. */
export function parseEncodedQuery(typed: string): Pick<Query, 'alternatives' | 'named'> {
	const text = typed.trim();
	if (text.length > MAX_QUERY_CHARS) {
		throw new SettingError(
			`'Encoded Query' is longer than ${MAX_QUERY_CHARS} characters`,
			'Shorten it: a long list of values can be replaced by a condition on what they have in common.',
		);
	}
	if (/[\r\n]/.test(text)) {
		throw new SettingError(
			"'Encoded Query' has a line break in it",
			"Write it in one line, as 'Copy query' of a ServiceNow list gives it.",
		);
	}
	const alternatives: string[][] = [[]];
	const named = new Set<string>();
	let related = false;
	for (const token of tokensOf(text)) {
		if (/^(ORDERBY|GROUPBY)/.test(token) || token === 'EQ' || token === '') continue;
		const isNew = token.startsWith('NQ');
		if (isNew) alternatives.push([]);
		const condition = isNew ? token.slice(2) : token;
		if (condition !== '') alternatives.at(-1)!.push(condition);
		related = /^(RLQUERY|SUBQUERY)/.test(condition) || related;
		const column = related ? undefined : columnOf(condition);
		if (column) named.add(column);
		if (/^END(RLQUERY|SUBQUERY)/.test(condition)) related = false;
	}
	const parts = alternatives.map((tokens) => tokens.join('^')).filter((part) => part !== '');
	return { alternatives: parts.length > 0 ? parts : [''], named: [...named] };
}

/** A doubled `^` is a `^` within a value. */
function tokensOf(text: string): string[] {
	const tokens: string[] = [];
	let start = 0;
	for (let i = 0; i < text.length; i++) {
		if (text[i] !== '^') continue;
		if (text[i + 1] === '^') {
			i++;
			continue;
		}
		tokens.push(text.slice(start, i));
		start = i + 1;
	}
	tokens.push(text.slice(start));
	return tokens;
}

/** Operators are capitals or signs, columns are not: `stateIN6,7`, `ORpriority=1`. */
function columnOf(condition: string): string | undefined {
	const column = /^(?:OR)?([a-z_][a-z0-9_.]{0,200})(?=[A-Z=!<>@])/.exec(condition)?.[1];
	return column?.startsWith('sys_tags.') ? undefined : column;
}

/** Those that mean resolved, unless the user's own query is about states. Articles are only read when published. */
function statesOf(
	{ stateColumn, resolvedStates }: TableDefinition,
	{ states }: ServiceNowFilters,
	named: string[],
): string[] | undefined {
	if (stateColumn === 'workflow_state') return resolvedStates;
	if (states?.includes('*')) return undefined;
	if (states && states.length > 0) return states;
	return named.includes(stateColumn) ? undefined : resolvedStates;
}

function groupCondition(groups: string[]): string {
	const ids = groups.filter(isSysId);
	const names = groups.filter((group) => !isSysId(group));
	return [
		ids.length > 0 && inList('assignment_group', ids, 'Assignment Group'),
		names.length > 0 && inList('assignment_group.name', names, 'Assignment Group'),
	]
		.filter((condition): condition is string => condition !== false)
		.join('^OR');
}

/** 32 hexadecimal digits, as every record has them. */
export function isSysId(text: string): boolean {
	return /^[0-9a-f]{32}$/i.test(text);
}
