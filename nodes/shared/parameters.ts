/** Reading parameters that occur in many operations. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { plainText } from '../../lib/openai/chat/json';
import { SettingError } from '../../lib/openai/settingError';

/** The value that a resource locator holds, whichever way it was picked; empty if none was. */
export function locatorParameter(ctx: IExecuteFunctions, name: string, itemIndex: number): string {
	const value = ctx.getNodeParameter(name, itemIndex, '', { extractValue: true }) as unknown;
	return value === undefined || value === null ? '' : String(value).trim();
}

/** As text; what an expression did not find is empty. */
export function textParameter(ctx: IExecuteFunctions, name: string, itemIndex: number): string {
	return plainText(ctx.getNodeParameter(name, itemIndex, ''));
}

/**
 * How many results 'Return All' and 'Limit' ask for.
 *
 * @throws SettingError for a limit that is no number, which would ask for all
 */
export function limitParameter(ctx: IExecuteFunctions, itemIndex: number): number {
	const returnAll = ctx.getNodeParameter('returnAll', itemIndex, false) as boolean;
	if (returnAll) return Infinity;
	const entered = ctx.getNodeParameter('limit', itemIndex, 50) as unknown;
	const limit = plainText(entered).trim() === '' ? NaN : Number(entered);
	if (limit >= 1) return Math.floor(limit);
	throw new SettingError(
		`'Limit' cannot be '${plainText(entered).slice(0, 40)}'`,
		"Enter a number of at least 1, or turn on 'Return All'.",
		'Limit',
	);
}
