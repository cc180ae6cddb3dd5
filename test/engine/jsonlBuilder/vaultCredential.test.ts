import { JsonlBuilder } from '../../../nodes/JsonlBuilder/JsonlBuilder.node';
import { testCredential } from '../harness';
import { PASSPHRASE } from './redact.support';

describe('the credential', () => {
	test.each([
		[PASSPHRASE, 'OK'],
		['tiny', 'Error'],
	])('%s: %s', async (passphrase, status) => {
		const result = await testCredential({
			node: new JsonlBuilder(),
			method: 'redactionVaultApiTest',
			credential: 'redactionVaultApi',
			data: { passphrase },
		});
		expect(result.status).toBe(status);
		expect(result.message).not.toContain(passphrase);
	});
});
