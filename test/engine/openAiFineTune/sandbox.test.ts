/** The life of a file against the sandbox, which is another author's reading of the same API. */
import { type SandboxServer, startServer } from '../../../sandbox/server';
import { OpenAiFineTune } from '../../../nodes/OpenAiFineTune/OpenAiFineTune.node';
import { readBinary, runListSearch, testCredential } from '../harness';
import { locator, run } from './api';

// Megabytes pass through; a busy machine needs its time for them.
jest.setTimeout(30_000);

let server: SandboxServer;
beforeAll(async () => {
	server = await startServer();
});
afterAll(async () => await server.close());

const credential = (apiKey = 'sk-sandbox-0123456789') => ({
	provider: 'sandbox',
	baseUrl: server.url,
	apiKey,
});
const credentials = () => ({ openAiFineTuningApi: credential() });
const content = Array.from(
	{ length: 20_000 },
	(_, i) =>
		`{"messages":[{"role":"user","content":"Question ${i}?"},{"role":"assistant","content":"Answer ${i}"}]}\n`,
).join('');

it.each([
	['at once', {}],
	['in parts', { partsAboveMb: 1, partSizeMb: 1 }],
])('uploads %s, reuses, lists, reads back and deletes', async (_how, options) => {
	const setup = {
		items: [{ files: { data: { content, fileName: 'train.jsonl' } } }],
		credentials: credentials(),
		binaryMode: 'filesystem' as const,
	};
	const uploaded = await run('file', 'upload', { options }, setup);
	expect(uploaded.error).toBeUndefined();
	const { id } = uploaded.outputs[0][0].json;
	expect(uploaded.outputs[0][0].json).toMatchObject({
		filename: 'train.jsonl',
		bytes: content.length,
		status: 'processed',
		reused: false,
		examples: 20_000,
	});

	const again = await run('file', 'upload', {}, setup);
	expect(again.outputs[0][0].json).toMatchObject({ id, reused: true });

	const fileId = locator(id as string);
	const read = await run('file', 'getContent', { fileId }, setup);
	expect((await readBinary(read.outputs[0][0].binary!.data)).toString() === content).toBe(true);

	const listed = await run('file', 'getAll', { filters: { purpose: 'fine-tune' } }, setup);
	expect(listed.outputs[0].map(({ json }) => json.id)).toEqual([id]);

	const deleted = await run('file', 'delete', { fileId }, setup);
	expect(deleted.outputs[0][0].json).toEqual({ deleted: true, id });
	expect((await run('file', 'get', { fileId }, setup)).error?.httpCode).toBe('404');
});

it('tests the credential and lists base models', async () => {
	const node = new OpenAiFineTune();
	const test = async (apiKey?: string) =>
		await testCredential({
			node,
			method: 'openAiFineTuningApiTest',
			credential: 'openAiFineTuningApi',
			data: credential(apiKey),
		});
	expect((await test()).status).toBe('OK');
	expect((await test('sk-wrong-0123456789')).message).toContain('did not accept the API key');

	const list = { node, method: 'searchBaseModels', credentials: credentials() };
	const { results } = await runListSearch(list);
	expect(results.map(({ value }) => value)).toContain('gpt-4.1-mini-2025-04-14');
});

it('outlasts faults of the server', async () => {
	server.addFault({ path: '/models', status: 503, times: 2 });
	const { outputs, sleeps } = await run(
		'model',
		'getAll',
		{ fineTunedOnly: false },
		{ credentials: credentials() },
	);
	expect(outputs[0].length).toBeGreaterThan(1);
	expect(sleeps).toHaveLength(2);
});
