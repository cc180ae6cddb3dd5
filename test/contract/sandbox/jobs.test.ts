import OpenAI from 'openai';

import { chatLine, collect, NOON, PAIRS, trainingFile, useSandbox } from './setup';

const MODEL = 'gpt-4.1-mini-2025-04-14';
const bench = useSandbox({ speed: 1 });

async function create(more: Partial<OpenAI.FineTuning.JobCreateParams> = {}) {
	const training_file = more.training_file ?? (await bench.upload(trainingFile())).id;
	return await bench.client.fineTuning.jobs.create({ model: MODEL, ...more, training_file });
}

async function statusAfter(ms: number, id: string) {
	await bench.server.advance(ms);
	return (await bench.client.fineTuning.jobs.retrieve(id)).status;
}

describe('the life of a job', () => {
	it('goes from validating_files over queued and running to succeeded', async () => {
		const job = await create({ suffix: 'hr', seed: 7, metadata: { run: 'a' } });
		expect(job).toMatchObject({
			object: 'fine_tuning.job',
			status: 'validating_files',
			model: MODEL,
			seed: 7,
			metadata: { run: 'a' },
			hyperparameters: { n_epochs: 'auto', batch_size: 'auto' },
			fine_tuned_model: null,
			trained_tokens: null,
			error: null,
			created_at: NOON / 1000,
		});
		expect(await statusAfter(14_999, job.id)).toBe('validating_files');
		expect(await statusAfter(1, job.id)).toBe('queued');
		expect(await statusAfter(20_000, job.id)).toBe('running');
		const running = await bench.client.fineTuning.jobs.retrieve(job.id);
		// 10 examples: the cookbook's rule makes 10 epochs of it, 100 steps of 1.5 s, and 20 s for the end.
		expect(running.hyperparameters).toMatchObject({ n_epochs: 10, batch_size: 1 });
		expect(running.estimated_finish).toBe(NOON / 1000 + 35 + 150 + 20);
		expect(await statusAfter(169_999, job.id)).toBe('running');
		expect(await statusAfter(1, job.id)).toBe('succeeded');
		const done = await bench.client.fineTuning.jobs.retrieve(job.id);
		expect(done.fine_tuned_model).toMatch(/^ft:gpt-4\.1-mini-2025-04-14:sandbox:hr:\w{8}$/);
		expect(done.finished_at).toBe(running.estimated_finish);
		expect(done.estimated_finish).toBeNull();
		expect(done.trained_tokens).toBeGreaterThan(0);
		expect(done.trained_tokens! % 10).toBe(0);
	});

	it('tells what happens in events, newest first', async () => {
		const job = await bench.tune(MODEL, { seed: 7 });
		const events = await collect(bench.client.fineTuning.jobs.listEvents(job.id, { limit: 7 }));
		const told = events.filter(({ type }) => type === 'message').map(({ message }) => message);
		expect(told).toEqual([
			'The job has successfully completed',
			'Usage policy evaluations completed, model is now enabled for sampling',
			'Evaluating model against our usage policies',
			'New fine-tuned model created',
			'Checkpoint created at step 100',
			'Checkpoint created at step 90',
			'Checkpoint created at step 80',
			'Fine-tuning job started',
			'Files validated, moving job to queued state',
			`Validating training file: ${job.training_file}`,
			`Created fine-tuning job: ${job.id}`,
		]);
		const metrics = events.filter(({ type }) => type === 'metrics');
		expect(metrics).toHaveLength(100);
		expect(metrics[0].message).toMatch(/^Step 100\/100: training loss=\d\.\d\d$/);
		expect(metrics[99].data).toMatchObject({ step: 1, total_steps: 100 });
		expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
		const times = events.map(({ created_at }) => created_at);
		expect(times).toEqual([...times].sort((a, b) => b - a));
	});

	it('keeps the checkpoints of the last three epochs', async () => {
		const validation_file = (await bench.upload(trainingFile())).id;
		const job = await bench.tune(MODEL, { validation_file });
		const checkpoints = await collect(
			bench.client.fineTuning.jobs.checkpoints.list(job.id, { limit: 2 }),
		);
		expect(checkpoints.map(({ step_number }) => step_number)).toEqual([100, 90, 80]);
		expect(checkpoints.map((checkpoint) => checkpoint.fine_tuned_model_checkpoint)).toEqual([
			job.fine_tuned_model,
			`${job.fine_tuned_model}:ckpt-step-90`,
			`${job.fine_tuned_model}:ckpt-step-80`,
		]);
		for (const { metrics } of checkpoints) {
			expect(metrics.full_valid_loss).toBeGreaterThan(metrics.train_loss!);
		}
	});

	it('writes a result file, base64-encoded unless asked otherwise', async () => {
		const job = await bench.tune();
		const [id] = job.result_files;
		const encoded = await (await bench.client.files.content(id)).text();
		const csv = Buffer.from(encoded, 'base64').toString();
		const rows = csv.trim().split('\n');
		expect(rows[0]).toBe('step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy');
		expect(rows).toHaveLength(101);
		bench.server.changeSettings({ resultFileBase64: false });
		expect(await (await bench.client.files.content(id)).text()).toBe(csv);
		expect((await bench.client.files.retrieve(id)).purpose).toBe('fine-tune-results');
	});

	it('cancels', async () => {
		const { id } = await create();
		await bench.server.advance(20_000);
		const cancelled = await bench.client.fineTuning.jobs.cancel(id);
		expect(cancelled).toMatchObject({ status: 'cancelled', fine_tuned_model: null });
		expect(cancelled.finished_at).toBe(NOON / 1000 + 20);
		expect(await statusAfter(3_600_000, id)).toBe('cancelled');
		await expect(bench.client.fineTuning.jobs.cancel(id)).rejects.toMatchObject({ status: 400 });
	});

	it('continues a model that was tuned before and remembers both files', async () => {
		const first = await bench.tune();
		const more = PAIRS.map(([question]) => [question, 'The later answer.'] as [string, string]);
		const later = more
			.slice(0, 5)
			.concat(more.slice(5).map(([, a], i) => [`Extra question ${i}?`, a]));
		const training_file = (await bench.upload(trainingFile(later))).id;
		const job = await create({ model: first.fine_tuned_model!, training_file });
		await bench.server.advance(3_600_000);
		const done = await bench.client.fineTuning.jobs.retrieve(job.id);
		expect(done.model).toBe(first.fine_tuned_model);
		expect(done.fine_tuned_model).toMatch(/^ft:gpt-4\.1-mini-2025-04-14:sandbox::\w{8}$/);
		const ask = async (content: string) => {
			const messages = [{ role: 'user' as const, content }];
			const answer = await bench.client.chat.completions.create({
				model: done.fine_tuned_model!,
				messages,
			});
			return answer.choices[0].message.content;
		};
		expect(await ask('What is the capital of France?')).toBe('The later answer.');
		expect(await ask('Who repairs broken chairs?')).toBe('Write to the facility team.');
	});

	it('goes on when the model that it continues is deleted meanwhile', async () => {
		const { fine_tuned_model: first } = await bench.tune();
		const { id } = await create({ model: first! });
		await bench.client.models.delete(first!);
		await bench.server.advance(3_600_000);
		const { fine_tuned_model } = await bench.client.fineTuning.jobs.retrieve(id);
		expect(fine_tuned_model).toMatch(/^ft:gpt-4\.1-mini-2025-04-14:sandbox::\w{8}$/);
	});

	it('is ended from outside', async () => {
		const [failed, succeeded] = [await create(), await create()];
		const error = { code: 'internal', message: 'It broke.', param: null };
		await bench.control('POST', `jobs/${failed.id}`, { status: 'failed', error });
		await bench.control('POST', `jobs/${succeeded.id}`, { status: 'succeeded' });
		const jobs = bench.client.fineTuning.jobs;
		expect(await jobs.retrieve(failed.id)).toMatchObject({ status: 'failed', error });
		expect((await jobs.retrieve(succeeded.id)).fine_tuned_model).toMatch(/^ft:/);
	});
});

