/** Tokens, domains, limits, and what Salesforce says when it says no. */
import { LoadOptionsContext } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { SalesforceCases } from '../../../nodes/SalesforceCases/SalesforceCases.node';
import { DEMO_CLIENT } from '../../../sandbox/tickets/salesforce';
import { useNock } from '../harness';
import { additionalData, workflowFor } from '../harness/run';

import { json, keys, numbers, plainTickets, run, signedIn, useSalesforce } from './support';

useNock();
const salesforce = useSalesforce();
const ALL = { returnAll: true };
const appCredential = (myDomainUrl: string) => ({
	grantType: 'clientCredentials',
	myDomainUrl,
	clientId: DEMO_CLIENT.id,
	clientSecret: DEMO_CLIENT.secret,
});

function expectNoSecrets(kept: unknown, credential: IDataObject): void {
	const { oauthTokenData } = credential as { oauthTokenData?: Record<string, string> };
	const text = JSON.stringify(kept);
	for (const secret of [oauthTokenData?.access_token, oauthTokenData?.refresh_token]) {
		if (secret) expect(text).not.toContain(secret);
	}
	expect(text).not.toContain(DEMO_CLIENT.secret);
	expect(text).not.toContain('00D5e000000Demo!');
}

describe('tokens', () => {
	it('are renewed when a session has ended, and the request is sent again', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(3) });
		const credential = signedIn(sandbox);
		sandbox.sessions.expire();
		const result = await run(sandbox, ALL, { credential });
		expect(result.error).toBeUndefined();
		expect(keys(result)).toEqual(numbers(1, 3));
		expect(sandbox.requests.filter((request) => request.startsWith('POST'))).toEqual([
			'POST /services/oauth2/token',
		]);
	});

	it('are renewed in the middle of a run', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(60), pageSize: 20 });
		const body = [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }];
		sandbox.addFault({ path: '/query/01g.*-40', status: 401, body });
		const result = await run(sandbox, ALL);
		expect(keys(result)).toEqual(numbers(1, 60));
		expect(sandbox.requests).toContain('POST /services/oauth2/token');
	});

	it('are fetched for client credentials, without a scope that these may not have', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(3) });
		const credential = appCredential(sandbox.url);
		const first = await run(sandbox, ALL, { credential });
		expect(first.error).toBeUndefined();
		expect(keys(first)).toEqual(numbers(1, 3));
		sandbox.sessions.expire();
		const count = await run(sandbox, { operation: 'count' }, { credential });
		expect(json(count)).toEqual([{ count: 3, exact: true }]);
	});

	it('lead to the instance that they name when there is no My Domain', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(2) });
		const credential = { ...signedIn(sandbox), myDomainUrl: '' };
		expect(keys(await run(sandbox, ALL, { credential }))).toEqual(numbers(1, 2));
	});

	it('that are revoked make an error that says to connect again, once', async () => {
		const sandbox = await salesforce();
		const credential = signedIn(sandbox);
		sandbox.sessions.revoke();
		const { error, sleeps, run: kept } = await run(sandbox, ALL, { credential });
		expect(error?.message).toContain('Salesforce gave no OAuth2 token');
		expect(error?.description).toContain('Open the credential and connect it again');
		expect(sleeps).toEqual([]);
		expect(sandbox.requests).toHaveLength(2);
		expectNoSecrets(kept, credential);
	});

	it('that do not help even when new make an error about the session', async () => {
		const sandbox = await salesforce();
		const credential = signedIn(sandbox);
		const body = [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }];
		sandbox.addFault({ path: '^/services/data', status: 401, body, times: 2 });
		const { error, sleeps, run: kept } = await run(sandbox, ALL, { credential });
		expect(error?.message).toContain(
			'Salesforce has ended the session, and a new token did not help',
		);
		expect(error?.httpCode).toBe('401');
		expect(error?.context.data).toMatchObject({ status: 401, code: 'INVALID_SESSION_ID' });
		expect(sleeps).toEqual([]);
		expectNoSecrets(kept, credential);
	});

	it.each([
		[
			'no token yet',
			{ oauthTokenData: undefined, myDomainUrl: '' },
			'The credential is not connected',
		],
		[
			'client credentials without a domain',
			{ grantType: 'clientCredentials', myDomainUrl: '' },
			"'My Domain URL' is empty",
		],
		[
			'a domain that is none',
			{ myDomainUrl: 'http://acme.my.salesforce.com' },
			"'My Domain URL' does not begin with https://",
		],
	])('%s', async (_name, change, message) => {
		const sandbox = await salesforce();
		const credential = { ...signedIn(sandbox), ...change };
		const { error } = await run(sandbox, ALL, { credential });
		expect(error?.message).toBe(message);
		expect(sandbox.requests).toEqual([]);
	});

	it('wrong client credentials', async () => {
		const sandbox = await salesforce();
		const credential = { ...appCredential(sandbox.url), clientSecret: 'wrong-consumer-secret' };
		const { error, sleeps } = await run(sandbox, ALL, { credential });
		expect(error?.message).toContain('Salesforce gave no OAuth2 token');
		expect(error?.description).toContain('client credentials');
		expect(sleeps).toEqual([]);
	});
});

