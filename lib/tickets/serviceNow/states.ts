/** States as people name them, brought to the values that an instance stores. */
import type { Transport } from '../../http/types';
import { SettingError } from '../../openai/settingError';

import { ifAllowed, readRows } from './api';
import { valueOf } from './cells';
import type { TableDefinition } from './tables';
import type { Row } from './types';

interface Choice {
	value: string;
	name: string;
	/** No longer offered, but older records may have it. */
	isOld?: boolean;
}

export interface FoundStates {
	/** Values of the state column; absent where none were asked for. */
	states?: string[];
	warnings: string[];
}

const MAX_CHOICES = 1_000;
const NUMBER = /^-?\d{1,10}$/;

/**
 * Values of the states that a user entered by value or by name. The instance is asked for its own names where one is
 * entered that a new instance does not have as a value: a condition on a state that does not exist brings nothing.
 *
 * @throws SettingError for states that the table does not have
 */
export async function findStates(
	transport: Transport,
	definition: TableDefinition,
	entered: string[] | undefined,
): Promise<FoundStates> {
	const isAsIs = entered === undefined || entered.includes('*') || hasOwnStates(definition);
	const known = definition.stateNames.map(([value, name]) => ({ value, name }));
	if (isAsIs || entered.every((state) => known.some(({ value }) => value === state))) {
		return { states: entered, warnings: [] };
	}
	const own = await readChoices(transport, definition);
	const found = entered.map((state) => valuesOf(own ?? known, state));
	const unknown = entered.filter((_state, index) => found[index].length === 0);
	// A value of the instance's own cannot be told from a wrong one where its list may not be read.
	const unchecked = own ? [] : unknown.filter((state) => NUMBER.test(state));
	const wrong = unknown.filter((state) => !unchecked.includes(state));
	if (wrong.length > 0) throw noSuchState(wrong, definition, own ?? known);
	const warning = `${listed(unchecked)} in 'States' could not be checked, as the user of the credential may not read the table sys_choice; a state that does not exist brings no records`;
	return {
		states: [...new Set([...found.flat(), ...unchecked])],
		warnings: unchecked.length > 0 ? [warning] : [],
	};
}

/** Of articles only published ones are read, whatever is entered. */
function hasOwnStates({ stateColumn }: TableDefinition): boolean {
	return stateColumn !== 'state';
}

function valuesOf(choices: Choice[], state: string): string[] {
	const wanted = state.toLowerCase();
	const byValue = choices.filter(({ value }) => value.toLowerCase() === wanted);
	const matching =
		byValue.length > 0 ? byValue : choices.filter(({ name }) => name.toLowerCase() === wanted);
	return matching.map(({ value }) => value);
}

/** In all languages of the instance; undefined when the user may not read them. */
async function readChoices(
	transport: Transport,
	{ table, stateColumn }: TableDefinition,
): Promise<Choice[] | undefined> {
	const answer = await ifAllowed(
		async () =>
			await readRows(transport, {
				table: 'sys_choice',
				query: `nameIN${table},task^element=${stateColumn}^ORDERBYsequence^ORDERBYsys_id`,
				columns: ['sys_id', 'name', 'value', 'label', 'language', 'inactive'],
				limit: MAX_CHOICES,
			}),
	);
	const rows = answer?.rows ?? [];
	// Choices of the table itself take the place of those that it inherits.
	const own = rows.filter((row) => valueOf(row, 'name') === table);
	const choices = (own.length > 0 ? own : rows).sort((a, b) => rank(a) - rank(b)).map(choiceOf);
	const filled = choices.filter(({ value, name }) => value !== '' && name !== '');
	return filled.length > 0 ? filled : undefined;
}

/** English names first, as they are the ones to be shown. */
function rank(row: Row): number {
	return valueOf(row, 'language') === 'en' ? 0 : 1;
}

function choiceOf(row: Row): Choice {
	return {
		value: valueOf(row, 'value'),
		name: valueOf(row, 'label').trim(),
		isOld: valueOf(row, 'inactive') === 'true',
	};
}

function noSuchState(wrong: string[], { table }: TableDefinition, choices: Choice[]): SettingError {
	const names = new Map<string, string>();
	for (const { value, name, isOld } of choices) {
		if (!isOld && !names.has(value)) names.set(value, name);
	}
	const allowed = [...names].slice(0, 40).map(([value, name]) => `${name} (${value})`);
	return new SettingError(
		`'States' has what is no state of the table ${table}: ${listed(wrong)}`,
		`Enter names or values, separated by commas: ${allowed.join(', ')}, or * for all.`,
		'States',
	);
}

function listed(states: string[]): string {
	return states
		.slice(0, 10)
		.map((state) => `'${state.slice(0, 80)}'`)
		.join(', ');
}