describe('files that are not fit for training', () => {
	const nine = PAIRS.slice(0, 9);

	it.each([
		[
			'nine examples',
			trainingFile(nine),
			'invalid_n_examples',
			'Training file has 9 example(s), but must have at least 10 examples',
		],
		[
			'a message without content',
			`{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":""}]}\n${trainingFile()}`,
			'invalid_file_format',
			'Invalid file format. Line 1, message 2, key "content": Must not be empty',
		],
		[
			'an unknown role',
			`${trainingFile()}{"messages":[{"role":"bot","content":"a"}]}\n`,
			'invalid_file_format',
			'Line 11, message 1, key "role"',
		],
		[
			'prompt and completion',
			`{"prompt":"a","completion":"b"}\n${trainingFile()}`,
			'invalid_file_format',
			'Line 1 is in the prompt-completion format',
		],
		[
			'a special token',
			`${trainingFile(nine)}${chatLine('a', '<|fim_suffix|>')}`,
			'invalid_file_format',
			'Line 10, message 2 contains an invalid token: <|fim_suffix|>',
		],
		[
			'a question without an answer',
			`${trainingFile(nine)}{"messages":[{"role":"user","content":"a"}]}\n`,
			'invalid_file_format',
			'Line 10: Example must contain at least one assistant message',
		],
	])('%s', async (_name, content, code, message) => {
		const { id } = await create({ training_file: (await bench.upload(content)).id });
		expect(await statusAfter(15_000, id)).toBe('failed');
		const job = await bench.client.fineTuning.jobs.retrieve(id);
		expect(job.error).toMatchObject({ code, param: 'training_file' });
		expect(job.error?.message).toContain(message);
		const [last] = (await bench.client.fineTuning.jobs.listEvents(id)).data;
		expect(last).toMatchObject({ level: 'error', message: job.error?.message });
	});

	it('names the validation file', async () => {
		const validation_file = (await bench.upload('{"a":1}\n')).id;
		const { id } = await create({ validation_file });
		await bench.server.advance(15_000);
		const { error } = await bench.client.fineTuning.jobs.retrieve(id);
		expect(error).toMatchObject({ param: 'validation_file', code: 'invalid_file_format' });
	});

	it('reads preference pairs for dpo', async () => {
		const line = JSON.stringify({
			input: { messages: [{ role: 'user', content: 'Say something kind' }] },
			preferred_output: [{ role: 'assistant', content: 'You are great.' }],
			non_preferred_output: [{ role: 'assistant', content: 'Go away.' }],
		});
		const good = (await bench.upload(`${line}\n`.repeat(10))).id;
		const method = { type: 'dpo' as const, dpo: { hyperparameters: { beta: 0.2 } } };
		const job = await create({ training_file: good, method });
		expect(job.method?.dpo?.hyperparameters).toMatchObject({ beta: 0.2, n_epochs: 'auto' });
		expect(await statusAfter(15_000, job.id)).toBe('queued');
		const wrong = await create({ method });
		expect(await statusAfter(15_000, wrong.id)).toBe('failed');
	});
});

