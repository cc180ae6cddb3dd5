import { byId, json, paired, run, useJobService } from './support';

const service = useJobService();
const POST_JOB = 'POST /fine_tuning/jobs';
const POST_FILE = 'POST /files';

const example = (question: string) =>
	JSON.stringify({
		messages: [
			{ role: 'user', content: question },
			{ role: 'assistant', content: `The answer to ${question}` },
		],
	});
const dataset = (name: string, count = 12) => ({
	content: Array.from({ length: count }, (_, i) => `${example(`${name} ${i}?`)}\n`).join(''),
	fileName: `${name}.jsonl`,
	mimeType: 'application/jsonl',
});
const parameters = (more: object = {}) => ({
	resource: 'job',
	operation: 'run',
	baseModel: byId('={{ $json.model }}'),
	...more,
});
const item = (model: string, files: object) => ({ json: { model }, files: files as never });

describe('Job > Run', () => {
	it('goes from a JSONL file to a model, for each item', async () => {
		service.course = ['running', 'succeeded'];
		const result = await run(service, parameters(), {
			items: [item('a', { data: dataset('one') }), item('b', { data: dataset('two', 15) })],
		});
		expect(json(result)).toEqual([
			expect.objectContaining({
				id: 'ftjob-1',
				status: 'succeeded',
				fine_tuned_model: 'ft:a:acme::ftjob-1',
				files: expect.objectContaining({ training_file: 'file-1' }),
				examples: 12,
				file_reused: false,
				upload_seconds: expect.any(Number),
			}),
			expect.objectContaining({ fine_tuned_model: 'ft:b:acme::ftjob-2', examples: 15 }),
		]);
		expect(paired(result)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(service.seen(POST_FILE)[0].body.multipart).toContain('one 11?');
		expect(service.seen(POST_JOB).map(({ body }) => body.training_file)).toEqual([
			'file-1',
			'file-2',
		]);
	});

	it('uploads a validation file beside it', async () => {
		service.course = ['succeeded'];
		await run(service, parameters({ options: { validationBinaryPropertyName: 'validation' } }), {
			items: [item('a', { data: dataset('one'), validation: dataset('two') })],
		});
		expect(service.seen(POST_JOB)[0].body).toMatchObject({
			training_file: 'file-1',
			validation_file: 'file-2',
		});
	});

	it('uploads nothing when the dataset or a setting is wrong', async () => {
		const bad = { ...dataset('bad'), content: `${example('a')}\n{"messages": []}\n` };
		const dataFault = await run(service, parameters(), { items: [item('a', { data: bad })] });
		expect(dataFault.error!.message).toMatch(/\S/);
		const settingFault = await run(service, parameters({ hyperparameters: { epochs: '0' } }), {
			items: [item('a', { data: dataset('one') })],
		});
		expect(settingFault.error!.message).toMatch(/'Epochs' cannot be "0"/);
		expect(service.seen(POST_FILE)).toEqual([]);
		expect(service.seen(POST_JOB)).toEqual([]);
	});

	it('can skip the check', async () => {
		service.course = ['succeeded'];
		const short = { ...dataset('short', 2) };
		const result = await run(service, parameters({ options: { checkBeforeUpload: false } }), {
			items: [item('a', { data: short })],
		});
		expect(json(result)).toEqual([expect.objectContaining({ status: 'succeeded' })]);
		expect(json(result)[0]).not.toHaveProperty('examples');
	});

	it('neither uploads nor pays again when n8n runs the node again', async () => {
		service.course = ['failed'];
		const items = [item('a', { data: dataset('one') })];
		const first = await run(service, parameters(), { items, executionId: '9' });
		expect(first.error!.message).toMatch(/ftjob-1 failed/);
		const again = await run(service, parameters(), { items, executionId: '9' });
		expect(again.error!.message).toMatch(/ftjob-1 failed/);
		expect(service.seen(POST_FILE)).toHaveLength(1);
		expect(service.jobs).toHaveLength(1);
	});

	it('has one job after a connection that broke when the job was made', async () => {
		service.course = ['succeeded'];
		service.faults = [{ on: POST_JOB, give: 'reset', after: true }];
		const result = await run(service, parameters(), {
			items: [item('a', { data: dataset('one') })],
			binaryMode: 'filesystem',
		});
		expect(json(result)).toEqual([
			expect.objectContaining({ id: 'ftjob-1', reused: true, status: 'succeeded' }),
		]);
		expect(service.jobs).toHaveLength(1);
	});

	it('goes on behind an item without a file', async () => {
		service.course = ['succeeded'];
		const result = await run(service, parameters(), {
			items: [item('a', {}), item('b', { data: dataset('two') })],
			continueOnFail: true,
		});
		expect(json(result)).toEqual([
			{ error: expect.objectContaining({ message: expect.stringMatching(/\S/) }) },
			expect.objectContaining({ status: 'succeeded' }),
		]);
	});
});
