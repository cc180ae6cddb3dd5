import fc from 'fast-check';

import type { ApiRequest, Transport } from '../../../../lib/http/types';
import { callOf } from '../../../../lib/openai/dialects/call';
import { openAiDialect } from '../../../../lib/openai/dialects/openai';
import { lackOf, speak } from '../../../../lib/openai/dialects/speak';
import type { Dialect } from '../../../../lib/openai/dialects/types';

const get = (path: string): ApiRequest => ({ method: 'GET', path });
const post = (path: string): ApiRequest => ({ method: 'POST', path });

describe('callOf', () => {
	it.each([
		[get('/fine_tuning/jobs'), 'jobs.list', ''],
		[post('/fine_tuning/jobs'), 'jobs.create', ''],
		[get('/fine_tuning/jobs/ftjob-1'), 'jobs.get', 'ftjob-1'],
		[get('/fine_tuning/jobs/a%2Fb/events'), 'jobs.events', 'a/b'],
		[get('/fine_tuning/jobs/1/checkpoints'), 'jobs.checkpoints', '1'],
		[post('/fine_tuning/jobs/1/cancel'), 'jobs.cancel', '1'],
		[post('/fine_tuning/jobs/1/pause'), 'jobs.pause', '1'],
		[post('/fine_tuning/jobs/1/resume'), 'jobs.resume', '1'],
		[post('/fine_tuning/jobs/1/explode'), 'other', '1'],
		[post('/fine_tuning/alpha/graders/run'), 'graders', ''],
		[get('/fine_tuning/checkpoints/c/permissions'), 'permissions', ''],
		[post('/files'), 'files.create', ''],
		[get('/files'), 'files.list', ''],
		[get('/files/file-1'), 'files.get', 'file-1'],
		[get('/files/file-1/content'), 'files.content', 'file-1'],
		[{ method: 'DELETE', path: '/files/file-1' }, 'files.delete', 'file-1'],
		[get('/models'), 'models.list', ''],
		[get('/models/ft%3Aa%3Ab'), 'models.get', 'ft:a:b'],
		[{ method: 'DELETE', path: '/models/m' }, 'models.delete', 'm'],
		[post('/uploads/u/parts'), 'uploads', ''],
		[get('/webhook_endpoints'), 'webhooks', ''],
		[post('/chat/completions'), 'chat', ''],
		[post('/embeddings'), 'other', ''],
	] as Array<[ApiRequest, string, string]>)('%j', (request, name, id) => {
		expect(callOf(request)).toEqual({ name, id, request });
	});

	it('takes any path', () => {
		fc.assert(fc.property(fc.string(), (path) => typeof callOf(get(`/${path}`)).name === 'string'));
	});
});

/** Answers everything with `data` and keeps what was asked. */
function server(data: unknown) {
	const requests: ApiRequest[] = [];
	const send = (async (request: ApiRequest) => {
		requests.push(request);
		return { status: 200, headers: {}, data };
	}) as Transport;
	return { requests, send };
}

const dialect = (more: Partial<Dialect>): Dialect => ({
	...openAiDialect,
	name: 'Lab',
	rawJobs: undefined,
	...more,
});

describe('speak', () => {
	it('passes on everything as it is for OpenAI', async () => {
		const job = { id: '1', status: 'preparing', created_at: '5' };
		const { requests, send } = server(job);
		const request = { ...get('/fine_tuning/jobs/1'), query: { a: 1 } };
		expect((await speak(openAiDialect, send)(request)).data).toBe(job);
		expect(requests[0]).toMatchObject(request);
	});

	it('refuses what is missing before anything is sent', async () => {
		const { requests, send } = server({});
		const supports = { ...openAiDialect.supports, uploads: false };
		const lab = dialect({ supports, lacks: { chat: 'Use another server.' } });
		await expect(speak(lab, send)(post('/chat/completions'))).rejects.toMatchObject({
			message: 'Lab has no way to chat',
			description: 'Use another server.',
		});
		await expect(speak(lab, send)(post('/uploads'))).rejects.toMatchObject({
			message: 'Lab has no way to upload files in parts',
			description: 'Send the file in one request.',
		});
		expect(requests).toEqual([]);
		expect(lackOf(lab, 'jobs.list')).toBeUndefined();
	});

	it.each([
		['1763726400', 1763726400],
		['2025-11-21T12:00:00Z', 1763726400],
		[1763726400, 1763726400],
		['0', null],
		['soon', null],
	])('puts a job into our words and numbers: %j', async (time, expected) => {
		const { send } = server({ data: [{ id: '1', status: 'Completed', created_at: time }, null] });
		const lab = dialect({ jobStatus: (word) => (word === 'Completed' ? 'succeeded' : 'running') });
		const { data } = await speak(lab, send)(get('/fine_tuning/jobs'));
		expect(data).toEqual({
			data: [
				{
					id: '1',
					status: 'succeeded',
					provider_status: 'Completed',
					fine_tuned_model: null,
					created_at: expected,
				},
				null,
			],
		});
	});

	it('names the model of a job only once it has succeeded', async () => {
		const lab = dialect({ tunedModel: ({ id }) => String(id) });
		const model = async (status: string) => {
			const { send } = server({ id: 'm', status });
			const { data } = await speak(lab, send)<Record<string, unknown>>(get('/fine_tuning/jobs/m'));
			return data.fine_tuned_model;
		};
		expect([await model('running'), await model('succeeded')]).toEqual([null, 'm']);
	});

	it.each([undefined, null, 'text', [], { data: 'x' }])('lets %j through', async (odd) => {
		const { send } = server(odd);
		expect((await speak(dialect({}), send)(get('/fine_tuning/jobs'))).data).toEqual(odd);
		expect((await speak(dialect({}), send)(get('/files'))).data).toEqual(odd);
	});

	it('adds the fields that a server wants, under those of the request', async () => {
		const { requests, send } = server({});
		const lab = dialect({
			extras: {
				jobQuery: { provider: 'x', limit: 1 },
				jobBody: { provider: 'x' },
				fileQuery: { provider: 'y' },
				fileForm: [{ name: 'provider', value: 'y' }],
			},
		});
		const transport = speak(lab, send);
		await transport({ ...get('/fine_tuning/jobs'), query: { limit: 9 } });
		await transport({ ...post('/fine_tuning/jobs'), body: { model: 'm' } });
		await transport(post('/fine_tuning/jobs/1/cancel'));
		await transport({ ...post('/files'), form: [{ name: 'purpose', value: 'fine-tune' }] });
		await transport(get('/models'));
		const [list, create, cancel, upload, models] = requests;
		expect(list.query).toEqual({ provider: 'x', limit: 9 });
		expect(create.body).toEqual({ model: 'm', provider: 'x' });
		expect(cancel.body).toEqual({ provider: 'x' });
		expect(upload.form?.map(({ name }) => name)).toEqual(['provider', 'purpose']);
		expect(upload.query).toEqual({ provider: 'y' });
		expect(models).toEqual(get('/models'));
	});

	it('renames the limit of an answer for servers that know the older name', async () => {
		const { requests, send } = server({});
		const body = { model: 'm', max_completion_tokens: 5 };
		const old = speak(dialect({ chat: { maxTokens: 'max_tokens' } }), send);
		await old({ ...post('/chat/completions'), body });
		await old({ ...post('/chat/completions'), body: { max_tokens: 3 } });
		await speak(dialect({}), send)({ ...post('/chat/completions'), body });
		expect(requests.map((request) => request.body)).toEqual([
			{ model: 'm', max_tokens: 5 },
			{ max_tokens: 3 },
			body,
		]);
	});
});