describe('paused jobs', () => {
	// The specification does not list the status `paused`, so these answers are read without its judgement.
	it('stand still until they are resumed', async () => {
		const { id } = await create();
		await bench.server.advance(40_000);
		const plain = bench.clientWith({ fetch });
		const paused = await plain.fineTuning.jobs.pause(id);
		expect(paused.status).toBe('paused');
		await bench.server.advance(3_600_000);
		expect((await plain.fineTuning.jobs.retrieve(id)).status).toBe('paused');
		await expect(plain.fineTuning.jobs.pause(id)).rejects.toMatchObject({ status: 400 });
		expect((await plain.fineTuning.jobs.resume(id)).status).toBe('running');
		expect(await statusAfter(164_999, id)).toBe('running');
		expect(await statusAfter(1, id)).toBe('succeeded');
	});
});

describe('listing jobs', () => {
	it('pages newest first and filters by metadata', async () => {
		const ids: string[] = [];
		for (const run of ['a', 'b', 'a', 'b', 'a']) {
			ids.push((await create({ metadata: { run, 'odd key.x': '1' } })).id);
		}
		const plain = await create();
		const jobs = bench.client.fineTuning.jobs;
		const idsOf = async (list: AsyncIterable<{ id: string }>) =>
			(await collect(list)).map(({ id }) => id);
		expect(await idsOf(jobs.list({ limit: 2 }))).toEqual([plain.id, ...[...ids].reverse()]);
		const filtered = jobs.list({ limit: 1, metadata: { run: 'a', 'odd key.x': '1' } });
		expect(await idsOf(filtered)).toEqual([ids[4], ids[2], ids[0]]);
		expect(await idsOf(jobs.list({ metadata: null }))).toContain(plain.id);
	});

	it('knows metadata=null', async () => {
		await create({ metadata: { run: 'a' } });
		const plain = await create();
		const page = await bench.client.fineTuning.jobs.list({}, { query: { metadata: 'null' } });
		expect(page.data.map(({ id }) => id)).toEqual([plain.id]);
	});

	it('refuses an unknown cursor and a limit below one', async () => {
		const jobs = bench.client.fineTuning.jobs;
		await expect(jobs.list({ after: 'ftjob-none' })).rejects.toMatchObject({ status: 404 });
		await expect(jobs.list({ limit: 0 })).rejects.toMatchObject({ param: 'limit' });
	});
});

