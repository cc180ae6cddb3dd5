/** Job > Get with its progress. */
import { byId, json, run, useJobService } from './support';

const service = useJobService();
const parameters = { resource: 'job', operation: 'get', jobId: byId('ftjob-1') };
const metrics = (step: number) => ({
	...{ id: `ftevent-${step}`, object: 'fine_tuning.job.event', level: 'info', type: 'metrics' },
	created_at: 1_795_262_400 + step,
	message: `Step ${step}/200: training loss=0.5`,
	data: { step, total_steps: 200, train_loss: 0.5, valid_loss: 0.7 },
});

it.each([true, false])('adds the progress of a running job (simplify: %p)', async (simplify) => {
	service.addJob();
	service.events = [metrics(120), metrics(119)];
	const result = await run(service, { ...parameters, includeProgress: true, simplify });
	const [job] = json(result);
	expect(job).toMatchObject({
		id: 'ftjob-1',
		status: 'running',
		progress: {
			...{ step: 120, total_steps: 200, percent: 60, train_loss: 0.5, valid_loss: 0.7 },
			estimated_finish: expect.stringMatching(/^20\d\d-/),
			minutes_left: expect.any(Number),
		},
	});
	expect(service.requests.map(({ path }) => path)).toEqual([
		'/fine_tuning/jobs/ftjob-1',
		'/fine_tuning/jobs/ftjob-1/events',
	]);
});

it('costs nothing when it is not asked for', async () => {
	service.addJob();
	const result = await run(service, parameters);
	expect(json(result)[0]).not.toHaveProperty('progress');
	expect(service.requests).toHaveLength(1);
});

it('reads it for each item that asks, and goes on behind one that fails', async () => {
	service.addJob();
	const items = ['ftjob-9', 'ftjob-1'].map((id) => ({ json: { id } }));
	const settings = { ...parameters, jobId: byId('={{ $json.id }}') };
	const result = await run(
		service,
		{ ...settings, includeProgress: '={{ $json.id === "ftjob-1" }}' },
		{ items, continueOnFail: true },
	);
	expect(json(result)).toEqual([
		{ error: expect.objectContaining({ status: 404 }) },
		expect.objectContaining({ id: 'ftjob-1', progress: expect.objectContaining({ step: null }) }),
	]);
});