describe('a wrong domain', () => {
	it('that answers with a web page', async () => {
		const sandbox = await salesforce();
		sandbox.addFault({ path: '^/services/data', html: true });
		const { error } = await run(sandbox, ALL);
		expect(error?.message).toBe(`${sandbox.url} answered with a web page instead of data`);
		expect(error?.description).toContain("Check 'My Domain URL'");
	});

	it('that redirects to a login page elsewhere', async () => {
		const sandbox = await salesforce();
		const headers = { location: 'https://login.salesforce.com/?startURL=x' };
		sandbox.addFault({ path: '^/services/data', status: 302, headers });
		const { error } = await run(sandbox, ALL);
		expect(error?.message).toContain(`${sandbox.url} sends on to another address: `);
		expect(error?.message).toContain('login.salesforce.com');
		expect(error?.description).toContain("Check 'My Domain URL'");
	});

	it('that gives a page in place of a token', async () => {
		const sandbox = await salesforce();
		const credential = signedIn(sandbox);
		sandbox.sessions.expire();
		sandbox.addFault({ method: 'POST', html: true });
		const { error } = await run(sandbox, ALL, { credential });
		expect(error?.message).toBe('A web page came in place of a token');
		expect(error?.description).toContain("Check 'My Domain URL'");
	});

	it('where nobody listens', async () => {
		const sandbox = await salesforce();
		const credential = { ...signedIn(sandbox), myDomainUrl: 'http://127.0.0.1:9' };
		const { error } = await run(sandbox, ALL, { credential });
		expect(error?.message).toContain('the connection was refused');
		expect(error?.description).toContain("'My Domain URL'");
		expect(error?.description).not.toContain('Base URL');
	});
});

describe('limits', () => {
	it('403 REQUEST_LIMIT_EXCEEDED is not tried again, and told with the usage', async () => {
		const sandbox = await salesforce({ used: 15_000 });
		const { error, sleeps } = await run(sandbox, { ...ALL, options: { dailyLimitShare: 100 } });
		expect(error?.message).toContain(
			'has used up its API requests of the last 24 hours (15001 of 15000)',
		);
		expect(error?.description).toContain('it was not tried again');
		expect(error?.httpCode).toBe('403');
		expect(sleeps).toEqual([]);
		expect(sandbox.requests).toHaveLength(1);
	});

	it('stops at the share of the daily requests that was set, with what was read', async () => {
		const sandbox = await salesforce({
			tickets: plainTickets(100),
			pageSize: 20,
			dailyLimit: 100,
			used: 40,
		});
		const options = { dailyLimitShare: 50, onInterruption: 'returnRead' };
		const result = await run(sandbox, { ...ALL, options });
		const [summary] = json(result, 1);
		expect(summary).toMatchObject({
			complete: false,
			interruption: {
				message: expect.stringContaining('50 of 100 API requests of the last 24 hours are used'),
			},
		});
		expect(sandbox.requests).toHaveLength(10);
		expect(keys(result)).toEqual(numbers(1, 60));
		const rest = await run(sandbox, { ...ALL, options: { cursor: summary.cursor } });
		expect(keys(rest)).toEqual(numbers(61, 100));
	});
});

