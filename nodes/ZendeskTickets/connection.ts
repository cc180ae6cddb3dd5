/** The connection with the credential that the node is set to. */
import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { scrubber } from '../../lib/http/scrub';
import type { Surroundings, Transport } from '../../lib/http/types';
import {
	apiTokenHeaders,
	zendeskSecrets,
	zendeskSite,
	type ZendeskConnectionFields,
} from '../../lib/tickets/zendesk/connection';
import { zendeskError, zendeskNetworkError } from '../../lib/tickets/zendesk/errors';
import { ticketHttp } from '../shared/tickets/http';

const BASIC = 'zendeskTicketsApi';
const SIGNED_IN = 'zendeskTicketsOAuth2Api';

export interface ZendeskConnection {
	transport: Transport;
	surroundings: Surroundings;
	site: string;
}

/** @throws SettingError when the credential cannot be used as it is. */
export async function connect(
	ctx: IExecuteFunctions | ILoadOptionsFunctions,
	itemIndex = 0,
	maxWaitSeconds?: number,
): Promise<ZendeskConnection> {
	const byToken = authenticationOf(ctx, itemIndex) === 'apiToken';
	const credential = byToken ? BASIC : SIGNED_IN;
	const fields = await ctx.getCredentials<ZendeskConnectionFields & IDataObject>(
		credential,
		itemIndex,
	);
	const site = zendeskSite(fields);
	// Checked here, because n8n would wrap what `authenticate` throws.
	if (byToken) apiTokenHeaders(fields);
	const settings = {
		credential,
		baseUrl: site,
		scrub: scrubber(zendeskSecrets(fields)),
		answerError: zendeskError,
		networkError: zendeskNetworkError,
		// Zendesk's tokens come without a date of expiry: a refused one is renewed.
		...(byToken
			? { data: () => fields }
			: { credentialOptions: { oauth2: { tokenExpiredStatusCode: 401 } } }),
	};
	return { ...ticketHttp(ctx, settings, maxWaitSeconds), site };
}

function authenticationOf(
	ctx: IExecuteFunctions | ILoadOptionsFunctions,
	itemIndex: number,
): string {
	return 'getInputData' in ctx
		? (ctx.getNodeParameter('authentication', itemIndex, 'oAuth2') as string)
		: ((ctx.getCurrentNodeParameter('authentication') as string | undefined) ?? 'oAuth2');
}
