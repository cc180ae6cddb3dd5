import type { IDataObject } from 'n8n-workflow';

import { ZENDESK_DEMO } from '../../../sandbox/tickets/zendesk';
import { useNock } from '../harness';
import { ALL, manyTickets, oauthFields, run, useZendesk } from './support';

jest.setTimeout(30_000);

useNock();
const start = useZendesk();

type Stored = Record<'zendeskTicketsOAuth2Api', IDataObject & { oauthTokenData?: IDataObject }>;

const tokenRequests = (log: string[]) => log.filter((line) => line === 'POST /oauth/tokens');

describe('OAuth2', () => {
	it('reads with the token of whoever signed in', async () => {
		const sandbox = await start({ tickets: manyTickets(3) });
		const fields = oauthFields(sandbox.url, { oauthTokenData: sandbox.issueToken() });
		const credentials = { zendeskTicketsOAuth2Api: fields };
		const { tickets, error } = await run(sandbox, ALL, { credentials });
		expect(error).toBeUndefined();
		expect(tickets).toHaveLength(3);
		expect(tokenRequests(sandbox.log)).toEqual([]);
	});

	it('renews a token that Zendesk refuses with 401, and stores both new ones', async () => {
		const sandbox = await start({ tickets: manyTickets(23), pageSize: 10 });
		const old = sandbox.issueToken();
		const credentials: Stored = {
			zendeskTicketsOAuth2Api: oauthFields(sandbox.url, { oauthTokenData: old }),
		};
		// It ends in the middle, so that several requests at once meet the dead token.
		const add = sandbox.log.push.bind(sandbox.log);
		let exports = 0;
		sandbox.log.push = (...lines) => {
			if (lines[0].includes('/search/export') && ++exports === 2) sandbox.expireTokens();
			return add(...lines);
		};
		const { tickets, error } = await run(sandbox, ALL, { credentials });
		expect(error).toBeUndefined();
		expect(tickets).toHaveLength(23);
		expect(tokenRequests(sandbox.log)).toHaveLength(1);
		const renewed = credentials.zendeskTicketsOAuth2Api.oauthTokenData!;
		expect(renewed.access_token).not.toBe(old.access_token);
		expect(renewed.refresh_token).not.toBe(old.refresh_token);
	});

	it('fetches a token by client credentials, and another one when it ends', async () => {
		const sandbox = await start({ tickets: manyTickets(2) });
		const credentials: Stored = {
			zendeskTicketsOAuth2Api: oauthFields(sandbox.url, { grantType: 'clientCredentials' }),
		};
		const first = await run(sandbox, ALL, { credentials });
		expect(first.error).toBeUndefined();
		expect(first.tickets).toHaveLength(2);
		expect(tokenRequests(sandbox.log).length).toBeGreaterThan(0);
		const stored = credentials.zendeskTicketsOAuth2Api.oauthTokenData!;
		expect(stored).toMatchObject({ access_token: expect.any(String), scope: 'read' });

		sandbox.expireTokens();
		const second = await run(sandbox, ALL, { credentials });
		expect(second.error).toBeUndefined();
		expect(second.tickets).toHaveLength(2);
	});

	const dead = { access_token: 'dead-access-1', token_type: 'bearer' };
	it.each([
		['nobody has signed in yet', {}, 'not connected'],
		[
			'the token cannot be renewed',
			{ oauthTokenData: { ...dead, refresh_token: 'dead-refresh-1' } },
			'needs to be reconnected',
		],
		['there is no refresh token', { oauthTokenData: dead }, 'no refresh token is available'],
		[
			'the client secret is wrong',
			{ grantType: 'clientCredentials', clientSecret: 'wrong-secret-1' },
			'Client authentication failed',
		],
	])('says what to do when %s, and does not try again', async (_name, more: IDataObject, words) => {
		const sandbox = await start();
		const credentials = { zendeskTicketsOAuth2Api: oauthFields(sandbox.url, more) };
		const { error, sleeps, run: kept } = await run(sandbox, ALL, { credentials });
		expect(error?.message).toContain('Zendesk gave no OAuth2 token: ');
		expect(error?.message).toContain(words);
		expect(error?.description).toContain('connect it again');
		expect(sleeps).toEqual([]);
		for (const secret of [
			'dead-access-1',
			'dead-refresh-1',
			'wrong-secret-1',
			ZENDESK_DEMO.clientSecret,
		]) {
			expect(JSON.stringify(kept)).not.toContain(secret);
		}
	});
});
