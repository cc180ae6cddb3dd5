import fc from 'fast-check';

import type { ApiRequest, Transport } from '../../../../lib/http/types';
import { ApiError } from '../../../../lib/http/errors';
import { speak } from '../../../../lib/openai/dialects/speak';
import { togetherDialect } from '../../../../lib/openai/dialects/together';
import { togetherBody } from '../../../../lib/openai/dialects/togetherBody';
import type { JobStatus } from '../../../../lib/openai/dialects/types';

/** Answers each path as told, and keeps what was asked. */
function server(answers: Record<string, unknown>) {
	const requests: ApiRequest[] = [];
	const send = (async (request: ApiRequest) => {
		requests.push(request);
		const data = answers[request.path];
		if (data instanceof ApiError) throw new ApiError(data.message, data.details);
		return { status: 200, headers: {}, data };
	}) as Transport;
	return { requests, transport: speak(togetherDialect, send) };
}

describe('states', () => {
	// All words of FinetuneJobStatus, and `user_error` of the client.
	it.each([
		['pending', 'queued'],
		['queued', 'queued'],
		['running', 'running'],
		['compressing', 'running'],
		['uploading', 'running'],
		['cancel_requested', 'running'],
		['cancelled', 'cancelled'],
		['error', 'failed'],
		['user_error', 'failed'],
		['completed', 'succeeded'],
	] as Array<[string, JobStatus]>)('%s is %s', (word, status) => {
		expect(togetherDialect.jobStatus(word)).toBe(status);
	});

	it('names the model when it exists, although Together names it from the start', () => {
		const model = (status: string) =>
			togetherDialect.tunedModel({ status, model_output_name: 'lab/x' });
		expect([model('running'), model('error'), model('completed')]).toEqual([
			undefined,
			undefined,
			'lab/x',
		]);
		expect(togetherDialect.tunedModel({ status: 'completed', output_name: 'old' })).toBe('old');
	});
});

describe('a new job', () => {
	const whole = (more: object) => togetherBody({ model: 'm', training_file: 'f', ...more });

	it('holds nothing that was not set', () => {
		expect(whole({})).toEqual({ model: 'm', training_file: 'f' });
		expect(whole({ hyperparameters: { lora: true } })).toEqual({ model: 'm', training_file: 'f' });
	});

	it('evaluates with a validation file, as often as was asked', () => {
		expect(whole({ validation_file: 'v' })).toMatchObject({ n_evals: 1 });
		expect(whole({ validation_file: 'v', hyperparameters: { n_evals: 5 } })).toMatchObject({
			n_evals: 5,
		});
	});

	it('lets additional fields win', () => {
		const body = whole({ hyperparameters: { n_epochs: 2 }, n_epochs: 4, packing: false });
		expect(body).toMatchObject({ n_epochs: 4, packing: false });
	});

	it('logs to Weights & Biases with a key', () => {
		const integrations = [{ type: 'wandb', wandb: { project: 'p', entity: 'e' } }];
		expect(whole({ integrations, wandb_api_key: 'w' })).toEqual({
			model: 'm',
			training_file: 'f',
			wandb_project_name: 'p',
			wandb_entity: 'e',
			wandb_api_key: 'w',
		});
		expect(() => whole({ integrations })).toThrow('asks for the key of Weights & Biases');
	});

	it('refuses settings of LoRA for a training of all weights', () => {
		const hyperparameters = { lora: false, lora_r: 8 };
		expect(() => whole({ hyperparameters })).toThrow("'LoRA' is false");
	});

	it('takes any additional fields, and reaches no prototype', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (extra) => {
				try {
					whole(extra);
				} catch (error) {
					expect((error as Error).name).toBe('SettingError');
				}
				expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
			}),
		);
	});
});

describe('answers', () => {
	const get = (path: string): ApiRequest => ({ method: 'GET', path });

	it('takes lists of any shape', async () => {
		await fc.assert(
			fc.asyncProperty(fc.jsonValue(), async (odd) => {
				const { transport } = server({
					'/fine-tunes': odd,
					'/files': odd,
					'/fine-tunes/a/events': odd,
				});
				for (const path of ['/fine_tuning/jobs', '/files', '/fine_tuning/jobs/a/events']) {
					const { data } = await transport<{ data: unknown[] }>(get(path));
					expect(Array.isArray(data.data)).toBe(true);
				}
			}),
		);
	});

	it('asks without fields that Together does not know', async () => {
		const { requests, transport } = server({ '/fine-tunes': { data: [] } });
		await transport({ ...get('/fine_tuning/jobs'), query: { limit: 5, after: 'x' } });
		expect(requests[0]).toMatchObject({ path: '/fine-tunes', query: undefined });
	});

	it('keeps ids inside their path', async () => {
		const { requests, transport } = server({});
		await transport(get(`/fine_tuning/jobs/${encodeURIComponent('../files?x')}`));
		expect(requests[0].path).toBe('/fine-tunes/..%2Ffiles%3Fx');
	});

	it('does without measurements where there are none, and reports other faults', async () => {
		const events = { data: [{ message: 'Made', type: 'job_pending', level: null }] };
		const answer = async (status: number) => {
			const metrics = new ApiError('no', { status });
			const paths = { '/fine-tunes/a/events': events, '/fine-tunes/a/metrics': metrics };
			return await server(paths).transport<{ data: unknown[] }>(get('/fine_tuning/jobs/a/events'));
		};
		expect((await answer(404)).data.data).toHaveLength(1);
		await expect(answer(401)).rejects.toThrow('no');
	});

	it('says so when no address for the file comes', async () => {
		const { transport } = server({ '/files': {} });
		const content = async function* () {
			yield Buffer.from('x');
		};
		const file = { name: 'file', fileName: 'a.jsonl', mimeType: '', bytes: 1, content };
		await expect(transport({ method: 'POST', path: '/files', form: [file] })).rejects.toThrow(
			'Together AI named no address',
		);
	});
});