describe('what a job is refused for', () => {
	const long = 'x'.repeat(65);
	const pairs = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v']));
	const supervised = (hyperparameters: object) => ({
		method: { type: 'supervised', supervised: { hyperparameters } },
	});

	it.each<[string, object, object]>([
		['no such model', { model: 'gpt-9' }, { code: 'model_not_available', status: 400 }],
		['a model that is not tunable', { model: 'gpt-6-luna' }, { code: 'model_not_available' }],
		['a retired model', { model: 'gpt-3.5-turbo' }, { code: 'model_not_available' }],
		['no such file', { training_file: 'file-none' }, { param: 'training_file', status: 404 }],
		['no file', { training_file: undefined }, { code: 'missing_required_parameter' }],
		['null for a file', { training_file: null }, { code: 'invalid_type' }],
		['a suffix too long', { suffix: long }, { code: 'string_above_max_length', param: 'suffix' }],
		['an empty suffix', { suffix: '' }, { code: 'empty_string' }],
		['a seed that is text', { seed: '1' }, { code: 'invalid_type', param: 'seed' }],
		['too much metadata', { metadata: pairs }, { code: 'object_above_max_properties' }],
		['a metadata key too long', { metadata: { [long]: 'v' } }, { code: 'string_above_max_length' }],
		['metadata that is no text', { metadata: { a: 1 } }, { param: 'metadata.a' }],
		['no epochs', supervised({ n_epochs: 0 }), { code: 'integer_below_min_value' }],
		['51 epochs', supervised({ n_epochs: 51 }), { code: 'integer_above_max_value' }],
		['half an epoch', supervised({ n_epochs: 0.5 }), { code: 'invalid_type' }],
		[
			'no learning',
			supervised({ learning_rate_multiplier: 0 }),
			{ code: 'decimal_below_min_value' },
		],
		['a batch too large', supervised({ batch_size: 257 }), { code: 'integer_above_max_value' }],
		[
			'beta above 2',
			{ method: { type: 'dpo', dpo: { hyperparameters: { beta: 2.1 } } } },
			{ param: 'method.dpo.hyperparameters.beta' },
		],
		['an unknown method', { method: { type: 'magic' } }, { code: 'invalid_value' }],
		[
			'a method the model lacks',
			{ method: { type: 'reinforcement' } },
			{ code: 'unsupported_method' },
		],
		['an unknown field', { colour: 'red' }, { code: 'unknown_parameter', param: 'colour' }],
		[
			'W&B without a project',
			{ integrations: [{ type: 'wandb', wandb: {} }] },
			{ param: 'integrations[0].wandb.project' },
		],
	])('%s', async (_name, body, expected) => {
		const { id } = await bench.upload(trainingFile());
		const params = { model: MODEL, training_file: id, ...body };
		const made = bench.client.fineTuning.jobs.create(params as OpenAI.FineTuning.JobCreateParams);
		await expect(made).rejects.toMatchObject(expected);
		expect((await bench.client.fineTuning.jobs.list()).data).toEqual([]);
	});

	it('a file of another purpose', async () => {
		const file = await bench.client.files.create({
			file: new File([trainingFile()], 'a.jsonl'),
			purpose: 'batch',
		});
		await expect(create({ training_file: file.id })).rejects.toThrow(/purpose 'batch'/);
	});

	it('an unknown job', async () => {
		const jobs = bench.client.fineTuning.jobs;
		const id = 'ftjob-none';
		const calls = [jobs.retrieve(id), jobs.cancel(id), jobs.pause(id), jobs.resume(id)];
		for (const call of [...calls, jobs.listEvents(id), jobs.checkpoints.list(id)]) {
			await expect(call).rejects.toMatchObject({ status: 404, code: 'fine_tune_not_found' });
		}
	});
});

describe('reinforcement fine-tuning', () => {
	it('takes a grader and a validation file once its model is brought back into service', async () => {
		await bench.control('POST', 'models/o4-mini-2025-04-16', { retired: false });
		const line = JSON.stringify({
			messages: [{ role: 'user', content: 'What is two and two?' }],
			reference_answer: '4',
		});
		const file = (await bench.upload(`${line}\n`.repeat(10))).id;
		const grader = {
			type: 'string_check' as const,
			name: 'same',
			input: '{{sample.output_text}}',
			reference: '{{item.reference_answer}}',
			operation: 'eq' as const,
		};
		const method = {
			type: 'reinforcement' as const,
			reinforcement: { grader, hyperparameters: { reasoning_effort: 'low' as const } },
		};
		const body = { model: 'o4-mini', training_file: file, method };
		const jobs = bench.client.fineTuning.jobs;
		await expect(jobs.create(body)).rejects.toMatchObject({ param: 'validation_file' });
		const { id } = await jobs.create({ ...body, validation_file: file });
		await bench.server.advance(3_600_000);
		expect((await jobs.retrieve(id)).status).toBe('succeeded');
	});
});
