import { isObject } from '../rules/view';
import type { ChatMessage, JsonObject, JsonValue } from '../types';
import type { ReadResult } from './types';

/** Columns of a table by what they are for; the first name that is there counts. */
const COLUMNS = {
	system: ['system', 'system_prompt', 'system prompt', 'instructions'],
	question: ['question', 'prompt', 'user', 'query', 'input', 'request'],
	answer: ['answer', 'completion', 'assistant', 'response', 'output', 'reply'],
	preferred: ['preferred', 'chosen', 'preferred_output', 'preferred answer'],
	rejected: [
		'non_preferred',
		'rejected',
		'non_preferred_output',
		'non-preferred',
		'rejected answer',
	],
};

export type ColumnRole = keyof typeof COLUMNS;
/** Columns that a user has named. */
export type ColumnNames = { [role in ColumnRole]?: string };

/**
 * The row of a table with its columns renamed to the ones that `readTable` expects. Names that the user gave count
 * before names that are usual; upper and lower case do not matter.
 */
export function nameColumns(
	header: readonly string[],
	names: ColumnNames,
): { columns: string[]; missing: string[] } {
	const columns = header.map((name, index) =>
		name.trim() === '' ? `column ${index + 1}` : name.trim(),
	);
	const missing: string[] = [];
	for (const role of Object.keys(COLUMNS) as ColumnRole[]) {
		const wanted = names[role]?.trim() ?? '';
		const candidates = wanted === '' ? COLUMNS[role] : [wanted.toLowerCase()];
		const index = firstIndex(columns, candidates);
		if (index === -1) {
			if (wanted !== '') missing.push(wanted);
			continue;
		}
		columns[index] = ROLE_COLUMN[role];
	}
	return { columns, missing };
}

/** What no column of a table is called by chance. */
const ROLE_COLUMN: { [role in ColumnRole]: string } = {
	system: '\0system',
	question: '\0question',
	answer: '\0answer',
	preferred: '\0preferred',
	rejected: '\0rejected',
};

function firstIndex(columns: readonly string[], candidates: readonly string[]): number {
	const lower = columns.map((column) => column.toLowerCase());
	for (const candidate of candidates) {
		const index = lower.indexOf(candidate);
		if (index !== -1) return index;
	}
	return -1;
}

/** A row whose columns were named by `nameColumns`. */
export function readTable(row: JsonObject): ReadResult {
	const cell = (role: ColumnRole) => row[ROLE_COLUMN[role]] as string | undefined;
	const roles = Object.values(ROLE_COLUMN);
	const lost = Object.keys(row).filter((column) => !roles.includes(column) && row[column] !== '');
	const question = cell('question');
	const messages: ChatMessage[] = [];
	const system = cell('system') ?? '';
	if (system.trim() !== '') messages.push({ role: 'system', content: system });
	if (question !== undefined) messages.push({ role: 'user', content: question });
	const [answer, preferred, rejected] = [cell('answer'), cell('preferred'), cell('rejected')];
	if (question !== undefined && preferred !== undefined && rejected !== undefined) {
		return {
			example: {
				input: { messages },
				preferred_output: [{ role: 'assistant', content: preferred }],
				non_preferred_output: [{ role: 'assistant', content: rejected }],
			},
			lost,
		};
	}
	if (question === undefined || answer === undefined) {
		return {
			finding: {
				code: 'missing_columns',
				message: 'The table has no columns that are known to hold a question and its answer.',
				fix: 'Name the columns in the options of this operation.',
			},
		};
	}
	return { example: { messages: [...messages, { role: 'assistant', content: answer }] }, lost };
}

/** Cells that hold a list or an object as JSON text, as tables of chats do. */
export function parseCells(row: JsonObject): JsonObject {
	const entries = Object.entries(row).map(([name, cell]): [string, JsonValue] => {
		if (typeof cell !== 'string' || !/^\s*[[{]/.test(cell)) return [name, cell];
		try {
			const value = JSON.parse(cell) as JsonValue;
			return [name, Array.isArray(value) || isObject(value) ? value : cell];
		} catch {
			return [name, cell];
		}
	});
	return Object.fromEntries(entries);
}
