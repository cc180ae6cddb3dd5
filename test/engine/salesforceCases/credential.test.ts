/** Addresses and scopes that n8n's OAuth pages take from the credential. */
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import { SalesforceCases } from '../../../nodes/SalesforceCases/SalesforceCases.node';
import { credentialTypes } from '../harness/credentials';
import { runNode, useNock } from '../harness';

useNock();
const NAME = 'salesforceCasesOAuth2Api';

const probe: INodeType = {
	description: {
		...new SalesforceCases().description,
		properties: [],
		outputs: [NodeConnectionTypes.Main],
	},
	async execute(this: IExecuteFunctions) {
		const { authUrl, accessTokenUrl, scope } = await this.getCredentials(NAME);
		return [[{ json: { authUrl, accessTokenUrl, scope } as IDataObject }]];
	},
};

async function resolved(values: IDataObject): Promise<IDataObject> {
	const { outputs } = await runNode({ node: probe, credentials: { [NAME]: values } });
	return outputs[0][0].json;
}

describe('the credential', () => {
	it.each([
		[{}, 'https://login.salesforce.com'],
		[{ environment: 'sandbox' }, 'https://test.salesforce.com'],
		[{ myDomainUrl: 'https://acme.my.salesforce.com/' }, 'https://acme.my.salesforce.com'],
		[{ myDomainUrl: ' acme.my.salesforce.com ' }, 'https://acme.my.salesforce.com'],
		[
			{
				environment: 'sandbox',
				myDomainUrl: 'https://acme--uat.sandbox.my.salesforce.com/lightning/page/home?x#y',
			},
			'https://acme--uat.sandbox.my.salesforce.com',
		],
		[{ myDomainUrl: 'http://acme.my.salesforce.com' }, 'https://acme.my.salesforce.com'],
		[{ myDomainUrl: 'http://localhost.attacker.example' }, 'https://localhost.attacker.example'],
		[{ myDomainUrl: 'http://127.0.0.1:8790' }, 'http://127.0.0.1:8790'],
	])('signs in at the right address: %j', async (values, origin) => {
		expect(await resolved(values)).toEqual({
			authUrl: `${origin}/services/oauth2/authorize`,
			accessTokenUrl: `${origin}/services/oauth2/token`,
			scope: 'api refresh_token',
		});
	});

	it('asks for no scope with client credentials, where refresh_token is refused', async () => {
		const myDomainUrl = 'https://acme.my.salesforce.com';
		expect(await resolved({ grantType: 'clientCredentials', myDomainUrl })).toMatchObject({
			scope: '',
		});
	});

	it('lets n8n do the flow with PKCE, and lets nobody change where tokens go', () => {
		const type = credentialTypes().get(NAME)!;
		expect(type.extends).toEqual(['oAuth2Api']);
		const property = (name: string) => type.properties.find((each) => each.name === name);
		expect(property('grantType')?.default).toBe('pkce');
		for (const name of ['authUrl', 'accessTokenUrl', 'scope']) {
			expect(property(name)?.type).toBe('hidden');
		}
		expect(property('clientSecret')?.typeOptions).toEqual({ password: true });
	});
});
