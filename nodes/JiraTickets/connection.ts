/** From the credential of an item to a transport whose login is known to work. */
import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../../lib/http/errors';
import { scrubber } from '../../lib/http/scrub';
import type { Transport } from '../../lib/http/types';
import {
	apiBaseOf,
	cloudIdOf,
	jiraConnection,
	type JiraConnection,
	type JiraFieldsOfCredential,
	secretsOf,
	TENANT_PATH,
} from '../../lib/tickets/jira/connection';
import { type CustomFields, findCustomFields } from '../../lib/tickets/jira/customFields';
import { jiraErrors, jiraNetworkError } from '../../lib/tickets/jira/errors';
import { assertLogin, noCloudId } from '../../lib/tickets/jira/identity';
import type { HttpContext } from '../shared/http';
import { ticketHttp } from '../shared/tickets/http';

export const CREDENTIAL = 'jiraTicketsApi';

const TIMEOUT_MS = 30_000;

export interface Jira {
	connection: JiraConnection;
	transport: Transport;
}

/** What has to be asked once a run and credential. */
export interface JiraMemory {
	cloudId?: string;
	isChecked?: boolean;
	customFields?: CustomFields;
}

/**
 * A transport to Jira with the credential of one item.
 *
 * @param memory - of earlier items with the same credential; filled in here
 * @throws SettingError for a credential that cannot be used; ApiError when the site has no cloud id.
 */
export async function connectJira(
	ctx: HttpContext,
	fields: JiraFieldsOfCredential & IDataObject,
	memory: JiraMemory = {},
	maxWaitSeconds?: number,
): Promise<Jira> {
	const connection = jiraConnection(fields);
	if (connection.scoped && connection.cloudId === undefined) {
		memory.cloudId ??= await lookUpCloudId(ctx, connection.siteUrl);
	}
	const settings = {
		credential: CREDENTIAL,
		baseUrl: apiBaseOf(connection, memory.cloudId),
		scrub: scrubber(secretsOf(fields)),
		data: () => fields,
		answerError: jiraErrors(connection),
		networkError: jiraNetworkError,
		ignoreSslIssues: connection.ignoreSslIssues,
	};
	const { transport } = ticketHttp(ctx, settings, maxWaitSeconds);
	return { connection, transport };
}

/** Fails on a login that does not work, before an empty result could pass for an answer. */
export async function checkOnce({ connection, transport }: Jira, memory: JiraMemory) {
	if (memory.isChecked) return;
	await assertLogin(transport, connection);
	memory.isChecked = true;
}

export async function customFieldsOnce({ connection, transport }: Jira, memory: JiraMemory) {
	memory.customFields ??= await findCustomFields(transport, connection.deployment);
	return memory.customFields;
}

export async function credentialOf(
	ctx: HttpContext,
	itemIndex = 0,
): Promise<JiraFieldsOfCredential & IDataObject> {
	return await ctx.getCredentials<JiraFieldsOfCredential & IDataObject>(CREDENTIAL, itemIndex);
}

/** Asked without the token, which is for the gateway and not for the site. */
async function lookUpCloudId({ helpers }: HttpContext, siteUrl: string): Promise<string> {
	const target = { method: 'GET' as const, path: TENANT_PATH, baseUrl: siteUrl };
	let answer: { statusCode: number; body: unknown };
	try {
		answer = (await helpers.httpRequest({
			method: 'GET',
			url: `${siteUrl}${TENANT_PATH}`,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: TIMEOUT_MS,
		})) as typeof answer;
	} catch (error) {
		throw lookUpError(target, error);
	}
	const cloudId = answer.statusCode === 200 ? cloudIdOf(parsed(answer.body)) : undefined;
	if (cloudId !== undefined) return cloudId;
	throw noCloudId(target, { status: answer.statusCode });
}

function lookUpError(target: Parameters<typeof noCloudId>[0], error: unknown): ApiError {
	const { code, message, cause } = error as {
		code?: string;
		message?: string;
		cause?: { code?: string };
	};
	return jiraNetworkError(target, cause?.code ?? code, message ?? '');
}

function parsed(body: unknown): unknown {
	try {
		return typeof body === 'string' ? (JSON.parse(body) as unknown) : body;
	} catch {
		return undefined;
	}
}
