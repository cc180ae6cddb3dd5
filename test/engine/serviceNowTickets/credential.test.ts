import type { IDataObject } from 'n8n-workflow';

import { ServiceNowTicketsApi } from '../../../credentials/ServiceNowTicketsApi.credentials';
import { ServiceNowTicketsOAuth2Api } from '../../../credentials/ServiceNowTicketsOAuth2Api.credentials';
import {
	DEMO,
	type ServiceNowSandbox,
	startServiceNowSandbox,
} from '../../../sandbox/tickets/serviceNow';
import { testCredential } from '../harness';
import { login, node } from './support';

let server: ServiceNowSandbox;
beforeAll(async () => {
	server = await startServiceNowSandbox();
});
afterAll(async () => await server.close());

const test = async (more: IDataObject = {}) =>
	await testCredential({
		node,
		method: 'serviceNowTicketsApiTest',
		credential: 'serviceNowTicketsApi',
		data: login(server, more),
	});

it('is declared by the node, one for each way to log in', () => {
	expect(node.description.credentials).toMatchObject([
		{ name: new ServiceNowTicketsApi().name, testedBy: 'serviceNowTicketsApiTest' },
		{ name: new ServiceNowTicketsOAuth2Api().name },
	]);
	expect(node.methods.credentialTest).toHaveProperty('serviceNowTicketsApiTest');
});

it('asks for one user and is content with the answer', async () => {
	expect(await test()).toEqual({ status: 'OK', message: `Connected to ${server.url}` });
	expect(server.requests().at(-1)!.path).toBe(
		'/api/now/table/sys_user?sysparm_limit=1&sysparm_fields=sys_id',
	);
	expect((await test({ authentication: 'apiKey', apiKey: DEMO.apiKey })).status).toBe('OK');
});

it.each([
	['a wrong password', { password: 'TopSecretWrong' }, undefined, /does not accept the login/],
	[
		'a user without roles',
		{ user: DEMO.userWithoutRoles },
		undefined,
		/login works, but the user may not/,
	],
	[
		'an instance that sleeps',
		{},
		{ html: true, body: '<html><title>Instance Hibernating page</title></html>' },
		/is hibernating/,
	],
	['a web page', {}, { html: true }, /web page instead of data/],
	[
		'a redirect',
		{},
		{ status: 301, headers: { location: 'https://other.example.com/' }, body: '' },
		/sends on to another address/,
	],
	['something else', {}, { status: 200, body: { hello: 'world' } }, /did not answer with data/],
	['a server in trouble', {}, { status: 503 }, /cannot answer at the moment/],
	['no address', { instanceUrl: '' }, undefined, /'Instance URL' is empty/],
	['no password', { password: '' }, undefined, /'Password' is empty/],
	[
		'plain http',
		{ instanceUrl: 'http://acme.service-now.com' },
		undefined,
		/does not begin with https/,
	],
	[
		'nobody at the address',
		{ instanceUrl: 'http://127.0.0.1:9' },
		undefined,
		/refused|could not be reached/,
	],
])('says what is wrong: %s', async (_what, fields, fault, expected) => {
	if (fault) server.addFault(fault);
	const result = await test(fields);
	expect(result.status).toBe('Error');
	expect(result.message).toMatch(expected);
	expect(result.message).not.toMatch(/TopSecretWrong|sandbox-password/);
});

it('has addresses for OAuth2 that come from the instance', () => {
	const { properties } = new ServiceNowTicketsOAuth2Api();
	const value = (name: string) => properties.find((property) => property.name === name)!.default;
	expect(value('authUrl')).toMatch(/^=\{\{ .*\$self\["instanceUrl"\].*\}\}\/oauth_auth\.do$/);
	expect(value('accessTokenUrl')).toMatch(/\/oauth_token\.do$/);
});
