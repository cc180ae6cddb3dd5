import http from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import { FineTunedChat } from '../../../nodes/FineTunedChat/FineTunedChat.node';
import { OpenAiFineTune } from '../../../nodes/OpenAiFineTune/OpenAiFineTune.node';
import { OpenAiFineTuningApi } from '../../../credentials/OpenAiFineTuningApi.credentials';
import { testCredential, useNock } from '../harness';
import { expectNoSecrets, SECRETS } from './api';

const nock = useNock();
const LIST = { object: 'list', data: [{ id: 'gpt-4.1', object: 'model' }] };
const API = 'https://api.openai.com/v1';

const test = async (data: IDataObject = {}) => {
	const result = await testCredential({
		node: new OpenAiFineTune(),
		method: 'openAiFineTuningApiTest',
		credential: 'openAiFineTuningApi',
		data: { ...SECRETS, ...data },
	});
	expectNoSecrets(result);
	return result;
};

it('is tested by every node that uses it', () => {
	for (const node of [new OpenAiFineTune(), new FineTunedChat()]) {
		const [{ name, testedBy }] = node.description.credentials!;
		expect(name).toBe(new OpenAiFineTuningApi().name);
		expect(node.methods.credentialTest).toHaveProperty(testedBy as string);
	}
});

it('accepts a key that may list models, with all headers of the credential', async () => {
	nock(API, {
		reqheaders: {
			authorization: `Bearer ${SECRETS.apiKey}`,
			'openai-organization': 'org-1',
			'openai-project': 'proj_1',
			'x-gateway': 'gateway-secret-value',
		},
	})
		.get('/models')
		.reply(200, LIST);
	expect(await test({ organizationId: 'org-1', projectId: 'proj_1' })).toEqual({
		status: 'OK',
		message: `Connected to ${API}`,
	});
});

it('accepts a server without a key, and one that sends a bare list', async () => {
	nock('http://localhost:9/v1', { badheaders: ['authorization', 'api-key'] })
		.get('/models')
		.reply(200, []);
	const open = { provider: 'other', baseUrl: 'localhost:9/', authentication: 'none' };
	expect(await test(open)).toEqual({ status: 'OK', message: 'Connected to http://localhost:9/v1' });
});

it('sends the key to Azure in its own header', async () => {
	nock('https://r.openai.azure.com/openai/v1', { reqheaders: { 'api-key': SECRETS.apiKey } })
		.get('/models')
		.reply(200, LIST);
	const azure = { provider: 'azureOpenAi', baseUrl: 'https://r.openai.azure.com' };
	expect((await test({ ...azure, authentication: 'apiKeyHeader' })).status).toBe('OK');
});

const PAGE = '<!doctype html><html><title>Login</title></html>';

it.each([
	[
		'a wrong key',
		401,
		{ error: { message: `Incorrect API key provided: ${SECRETS.apiKey}.` } },
		{},
		/did not accept the API key: Incorrect API key provided: \*\*\*\. Check 'API Key'/,
	],
	[
		'a key without the right',
		403,
		{ error: { message: 'Missing scopes: model.read' } },
		{},
		/may not do this: Missing scopes/,
	],
	['a wrong path', 404, { detail: 'Not Found' }, {}, /Not found: Not Found\. .*Base URL/],
	[
		'a page',
		200,
		PAGE,
		{ 'content-type': 'text/html' },
		/web page instead of data at https:.*Base URL/,
	],
	['a page with 404', 404, PAGE, {}, /web page instead of data/],
	['JSON of something else', 200, { hello: 'world' }, {}, /not JSON|unknown|compatible API/],
	['text', 200, 'OK', {}, /OpenAI-compatible API/],
	[
		'a redirect',
		302,
		'',
		{ location: 'https://login.example.com/' },
		/redirects to another address/,
	],
	['a server in trouble', 503, '', {}, /could not answer \(503\)/],
	['no quota', 429, { error: { message: 'Pay', code: 'insufficient_quota' } }, {}, /no quota left/],
])('says what it is: %s', async (_what, status, body, headers, expected) => {
	nock(API)
		.get('/models')
		.reply(status, body, headers as Record<string, string>);
	const result = await test();
	expect(result.status).toBe('Error');
	expect(result.message).toMatch(expected);
});

it('says that nothing listens at the address', async () => {
	const server = http.createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	const result = await test({ provider: 'sandbox', baseUrl: `http://127.0.0.1:${port}` });
	expect(result).toEqual({
		status: 'Error',
		message: expect.stringContaining(
			`Nothing answers at http://127.0.0.1:${port}/v1: the connection was refused. Check host and port`,
		),
	});
});

it.each([
	['ENOTFOUND', /host name could not be resolved/],
	['ETIMEDOUT', /did not answer in time/],
	['DEPTH_ZERO_SELF_SIGNED_CERT', /secure connection could not be set up/],
])('explains %s', async (code, expected) => {
	nock(API)
		.get('/models')
		.replyWithError(Object.assign(new Error(code), { code }));
	expect((await test()).message).toMatch(expected);
});

it.each([
	[{ apiKey: '' }, /no 'API Key'/],
	[{ provider: 'other' }, /'Base URL' is empty/],
	[{ provider: 'other', baseUrl: 'http://' }, /not a web address/],
	[{ apiKey: 'sk-TopSecretKey\n0123456789' }, /character that cannot be sent/],
	[{ headers: { values: [{ name: 'a b', value: 'x' }] } }, /cannot be used as the name/],
])('asks for %j to be corrected before it sends anything', async (data, expected) => {
	const result = await test(data);
	expect(result.status).toBe('Error');
	expect(result.message).toMatch(expected);
});

it('shows one base URL for each provider, empty, with the address it stands for', () => {
	const { properties } = new OpenAiFineTuningApi();
	const providers = properties[0].options!.map((option) => (option as { value: string }).value);
	const baseUrls = properties.filter(({ name }) => name === 'baseUrl');
	expect(baseUrls.flatMap(({ displayOptions }) => displayOptions!.show!.provider).sort()).toEqual(
		[...providers].sort(),
	);
	for (const { default: value, placeholder, description, required } of baseUrls) {
		// n8n's form would keep the first provider's default for all others.
		expect(value).toBe('');
		if (!required) expect(description).toContain(placeholder);
	}
});
