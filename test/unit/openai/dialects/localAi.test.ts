import fc from 'fast-check';

import { ApiError } from '../../../../lib/http/errors';
import type { ApiRequest, Transport } from '../../../../lib/http/types';
import { localAiDialect } from '../../../../lib/openai/dialects/localAi';
import { localAiBody } from '../../../../lib/openai/dialects/localAiBody';
import { localAiCheckpoints, localAiJob } from '../../../../lib/openai/dialects/localAiJobs';
import { speak } from '../../../../lib/openai/dialects/speak';
import type { JobStatus } from '../../../../lib/openai/dialects/types';

it.each([
	['queued', 'queued'],
	['loading_model', 'running'],
	['loading_dataset', 'running'],
	['training', 'running'],
	['saving', 'running'],
	['completed', 'succeeded'],
	['failed', 'failed'],
	['stopped', 'cancelled'],
] as Array<[string, JobStatus]>)('the state %s is %s', (word, status) => {
	expect(localAiDialect.jobStatus(word)).toBe(status);
});

it('puts what the trainer reads into texts, and metadata beside it', () => {
	expect(
		localAiBody({
			model: 'm',
			training_file: '/data/f',
			hyperparameters: { packing: true, context_length: 512, lora: false, n_epochs: 1 },
			metadata: { team: 'hr' },
			extra_options: { load_in_4bit: 'true' },
		}),
	).toEqual({
		model: 'm',
		backend: 'trl',
		training_method: 'sft',
		training_type: 'full',
		dataset_source: '/data/f',
		num_epochs: 1,
		extra_options: {
			packing: 'true',
			max_seq_length: '512',
			'metadata.team': 'hr',
			load_in_4bit: 'true',
		},
	});
});

it('lets additional fields choose another method of the trainer', () => {
	const body = localAiBody({ model: 'm', training_file: 'f', training_method: 'orpo' });
	expect(body).toMatchObject({ training_method: 'orpo' });
});

it('shows no token that a job was made with', () => {
	const options = { hf_token: 'hf_secret', max_seq_length: '512', 'metadata.a': 'b' };
	const job = localAiJob({ id: '1', extra_options: options, config: { extra_options: options } });
	expect(JSON.stringify(job)).not.toContain('hf_secret');
	expect(job).toMatchObject({ metadata: { a: 'b' }, extra_options: { max_seq_length: '512' } });
});

it('looks at a job whose progress goes on for longer than it listens', async () => {
	const paths: string[] = [];
	const send = (async ({ path, timeout, retry }: ApiRequest) => {
		paths.push(path);
		if (path.endsWith('/progress')) {
			expect([timeout, retry]).toEqual([5_000, 'never']);
			throw new ApiError('The server did not answer in time', { networkCode: 'ECONNABORTED' });
		}
		return { status: 200, headers: {}, data: { id: '1', status: 'training' } };
	}) as Transport;
	const request = { method: 'GET', path: '/fine_tuning/jobs/1' } as const;
	const { data } = await speak(localAiDialect, send)(request);
	expect(data).toMatchObject({ status: 'running', provider_status: 'training' });
	const path = '/api/fine-tuning/jobs/1';
	expect(paths).toEqual([path, `${path}/progress`, path]);
});

it('keeps a job that was made, even if it cannot be looked at', async () => {
	const send = (async ({ method }: ApiRequest) => {
		if (method === 'GET') throw new ApiError('gone', { status: 500 });
		return { status: 201, headers: {}, data: { id: '1', status: 'queued', message: '' } };
	}) as Transport;
	const body = { model: 'm', training_file: 'f', metadata: { n8n_run_id: 'r' } };
	const request = { method: 'POST', path: '/fine_tuning/jobs', body } as const;
	const { data } = await speak(localAiDialect, send)(request);
	expect(data).toMatchObject({
		id: '1',
		status: 'queued',
		model: 'm',
		training_file: 'f',
		metadata: { n8n_run_id: 'r' },
	});
});

it('takes jobs and checkpoints of any shape', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (odd) => {
			expect(localAiJob(odd)).toMatchObject({ object: 'fine_tuning.job' });
			expect(Array.isArray(localAiCheckpoints('1', odd))).toBe(true);
			expect(Array.isArray(localAiCheckpoints('1', { checkpoints: odd }))).toBe(true);
		}),
	);
});
