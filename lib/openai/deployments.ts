import { ApiError } from '../http/errors';
import { mayRetry } from '../http/retry';
import type { Surroundings, Transport } from '../http/types';

import type { Deployment, Deployments, Dialect } from './dialects/types';
import { SettingError } from './settingError';

const FIRST_LOOK_MS = 5_000;
const LOOK_GROWTH = 1.5;
const MAX_LOOK_MS = 60_000;
const MAX_FAULTS_IN_A_ROW = 5;

/** @throws SettingError where models answer without being deployed, or cannot be deployed from here. */
export function deploymentsOf({
	name,
	deployments,
}: Pick<Dialect, 'name' | 'deployments'>): Deployments {
	if (deployments) return deployments;
	throw new SettingError(
		`${name} has no deployments that can be managed from here`,
		'Chat with the model that the finished job names. Azure OpenAI, Fireworks, LocalAI, Nebius and Together have them.',
	);
}

/**
 * Looks at a deployment with growing pauses until it answers or has failed.
 *
 * @param timeoutMs - after which it is given back as it is; 0 does not look.
 * @throws ApiError with code `deployment_failed` when the provider gave it up.
 */
export async function waitUntilReady(
	deployments: Pick<Deployments, 'get'>,
	send: Transport,
	{ sleep, now }: Pick<Surroundings, 'sleep' | 'now'>,
	deployment: Deployment,
	timeoutMs: number,
): Promise<Deployment> {
	const end = now() + timeoutMs;
	let current = deployment;
	let interval = FIRST_LOOK_MS;
	let faults = 0;
	while (current.status === 'creating' && now() < end) {
		await sleep(Math.min(interval, end - now()));
		interval = Math.min(interval * LOOK_GROWTH, MAX_LOOK_MS);
		const look = await lookAt(deployments, send, current.id);
		faults = look ? 0 : faults + 1;
		if (faults > MAX_FAULTS_IN_A_ROW) break;
		current = look ?? current;
	}
	if (current.status === 'failed') throw failed(current);
	return current;
}

/** Nothing after a passing fault. */
async function lookAt(
	deployments: Pick<Deployments, 'get'>,
	send: Transport,
	id: string,
): Promise<Deployment | undefined> {
	try {
		return await deployments.get(send, id);
	} catch (cause) {
		return passing(cause);
	}
}

function passing(cause: unknown): undefined {
	if (cause instanceof ApiError && mayRetry(cause, 'safe')) return undefined;
	throw cause;
}

function failed({ id, provider_status: status, error_message: reason }: Deployment): ApiError {
	const message = `The deployment ${id} failed${status ? ` (${status})` : ''}${reason ? `: ${reason}` : ''}`;
	return new ApiError(message, {
		code: 'deployment_failed',
		explanation: {
			message,
			description: reason
				? 'Correct what the provider names, delete the deployment, and create it again.'
				: 'The provider gave no reason. Look at it in the console of the provider, delete it, and create it again.',
		},
	});
}
