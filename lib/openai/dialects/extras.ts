/** The JSON fields of the credential. */
import type { QueryValue } from '../../http/types';
import type { ConnectionFields } from '../connection';
import { SettingError } from '../settingError';

export interface OwnExtras {
	body: Record<string, unknown>;
	query: Record<string, QueryValue>;
	hyperparameters: Record<string, unknown>;
}

/** @throws SettingError naming the field that holds no JSON object. */
export function extrasOf(fields: ConnectionFields): OwnExtras {
	return {
		body: objectOf(fields.extraBody, 'Extra Body Fields (JSON)'),
		query: queryOf(objectOf(fields.extraQuery, 'Extra Query Fields (JSON)')),
		hyperparameters: objectOf(fields.extraHyperparameters, 'Extra Hyperparameters (JSON)'),
	};
}

function objectOf(entered: unknown, setting: string): Record<string, unknown> {
	const value = typeof entered === 'string' ? parse(entered.trim()) : (entered ?? {});
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return value as Record<string, unknown>;
	}
	throw new SettingError(
		`'${setting}' of the credential is not a JSON object`,
		'Enter an object in braces, e.g. {"name": "value"}, or leave it empty.',
		setting,
	);
}

function parse(text: string): unknown {
	if (text === '') return {};
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function queryOf(fields: Record<string, unknown>): Record<string, QueryValue> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name,
			typeof value === 'object' ? JSON.stringify(value) : (value as QueryValue),
		]),
	);
}
