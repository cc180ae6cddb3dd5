import type { Transport } from '../../lib/http/types';
import { deploymentsOf } from '../../lib/openai/deployments';
import type { Deployments } from '../../lib/openai/dialects/types';
import { createAzureTransport } from './azure';
import type { HttpContext } from './http';
import type { Connection } from './transport';

/** How the provider deploys, and the connection by which it does. */
export async function deploymentAccess(
	ctx: HttpContext,
	itemIndex: number,
	{ dialect, transport }: Pick<Connection, 'dialect' | 'transport'>,
): Promise<{ deployments: Deployments; send: Transport }> {
	const deployments = deploymentsOf(dialect);
	const send = deployments.credential ? await createAzureTransport(ctx, itemIndex) : transport;
	return { deployments, send };
}
