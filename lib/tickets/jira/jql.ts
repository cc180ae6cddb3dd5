/** JQL from values that may hold anything, and JQL that a user typed. */
import { SettingError } from '../../openai/settingError';

/** A user's JQL without its order, fit to be put in parentheses. */
export interface CheckedJql {
	where: string;
	/** What was cut off: issues come in an order of our own, without which no run could be resumed. */
	orderBy?: string;
}

/** Far beyond what Jira takes. */
const MAX_CHARS = 20_000;
/** Control characters, which Jira refuses in a string. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * A value as a JQL string.
 * https://support.atlassian.com/jira-software-cloud/docs/search-syntax-for-text-fields/
 */
export function jqlString(value: string): string {
	const plain = value.replace(UNPRINTABLE, ' ').trim();
	return `"${plain.replace(/[\\"]/g, (sign) => `\\${sign}`)}"`;
}

/** `field IN ("a", "b")`; undefined without values. */
export function jqlIn(field: string, values: string[]): string | undefined {
	const filled = [...new Set(values.map((value) => value.trim()).filter(Boolean))];
	return filled.length === 0 ? undefined : `${field} IN (${filled.map(jqlString).join(', ')})`;
}

/**
 * Takes the ORDER BY off and makes sure that nothing in the text can reach beyond the parentheses around it.
 *
 * @throws SettingError for quotes or parentheses that do not close, and for a text without a condition.
 */
export function checkJql(text: string): CheckedJql {
	if (text.length > MAX_CHARS) throw refused('is too long', 'Shorten it, e.g. by a saved filter.');
	const end = orderByIndex(text);
	const where = (end === undefined ? text : text.slice(0, end)).trim();
	if (where === '') {
		throw refused(
			'holds no condition',
			'Enter at least one condition, e.g. project = IT. The order needs no entry: tickets come by date.',
		);
	}
	return end === undefined ? { where } : { where, orderBy: text.slice(end).trim() };
}

/** Where the ORDER BY begins, outside of strings and parentheses. */
function orderByIndex(text: string): number | undefined {
	let depth = 0;
	let order: number | undefined;
	for (let index = 0; index < text.length; index++) {
		const sign = text[index];
		if (sign === '"' || sign === "'") index = stringEnd(text, index);
		else if (sign === '(') depth++;
		else if (sign === ')' && --depth < 0) throw unbalanced();
		else if (order === undefined && depth === 0 && isOrderBy(text, index)) order = index;
	}
	if (depth !== 0) throw unbalanced();
	return order;
}

function stringEnd(text: string, start: number): number {
	for (let index = start + 1; index < text.length; index++) {
		if (text[index] === '\\') index++;
		else if (text[index] === text[start]) return index;
	}
	throw refused('has a quotation mark that is never closed', 'Close it, or escape it as \\".');
}

function isOrderBy(text: string, index: number): boolean {
	const before = index === 0 ? ' ' : text[index - 1];
	return /[\s)"']/.test(before) && /^order\s{1,99}by(\s|$)/i.test(text.slice(index, index + 110));
}

function unbalanced(): SettingError {
	return refused('has parentheses that do not match', 'Close each one that is opened.');
}

function refused(what: string, fix: string): SettingError {
	return new SettingError(`'JQL' ${what}`, fix, 'JQL');
}