describe('refusals', () => {
	it.each([
		[
			'QUERY_TIMEOUT',
			'Your query request was running for too long.',
			'took too long',
			'Narrow the filters',
		],
		['INVALID_FIELD', "No such column 'Bogus__c'", 'does not know a name', 'end in __c'],
		['MALFORMED_QUERY', "unexpected token: 'foo'", 'cannot read the query', 'single quotes'],
		['INVALID_OPERATION', 'no', 'refused a comparison', 'SOQL Condition'],
		['API_DISABLED_FOR_ORG', 'API is not enabled', 'not switched on', 'API Enabled'],
	])('%s', async (errorCode, message, said, advice) => {
		const sandbox = await salesforce({ without: ['Attachment', 'ContentDocumentLink'] });
		sandbox.addFault({ path: 'FROM Case', status: 400, body: [{ errorCode, message }] });
		const { error, sleeps } = await run(sandbox, ALL);
		expect(error?.message).toContain(said);
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(advice);
		expect(error?.context.data).toMatchObject({ status: 400, code: errorCode });
		expect(sleeps).toEqual([]);
	});

	it('of a condition come from the server with its own words', async () => {
		const sandbox = await salesforce();
		const { error } = await run(sandbox, { filters: { where: "Bogus__c = 'x'" } });
		expect(error?.message).toMatch(
			/hides it from this user: No such column 'Bogus__c' on entity 'Case'/,
		);
	});

	it('of a version that the organization does not have yet', async () => {
		const sandbox = await salesforce();
		const { error } = await run(sandbox, { options: { apiVersion: 'v99.0' } });
		expect(error?.description).toContain("Check 'API Version'");
		const wrong = await run(sandbox, { options: { apiVersion: 'latest' } });
		expect(wrong.error?.message).toBe("'API Version' is not a version: latest");
	});

	it('become items where the node goes on', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(2) });
		const result = await run(
			sandbox,
			{ filters: { where: '={{ $json.where }}' } },
			{ items: [{ json: { where: 'x' } }, { json: { where: '' } }], continueOnFail: true },
		);
		expect(json(result)).toMatchObject([
			{ error: { code: 'MALFORMED_QUERY', status: 400 } },
			{ key: '00001001' },
			{ key: '00001002' },
		]);
		expect(json(result, 1)).toHaveLength(1);
	});
});

describe('lists', () => {
	it.each([
		['getCaseStatuses', { name: 'Waiting on Customer', value: 'Waiting on Customer' }],
		['getCaseOrigins', { name: 'Email', value: 'Email' }],
		['getCaseReasons', { name: 'Payroll', value: 'Payroll' }],
		['getCasePriorities', { name: 'High', value: 'High' }],
		['getCaseTypes', { name: 'Problem', value: 'Problem' }],
		['getRecordTypes', { name: 'IT Support', value: 'IT_Support' }],
	] as const)('%s come from the organization', async (method, entry) => {
		const sandbox = await salesforce();
		const list = await loadOptions(method, signedIn(sandbox));
		expect(list).toContainEqual(entry);
		expect(list.map(({ value }) => value)).not.toContain('Master');
		expect(sandbox.requests).toEqual(['GET /services/data/v66.0/sobjects/Case/describe']);
	});

	it('say what is wrong', async () => {
		const sandbox = await salesforce();
		const credential = { ...signedIn(sandbox), oauthTokenData: undefined, myDomainUrl: '' };
		await expect(loadOptions('getCaseTypes', credential)).rejects.toThrow('not connected');
	});
});

async function loadOptions(
	method: keyof SalesforceCases['methods']['loadOptions'],
	credential: IDataObject,
) {
	const node = new SalesforceCases();
	const options = { node, credentials: { salesforceCasesOAuth2Api: credential } };
	const workflow = workflowFor(options);
	const data = additionalData(options, workflow);
	data.currentNodeParameters = {} as INodeParameters;
	const context = new LoadOptionsContext(workflow, workflow.getNode('Node')!, data, '');
	return await node.methods.loadOptions[method].call(context);
}
