/** The connection with the credential of one item. */
import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { SalesforceClient } from '../../lib/tickets/salesforce/client';
import {
	apiVersionOf,
	salesforceBaseUrl,
	type SalesforceConnectionFields,
	salesforceScrubber,
} from '../../lib/tickets/salesforce/connection';
import { salesforceErrors, salesforceNetworkError } from '../../lib/tickets/salesforce/errors';
import type { ApiUsage } from '../../lib/tickets/salesforce/usage';
import { ticketHttp } from '../shared/tickets/http';

const CREDENTIAL = 'salesforceCasesOAuth2Api';
const DEFAULT_LIMIT_SHARE = 90;

export interface ConnectionOptions {
	apiVersion?: string;
	maxWaitSeconds?: number;
	/** Percent. */
	dailyLimitShare?: number;
}

/** @throws SettingError when the credential cannot be used as it is. */
export async function connectSalesforce(
	ctx: IExecuteFunctions | ILoadOptionsFunctions,
	itemIndex: number,
	options: ConnectionOptions,
): Promise<SalesforceClient> {
	const fields = await ctx.getCredentials<SalesforceConnectionFields & IDataObject>(
		CREDENTIAL,
		itemIndex,
	);
	const baseUrl = salesforceBaseUrl(fields);
	let usage: ApiUsage | undefined;
	const settings = {
		credential: CREDENTIAL,
		baseUrl,
		scrub: salesforceScrubber(fields),
		answerError: salesforceErrors(() => usage),
		networkError: salesforceNetworkError,
		// Tokens come without a date of expiry: a refused one is renewed.
		credentialOptions: { oauth2: { tokenExpiredStatusCode: 401 } },
		// A hint; rows with long texts come in smaller batches all the same.
		headers: { 'Sforce-Query-Options': 'batchSize=200' },
	};
	const { transport } = ticketHttp(ctx, settings, options.maxWaitSeconds);
	return new SalesforceClient({
		transport,
		baseUrl,
		apiVersion: apiVersionOf(options.apiVersion),
		limitShare: Number(options.dailyLimitShare ?? DEFAULT_LIMIT_SHARE),
		onUsage: (seen) => {
			usage = seen;
		},
	});
}
