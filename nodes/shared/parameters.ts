/** Reading parameters that occur in many operations. */
import type { IExecuteFunctions } from 'n8n-workflow';

/** The value that a resource locator holds, whichever way it was picked; empty if none was. */
export function locatorParameter(ctx: IExecuteFunctions, name: string, itemIndex: number): string {
	const value = ctx.getNodeParameter(name, itemIndex, '', { extractValue: true }) as unknown;
	return value === undefined || value === null ? '' : String(value).trim();
}

/** How many results 'Return All' and 'Limit' ask for. */
export function limitParameter(ctx: IExecuteFunctions, itemIndex: number): number {
	const returnAll = ctx.getNodeParameter('returnAll', itemIndex, false) as boolean;
	return returnAll ? Infinity : Number(ctx.getNodeParameter('limit', itemIndex, 50));
}
