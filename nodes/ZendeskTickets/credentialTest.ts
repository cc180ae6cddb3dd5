/** The Test of both credentials: who am I? https://developer.zendesk.com/api-reference/ticketing/users/users/#show-self */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { ApiError } from '../../lib/http/errors';
import { scrubber } from '../../lib/http/scrub';
import { SettingError } from '../../lib/openai/settingError';
import {
	apiTokenHeaders,
	zendeskSecrets,
	zendeskSite,
	type ZendeskConnectionFields,
} from '../../lib/tickets/zendesk/connection';
import { zendeskError } from '../../lib/tickets/zendesk/errors';
import type { ZendeskUser } from '../../lib/tickets/zendesk/types';
import { settingFailure } from '../shared/settingFailure';
import { testTicketCredential } from '../shared/tickets/credentialTest';

const PATH = '/api/v2/users/me.json';

export async function zendeskTicketsApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return await test(this, credential, apiTokenHeaders);
}

export async function zendeskTicketsOAuth2ApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return await test(this, credential, bearerHeaders);
}

async function test(
	functions: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
	headersOf: (fields: ZendeskConnectionFields) => Record<string, string>,
): Promise<INodeCredentialTestResult> {
	const fields = (data ?? {}) as ZendeskConnectionFields & Record<string, unknown>;
	try {
		const baseUrl = zendeskSite(fields);
		return await testTicketCredential(functions, {
			baseUrl,
			siteField: 'Subdomain',
			path: PATH,
			headers: headersOf(fields),
			scrub: scrubber(zendeskSecrets(fields)),
			answerError: zendeskError,
			judge: (body) => verdict((body as { user?: ZendeskUser } | null)?.user, baseUrl),
		});
	} catch (error) {
		return settingFailure(error);
	}
}

function bearerHeaders(fields: ZendeskConnectionFields): { Authorization: string } {
	const { oauthTokenData } = fields as { oauthTokenData?: { access_token?: string } };
	const token = oauthTokenData?.access_token;
	if (!token) {
		throw new SettingError(
			'The credential is not connected yet',
			'Press the button to connect, and sign in to Zendesk. With the grant type Client Credentials, the first run of a node fetches the token.',
		);
	}
	return { Authorization: `Bearer ${token}` };
}

/** Zendesk answers 200 to anybody: with an anonymous user when it does not know the credential. */
function verdict(user: ZendeskUser | undefined, site: string): string | ApiError {
	if (!user || typeof user !== 'object') throw new TypeError('no user');
	if (typeof user.id !== 'number') {
		return refusal(
			'Zendesk does not know this credential: it was taken for an anonymous visitor',
			'The token has expired, was revoked, or belongs to another Zendesk. Connect again, or check e-mail address and API token.',
		);
	}
	if (user.role !== 'agent' && user.role !== 'admin') {
		return refusal(
			`${user.name ?? 'This user'} is an end user of ${site}, who may not read tickets of others`,
			'Use the credential of an agent or administrator.',
		);
	}
	const rights =
		user.role === 'admin'
			? 'an administrator: all ways of reading can be used'
			: 'an agent: incremental export and comments in bulk are for administrators only';
	return `Connected to ${site} as ${user.name ?? user.id}, ${rights}`;
}

function refusal(message: string, description: string): ApiError {
	const explanation = { message, description, cause: 'credential-invalid' as const };
	return new ApiError(message, { status: 200, explanation });
}
