/** The endpoint at the server, as long as the workflow is published or the editor listens. */
import type { IDataObject, IHookFunctions } from 'n8n-workflow';

import { ApiError } from '../../lib/http/errors';
import { SettingError } from '../../lib/openai/settingError';
import {
	isRegistered,
	JOB_EVENT_TYPES,
	type NewEndpoint,
	register,
	type Registration,
	unregister,
} from '../../lib/openai/webhooks';
import { toNodeError } from '../shared/errors';
import type { HttpContext } from '../shared/http';
import { type Connection, createTransport, CREDENTIAL } from '../shared/transport';

import { endEvents, modeOf, watchSettings } from './settings';

/** Providers that can have OpenAI's webhooks. */
const WITH_WEBHOOKS = ['openAi', 'other', 'sandbox'];
const MAX_NAME_CHARS = 100;

export async function checkExists(ctx: IHookFunctions): Promise<boolean> {
	return await asNodeError(ctx, async () => {
		const wanted = wantedEndpoint(ctx);
		if (modeOf(reader(ctx)) !== 'webhook') return false;
		const { transport } = await connect(ctx);
		return await isRegistered(transport, kept(ctx), wanted);
	});
}

export async function create(ctx: IHookFunctions): Promise<boolean> {
	return await asNodeError(ctx, async () => {
		const wanted = wantedEndpoint(ctx);
		if (modeOf(reader(ctx)) !== 'webhook') {
			await checkOwnSecret(ctx);
			return true;
		}
		const connection = await connect(ctx);
		const { transport, provider } = connection;
		const made = await register(transport, kept(ctx), wanted, provider === 'openAi').catch(
			(cause: unknown) => withoutWebhooks(connection, cause),
		);
		// What webhooks tell from now on, polling must not tell again some day.
		delete ctx.getWorkflowStaticData('node').watch;
		kept(ctx).endpointId = made.endpointId;
		kept(ctx).signingSecret = made.signingSecret;
		return true;
	});
}

export async function remove(ctx: IHookFunctions): Promise<boolean> {
	return await asNodeError(ctx, async () => {
		const known = kept(ctx);
		if (known.endpointId) {
			const { transport } = await connect(ctx);
			await unregister(transport, known.endpointId);
		}
		delete known.endpointId;
		delete known.signingSecret;
		return true;
	});
}

function wantedEndpoint(ctx: IHookFunctions): NewEndpoint {
	const events = endEvents(watchSettings(reader(ctx)));
	const { name = '', id = '' } = ctx.getWorkflow();
	return {
		name: `n8n: ${name || id}`.slice(0, MAX_NAME_CHARS),
		url: ctx.getNodeWebhookUrl('default') ?? '',
		eventTypes: events.map((event) => JOB_EVENT_TYPES[event]),
	};
}

/** @throws SettingError before the server is asked for what it has not */
async function connect(ctx: IHookFunctions): Promise<Connection> {
	const connection = await createTransport(ctx as unknown as HttpContext);
	const { provider, dialect } = connection;
	if (!WITH_WEBHOOKS.includes(provider)) throw noWebhooks(dialect.name);
	return connection;
}

async function withoutWebhooks({ dialect }: Connection, cause: unknown): Promise<Registration> {
	const unknown = cause instanceof ApiError && [404, 405, 501].includes(cause.details.status ?? 0);
	return await Promise.reject(unknown ? noWebhooks(dialect.name) : (cause as Error));
}

function noWebhooks(name: string): SettingError {
	return new SettingError(
		`${name} has no webhooks that a workflow can set up`,
		"Set 'Mode' to Polling, which works with every provider.",
		'Mode',
	);
}

async function checkOwnSecret(ctx: IHookFunctions): Promise<void> {
	const { webhookSigningSecret: own } = await ctx.getCredentials(CREDENTIAL);
	if (typeof own === 'string' && own.trim() !== '') return;
	throw new SettingError(
		"The credential has no 'Webhook Signing Secret'",
		"Without it nothing tells OpenAI's events from forged ones. OpenAI shows it once, when the webhook is made; enter it in the credential.",
		'Webhook Signing Secret',
	);
}

function kept(ctx: IHookFunctions): Partial<Registration> {
	return ctx.getWorkflowStaticData('node') as IDataObject & Partial<Registration>;
}

function reader(ctx: IHookFunctions) {
	return (name: string, fallback?: unknown) => ctx.getNodeParameter(name, fallback as never);
}

async function asNodeError<T>(ctx: IHookFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw toNodeError(ctx.getNode(), error);
	}
}
