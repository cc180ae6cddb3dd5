import { parseTunedModelId } from '../openai/modelId';
import { DEFAULT_PRICES, type PriceRow, type PriceTable } from './prices';

type Price = Exclude<keyof PriceRow, 'model'>;

const PRICES: readonly Price[] = ['training', 'input', 'cachedInput', 'output'];

/**
 * The default prices with a user's own rows in front: a row for the same model replaces the default one whole.
 *
 * @param own rows as a list or as JSON text of one, `{model, training?, input?, cachedInput?, output?}`, numbers or
 *   numeric texts; empty fields count as not given. Nothing at all gives the defaults.
 * @throws TypeError that names the row and the field which cannot be used
 */
export function withOwnPrices(own: unknown, defaults: PriceTable = DEFAULT_PRICES): PriceTable {
	const rows = readRows(own);
	if (rows.length === 0) return defaults;
	const models = new Set(rows.map(({ model }) => model));
	return {
		...defaults,
		rows: [...rows, ...defaults.rows.filter(({ model }) => !models.has(model))],
	};
}

/**
 * The row for a model id. A tuned model's id (`ft:gpt-4.1-mini-2025-04-14:acme:support:abc123`, with or without a
 * checkpoint's ending, or Azure's `gpt-4.1-2025-04-14.ft-…`) finds in this order the row with that very id, the `ft:`
 * row of its base model, the base model's row. A row without a date stands for all dates of the model, and an id
 * without a date for the newest one that has a row.
 */
export function findPrices(model: string, { rows }: PriceTable): PriceRow | undefined {
	const exact = rows.find((row) => row.model === model);
	if (exact) return exact;
	const base = parseTunedModelId(model)?.base;
	if (base === undefined) return findByName(model, rows);
	return findByName(`ft:${base}`, rows) ?? findByName(base, rows);
}

function findByName(model: string, rows: readonly PriceRow[]): PriceRow | undefined {
	return (
		rows.find((row) => row.model === model) ??
		rows.find((row) => row.model === withoutDate(model)) ??
		newest(rows.filter((row) => row.model !== model && withoutDate(row.model) === model))
	);
}

function withoutDate(model: string): string {
	return model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}

function newest(rows: readonly PriceRow[]): PriceRow | undefined {
	return [...rows].sort((a, b) => (a.model < b.model ? 1 : -1))[0];
}

function readRows(own: unknown): PriceRow[] {
	if (own === undefined || own === null || own === '') return [];
	const list = typeof own === 'string' ? parse(own) : own;
	if (!Array.isArray(list)) {
		throw new TypeError('Prices must be a list of rows, or JSON of one, with one row a model');
	}
	return list.map((row: unknown, index) => readRow(row, index + 1));
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function readRow(row: unknown, position: number): PriceRow {
	const fields = Object(row) as Record<string, unknown>;
	const model = typeof fields.model === 'string' ? fields.model.trim() : '';
	if (model === '') throw new TypeError(`Prices: row ${position} names no model`);
	const result: PriceRow = { model };
	for (const price of PRICES) {
		const value = readPrice(fields[price]);
		if (Number.isNaN(value)) {
			throw new TypeError(
				`Prices: "${price}" of ${model} (row ${position}) must be a number from 0 on`,
			);
		}
		if (value !== undefined) result[price] = value;
	}
	return result;
}

/** NaN for what is no price. */
function readPrice(value: unknown): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const price = typeof value === 'string' ? Number(value) : value;
	return typeof price === 'number' && price >= 0 && Number.isFinite(price) ? price : NaN;
}
