import type { IExecuteFunctions } from 'n8n-workflow';

/** Says something below the node's output that a user could overlook. */
export function hint(ctx: IExecuteFunctions, message: string): void {
	ctx.addExecutionHints({ message, location: 'outputPane' });
}
