import type { FineTuningJobCheckpoint } from 'openai/resources/fine-tuning/jobs/checkpoints';
import type { FineTuningJob, FineTuningJobEvent } from 'openai/resources/fine-tuning/jobs/jobs';

import type { JobStatus } from '../../../lib/openai/dialects/types';
import {
	jobError,
	simplifyCheckpoint,
	simplifyEvent,
	simplifyJob,
} from '../../../lib/openai/simplify';
import { toMs } from '../../../lib/openai/time';

const DIALECT = {
	jobStatus: (raw: string) => (raw === 'completed' ? 'succeeded' : raw) as JobStatus,
	tunedModel: (job: Record<string, unknown>) =>
		(job.fine_tuned_model ?? job.output_name ?? undefined) as string | undefined,
};
const CREATED = 1_790_000_000;
const job = (more: object = {}) =>
	({
		id: 'ftjob-1',
		object: 'fine_tuning.job',
		created_at: CREATED,
		error: null,
		finished_at: null,
		fine_tuned_model: null,
		hyperparameters: {},
		model: 'gpt-4.1-mini-2025-04-14',
		organization_id: 'org-1',
		result_files: [],
		seed: 1,
		status: 'running',
		trained_tokens: null,
		training_file: 'file-1',
		validation_file: null,
		...more,
	}) as FineTuningJob;

describe('simplifyJob', () => {
	it('shows a finished job in ten fields', () => {
		const simple = simplifyJob(
			job({
				status: 'succeeded',
				fine_tuned_model: 'ft:gpt-4.1-mini-2025-04-14:acme::1',
				finished_at: CREATED + 754,
				trained_tokens: 9000,
				result_files: ['file-r'],
			}),
			DIALECT,
			0,
		);
		expect(simple).toEqual({
			id: 'ftjob-1',
			status: 'succeeded',
			model: 'gpt-4.1-mini-2025-04-14',
			fine_tuned_model: 'ft:gpt-4.1-mini-2025-04-14:acme::1',
			trained_tokens: 9000,
			files: { training_file: 'file-1', validation_file: null, result_files: ['file-r'] },
			error_message: null,
			created_at: '2026-09-21T14:13:20.000Z',
			finished_at: '2026-09-21T14:25:54.000Z',
			minutes: 12.6,
		});
		expect(Object.keys(simple)).toHaveLength(10);
	});

	it('counts the minutes of a job that still runs', () => {
		expect(simplifyJob(job(), DIALECT, (CREATED + 90) * 1000)).toMatchObject({
			status: 'running',
			minutes: 1.5,
			finished_at: null,
		});
	});

	it('speaks OpenAI whatever the server says, and survives what it leaves out', () => {
		const foreign = {
			id: 'x',
			status: 'completed',
			output_name: 'acct/model',
			created_at: '2026-11-21',
		};
		expect(simplifyJob(foreign as unknown as FineTuningJob, DIALECT, 0)).toEqual({
			id: 'x',
			status: 'succeeded',
			model: null,
			fine_tuned_model: 'acct/model',
			trained_tokens: null,
			files: { training_file: null, validation_file: null, result_files: [] },
			error_message: null,
			created_at: '2026-11-21T00:00:00.000Z',
			finished_at: null,
			minutes: null,
		});
	});
});

describe('jobError', () => {
	it.each([
		[null, undefined],
		[{ code: null, message: null, param: null }, undefined],
		[{ code: '', message: '' }, undefined],
		[{ code: 'invalid_n_examples', message: 'Too few' }, 'invalid_n_examples: Too few'],
		[{ message: 'Too few' }, 'Too few'],
	])('reads %j', (error, expected) => {
		expect(jobError(job({ error }))).toBe(expected);
	});
});

describe('toMs', () => {
	it.each([
		[1, 1000],
		['2026-11-21T00:00:00Z', 1_795_219_200_000],
		[0, undefined],
		[null, undefined],
		['soon', undefined],
		[NaN, undefined],
	])('reads %p', (time, expected) => expect(toMs(time)).toBe(expected));
});

describe('simplifyEvent', () => {
	it('puts metrics beside the message, and never in place of a field', () => {
		const event = {
			id: 'ftevent-1',
			object: 'fine_tuning.job.event',
			created_at: CREATED,
			level: 'info',
			message: 'Step 3: training loss=0.5',
			type: 'metrics',
			data: { step: 3, train_loss: 0.5, note: 'x', id: 7, __proto__: null },
		} as unknown as FineTuningJobEvent;
		expect(simplifyEvent(event)).toEqual({
			step: 3,
			train_loss: 0.5,
			id: 'ftevent-1',
			created_at: '2026-09-21T14:13:20.000Z',
			level: 'info',
			type: 'metrics',
			message: 'Step 3: training loss=0.5',
		});
	});
});

describe('simplifyCheckpoint', () => {
	it('shows ten fields', () => {
		const checkpoint = {
			id: 'ftckpt_1',
			created_at: CREATED,
			step_number: 88,
			fine_tuned_model_checkpoint: 'ft:m:o::1:ckpt-step-88',
			fine_tuning_job_id: 'ftjob-1',
			metrics: { step: 88, train_loss: 0.4, full_valid_loss: 0.6 },
			object: 'fine_tuning.job.checkpoint',
		} as FineTuningJobCheckpoint;
		const simple = simplifyCheckpoint(checkpoint);
		expect(Object.keys(simple)).toHaveLength(10);
		expect(simple).toMatchObject({ step_number: 88, train_loss: 0.4, valid_loss: null });
	});
});
