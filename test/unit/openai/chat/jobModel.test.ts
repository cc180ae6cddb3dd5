import {
	type JobReading,
	modelOfJob,
	newestCheckpoint,
} from '../../../../lib/openai/chat/jobModel';
import { nebiusDialect } from '../../../../lib/openai/dialects/nebius';
import type { SettingError } from '../../../../lib/openai/settingError';

const job = (fields: object) => ({ id: 'ftjob-1', object: 'fine_tuning.job', ...fields });
const checkpoint = (step: number) => ({
	step_number: step,
	fine_tuned_model_checkpoint: `ft:m:acme::x:ckpt-step-${step}`,
});
const other: JobReading = {
	jobStatus: (raw) => (raw === 'completed' ? 'succeeded' : 'running'),
	tunedModel: (one) => one.output_name as string | undefined,
};

describe('modelOfJob', () => {
	it('takes the model of a finished job, in any shape', () => {
		const done = job({ status: 'succeeded', fine_tuned_model: 'ft:m:acme::x' });
		expect(modelOfJob(done)).toEqual({ model: 'ft:m:acme::x' });
		expect(modelOfJob(JSON.stringify(done))).toEqual({ model: 'ft:m:acme::x' });
		expect(modelOfJob({ id: 'ft:m:acme::x', object: 'model' })).toEqual({ model: 'ft:m:acme::x' });
		expect(modelOfJob('ft:m:acme::x')).toEqual({ model: 'ft:m:acme::x' });
	});

	it('takes a checkpoint item for what it says', () => {
		const item = { id: 'ftckpt_1', fine_tuning_job_id: 'ftjob-1', ...checkpoint(88) };
		expect(modelOfJob(item, 'final', other)).toEqual({ model: 'ft:m:acme::x:ckpt-step-88' });
	});

	it('asks for what it needs to know', () => {
		expect(modelOfJob(' ftjob-1 ')).toEqual({ jobId: 'ftjob-1', needs: 'job' });
		expect(modelOfJob('ftjob-1', 'finalOrCheckpoint')).toEqual({ jobId: 'ftjob-1', needs: 'job' });
		expect(modelOfJob('ftjob-1', 'latestCheckpoint')).toEqual({
			jobId: 'ftjob-1',
			needs: 'checkpoints',
		});
		expect(modelOfJob(job({ status: 'running' }), 'finalOrCheckpoint')).toEqual({
			jobId: 'ftjob-1',
			needs: 'checkpoints',
		});
	});

	it('uses the newest checkpoint that the item holds', () => {
		const running = job({ status: 'running', checkpoints: [checkpoint(9), checkpoint(20)] });
		expect(modelOfJob(running, 'finalOrCheckpoint')).toEqual({
			model: 'ft:m:acme::x:ckpt-step-20',
		});
		expect(() => modelOfJob(running)).toThrow('has no model yet');
	});

	it("reads other servers' words", () => {
		expect(modelOfJob(job({ status: 'completed', output_name: 'm-1' }), 'final', other)).toEqual({
			model: 'm-1',
		});
		expect(() => modelOfJob(job({ status: 'pending' }), 'final', other)).toThrow('no model yet');
	});

	it.each([
		[{ status: 'running' }, "has no model yet: its status is 'running'", "'Wait'"],
		[{ status: 'queued', fine_tuned_model: null }, 'no model yet', 'latest checkpoint'],
		[
			{ status: 'failed', error: { code: 'x', message: 'Too few examples' } },
			"'ftjob-1' has no model: its status is 'failed' (Too few examples)",
			'events',
		],
		[{ status: 'failed', error: 'x: Too few examples' }, '(x: Too few examples)', 'events'],
		[{ status: 'cancelled' }, "its status is 'cancelled'", 'events'],
		[{ status: 'succeeded' }, 'names no model', 'deployed'],
		[{}, 'is not a fine-tuning job', 'ftjob-'],
	])('says clearly why %j has no model', (fields, message, fix) => {
		expect(() => modelOfJob(job(fields))).toThrow(
			expect.objectContaining({
				message: expect.stringContaining(message),
				description: expect.stringContaining(fix),
			}),
		);
	});

	it('advises no checkpoint where none can be asked', () => {
		const { chat, ...reading } = nebiusDialect;
		const adviceOf = (dialect: JobReading) => {
			try {
				return modelOfJob(job({ status: 'running' }), 'final', dialect);
			} catch (error) {
				return (error as SettingError).description;
			}
		};
		expect(adviceOf(reading)).toContain('latest checkpoint');
		expect(adviceOf({ ...reading, chat })).toMatch(/^Wait for it .* node\.$/);
	});

	it.each(['', '  ', '{', '[1]', 5, null, undefined, []])('refuses %j', (source) => {
		if (source === '[1]') return expect(modelOfJob(source)).toEqual({ jobId: '[1]', needs: 'job' });
		return expect(() => modelOfJob(source)).toThrow();
	});
});

describe('newestCheckpoint', () => {
	it('goes by step, not by place', () => {
		expect(newestCheckpoint([checkpoint(10), checkpoint(30), checkpoint(20), {}])).toBe(
			'ft:m:acme::x:ckpt-step-30',
		);
		expect(newestCheckpoint([])).toBeUndefined();
		expect(newestCheckpoint('x')).toBeUndefined();
	});
});
