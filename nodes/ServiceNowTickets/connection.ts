import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	IExecuteFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { scrubber } from '../../lib/http/scrub';
import type { Transport } from '../../lib/http/types';
import {
	instanceUrlOf,
	loginHeaders,
	secretsOf,
	type ServiceNowLogin,
	TEST_PATH,
} from '../../lib/tickets/serviceNow/connection';
import { serviceNowError, serviceNowNetworkError } from '../../lib/tickets/serviceNow/errors';
import { settingFailure } from '../shared/settingFailure';
import { testTicketCredential } from '../shared/tickets/credentialTest';
import { ticketHttp } from '../shared/tickets/http';

export interface ServiceNowConnection {
	transport: Transport;
	siteUrl: string;
}

const WITH_LOGIN = 'serviceNowTicketsApi';
const WITH_CONSENT = 'serviceNowTicketsOAuth2Api';

/**
 * A connection with the credential of one item.
 *
 * @throws SettingError when the credential cannot be used as it is.
 */
export async function connect(
	ctx: IExecuteFunctions,
	itemIndex: number,
): Promise<ServiceNowConnection> {
	const isOAuth2 = ctx.getNodeParameter('authentication', itemIndex) === 'oAuth2';
	const credential = isOAuth2 ? WITH_CONSENT : WITH_LOGIN;
	const fields = await ctx.getCredentials<ServiceNowLogin & IDataObject>(credential, itemIndex);
	const siteUrl = instanceUrlOf(fields);
	// Checked here, because n8n would wrap what `authenticate` throws.
	if (!isOAuth2) loginHeaders(fields);
	const { maxWaitSeconds } = ctx.getNodeParameter('options', itemIndex, {}) as {
		maxWaitSeconds?: number;
	};
	const settings = {
		credential,
		baseUrl: siteUrl,
		scrub: scrubber(isOAuth2 ? oAuth2Secrets(fields) : secretsOf(fields)),
		answerError: serviceNowError,
		networkError: serviceNowNetworkError,
		...(isOAuth2
			? { credentialOptions: { oauth2: { tokenExpiredStatusCode: 401 } } }
			: { data: () => ({ ...fields }) }),
	};
	return { siteUrl, transport: ticketHttp(ctx, settings, maxWaitSeconds).transport };
}

/** Asks for one user, and tells a wrong login, a missing role and a wrong or sleeping instance apart. */
export async function serviceNowTicketsApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const login = (credential.data ?? {}) as ServiceNowLogin;
	try {
		const baseUrl = instanceUrlOf(login);
		const headers = loginHeaders(login);
		return await testTicketCredential(this, {
			baseUrl,
			siteField: 'Instance URL',
			path: TEST_PATH,
			headers,
			scrub: scrubber(secretsOf(login)),
			answerError: serviceNowError,
			judge: (body) => judged(body, baseUrl),
		});
	} catch (error) {
		return settingFailure(error);
	}
}

function judged(body: unknown, baseUrl: string) {
	const { result } = (body ?? {}) as { result?: unknown };
	if (Array.isArray(result)) return `Connected to ${baseUrl}`;
	const target = { method: 'GET' as const, path: TEST_PATH, baseUrl };
	return serviceNowError(target, { status: 200, headers: {}, body: '' }, 0, 'not_json');
}

function oAuth2Secrets({ clientSecret, oauthTokenData }: IDataObject): Array<string | undefined> {
	const { access_token: access, refresh_token: refresh } = (oauthTokenData ?? {}) as IDataObject;
	return [clientSecret, access, refresh].map((secret) =>
		typeof secret === 'string' ? secret : undefined,
	);
}
