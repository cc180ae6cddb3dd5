import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { credential, SANDBOX_API_KEY } from '../../sandbox/n8n';
import { freePort } from '../../sandbox/n8n/ports';

import { openStage, type Stage } from './stage';

jest.setTimeout(240_000);

let stage: Stage;
let webSite: Server;

beforeAll(async () => {
	stage = await openStage('credential');
	webSite = createServer((_request, response) => {
		response.setHeader('content-type', 'text/html');
		response.end('<!doctype html><title>Welcome</title><p>This is a web page.</p>');
	});
	await new Promise<void>((resolve) => webSite.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
	webSite?.close();
	await stage?.close();
});

const testWith = async (baseUrl: string, apiKey = SANDBOX_API_KEY) =>
	await stage.rest.testCredential(
		stage.credential.id,
		credential({ provider: 'sandbox', baseUrl, authentication: 'bearer', apiKey }),
	);

describe("the credential's test, as the button in the editor runs it", () => {
	test('is green with a good key', async () => {
		expect(await testWith(`${stage.server.url}/v1`)).toMatchObject({ status: 'OK' });
	});

	test('takes a base URL with a trailing slash, and one without /v1', async () => {
		expect(await testWith(`${stage.server.url}/v1/`)).toMatchObject({ status: 'OK' });
		expect(await testWith(stage.server.url)).toMatchObject({ status: 'OK' });
	});

	test('says that the key is wrong, and does not repeat it', async () => {
		const answer = await testWith(`${stage.server.url}/v1`, 'sk-not-the-right-one-1234567890');
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(/key/i);
		expect(answer.message).not.toContain('sk-not-the-right-one-1234567890');
	});

	test('says that the URL is wrong when the server knows no such path', async () => {
		const answer = await testWith(`${stage.server.url}/somewhere/else`);
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(/base URL/i);
	});

	test('says that a web page answered', async () => {
		const { port } = webSite.address() as AddressInfo;
		const answer = await testWith(`http://127.0.0.1:${port}/v1`);
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(/web page|HTML/i);
	});

	test('says that nobody listens on a closed port', async () => {
		const answer = await testWith(`http://127.0.0.1:${await freePort()}/v1`);
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(/refused|connect|reach/i);
	});
});
