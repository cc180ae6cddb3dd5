import { findPrices, type PriceTable } from '../cost';
import { SettingError } from '../openai/settingError';

/** A limit in money, kept although nobody knows what an answer costs before it is there. */
export class Budget {
	/** What answers have cost so far. */
	spent = 0;

	private promised = 0;

	/** @param limit in the currency of the price table; without one, everything is allowed */
	constructor(private readonly limit = Infinity) {}

	get isLimited(): boolean {
		return this.limit !== Infinity;
	}

	/**
	 * Whether a request of about this cost still fits, beside all that was spent and what the requests under way will
	 * probably cost. If so, its cost is set aside until `settle`.
	 */
	reserve(probableCost: number): boolean {
		if (this.spent + this.promised + probableCost > this.limit) return false;
		this.promised += probableCost;
		return true;
	}

	/** Replaces what was set aside by what the answer did cost: 0 for one that never came. */
	settle(probableCost: number, cost: number): void {
		this.promised -= probableCost;
		this.spent += cost;
	}
}

/** @throws SettingError when a cost limit is set and the price of a model is not known */
export function checkPrice(
	model: string,
	prices: PriceTable,
	{ costLimit }: { costLimit?: number },
): void {
	if (costLimit === undefined) return;
	const row = findPrices(model, prices);
	if (row?.input !== undefined && row.output !== undefined) return;
	throw new SettingError(
		`'Cost Limit' cannot be kept: the price of the model '${model.slice(0, 80)}' is not known`,
		"Add the model with its input and output price to the option 'Prices', or remove the option 'Cost Limit'.",
		'Cost Limit',
	);
}
