/** SOQL as text: values that cannot break out of their quotes, and a check of conditions that users write. */
import { SettingError } from '../../openai/settingError';

/** The address of a GET may have 16,384 characters, and a quote takes three of them. */
const MAX_CONDITION_CHARS = 4_000;

const ESCAPES: Record<string, string> = {
	'\\': '\\\\',
	"'": "\\'",
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t',
	'\b': '\\b',
	'\f': '\\f',
};

/**
 * A text value in quotes.
 * https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm
 */
export function soqlText(value: string): string {
	return `'${value.replace(/[\\'\n\r\t\b\f]/g, (character) => ESCAPES[character] ?? character)}'`;
}

/** `Name IN ('a','b')`. */
export function soqlIn(field: string, values: readonly string[]): string {
	return `${field} IN (${values.map(soqlText).join(',')})`;
}

/**
 * A moment as SOQL writes it: no quotes, whole seconds, UTC.
 *
 * @param value - ISO 8601 (UTC without a zone), milliseconds, or a Date or Luxon DateTime
 * @param field - display name, for the error
 * @throws SettingError for anything that is no date
 */
export function soqlMoment(value: unknown, field: string): string {
	const date = new Date(withZone(value) as string);
	if (Number.isNaN(date.getTime())) {
		throw new SettingError(
			`'${field}' is not a date: ${String(value).slice(0, 100)}`,
			'Pick a date, or enter one as 2026-01-31 or 2026-01-31T12:00:00Z.',
		);
	}
	return `${date.toISOString().slice(0, 19)}Z`;
}

function withZone(value: unknown): unknown {
	if (typeof value !== 'string') return Number(value);
	const text = value.trim().replace(' ', 'T');
	const zoneless = /T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/.test(text);
	return zoneless ? `${text}Z` : text;
}

/**
 * A condition as it may stand after WHERE, without that word.
 *
 * @throws SettingError when the text is more, or less, than one condition: it could read other records than
 * the filters beside it allow.
 */
export function soqlCondition(text: string): string {
	const condition = text.trim().replace(/^WHERE\s+/i, '');
	if (condition.length > MAX_CONDITION_CHARS) {
		throw refused(`is longer than ${MAX_CONDITION_CHARS} characters`);
	}
	const bare = withoutTexts(condition);
	checkParentheses(bare);
	if (bare.includes(';')) throw refused('contains a semicolon');
	const word = FORBIDDEN.exec(bare)?.[0];
	if (word) throw refused(`contains ${word.toUpperCase()}`);
	return condition;
}

/** What may follow a condition in a query, or begin another one. */
const FORBIDDEN =
	/(?<![\w.])(order\s+by|group\s+by|all\s+rows|update\s+(tracking|viewstat)|using\s+scope|limit|offset|having|for|with)(?![\w.])/i;

/** The condition with every quoted text replaced by an empty one. */
function withoutTexts(condition: string): string {
	const parts: string[] = [];
	let from = 0;
	for (let at = condition.indexOf("'"); at >= 0; at = condition.indexOf("'", from)) {
		const end = endOfText(condition, at);
		parts.push(condition.slice(from, at), "''");
		from = end;
	}
	parts.push(condition.slice(from));
	return parts.join('');
}

function endOfText(condition: string, start: number): number {
	for (let at = start + 1; at < condition.length; at++) {
		if (condition[at] === '\\') at++;
		else if (condition[at] === "'") return at + 1;
	}
	throw refused('has a quote that is not closed');
}

function checkParentheses(bare: string): void {
	let depth = 0;
	for (const character of bare) {
		if (character === '(') depth++;
		if (character === ')' && --depth < 0) throw refused('closes a parenthesis that is not open');
	}
	if (depth > 0) throw refused('has a parenthesis that is not closed');
}

function refused(what: string): SettingError {
	return new SettingError(
		`'SOQL Condition' ${what}`,
		"Enter one condition as it stands after WHERE, e.g. Priority = 'High' AND Account.Name LIKE 'A%'. Sorting and limits are set by the node.",
	);
}
