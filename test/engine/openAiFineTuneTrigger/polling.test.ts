import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import {
	api,
	failingJob,
	HOUR,
	MODEL,
	newJob,
	NOON,
	PublishedTrigger,
	testInEditor,
	useServer,
} from './support';

const bench = useServer();
const ENDS = ['jobSucceeded', 'jobFailed', 'jobCancelled'];
const ALL = [...ENDS, 'progress', 'checkpointCreated'];

const trigger = (parameters: IDataObject = {}, staticData?: IDataObject, nodeId?: string) =>
	new PublishedTrigger({ server: bench.server, parameters, staticData, nodeId });
const told = (items: INodeExecutionData[]) =>
	items.map(({ json }) => [json.event, json.id] as const);
const steps = (items: INodeExecutionData[]) =>
	items
		.filter(({ json }) => json.event === 'progress')
		.map(({ json }) => (json.progress as IDataObject).step);

describe('the ends of jobs', () => {
	it('of the time before the workflow was published are not told', async () => {
		await newJob(bench.server);
		await bench.server.advance(HOUR);
		const node = trigger();
		expect(await node.publish()).toEqual([]);
		expect(await node.poll()).toEqual([]);
	});

	it('are told once, with the whole job', async () => {
		const before = await newJob(bench.server, { suffix: 'before' });
		const node = trigger();
		expect(await node.publish()).toEqual([]);
		const after = await newJob(bench.server, { suffix: 'after' });
		const failed = await failingJob(bench.server);
		await bench.server.advance(HOUR);
		const items = await node.poll();
		expect(told(items)).toEqual(
			expect.arrayContaining([
				['jobSucceeded', before],
				['jobSucceeded', after],
				['jobFailed', failed],
			]),
		);
		expect(items).toHaveLength(3);
		expect(items.find(({ json }) => json.id === after)!.json).toMatchObject({
			event: 'jobSucceeded',
			occurred_at: expect.stringMatching(/^2026-11-21T1\d:/) as string,
			status: 'succeeded',
			model: MODEL,
			fine_tuned_model: expect.stringMatching(/^ft:gpt-4.1-mini-.*:after:/) as string,
			error_message: null,
		});
		expect(await node.poll()).toEqual([]);
	});

	it('of a running job are told when it is cancelled', async () => {
		const node = trigger();
		await node.publish();
		const id = await newJob(bench.server);
		expect(await node.poll()).toEqual([]);
		await api(bench.server, 'POST', `/v1/fine_tuning/jobs/${id}/cancel`);
		expect(told(await node.poll())).toEqual([['jobCancelled', id]]);
	});

	it('come raw when asked so', async () => {
		const node = trigger({ simplify: false });
		await node.publish();
		const id = await newJob(bench.server);
		await bench.server.advance(HOUR);
		const [{ json }] = await node.poll();
		expect(json).toMatchObject({ event: 'jobSucceeded', job: { id, object: 'fine_tuning.job' } });
	});

	it('are left out where events and filters say so, and not told after the filters are changed', async () => {
		const node = trigger({
			events: ['jobSucceeded'],
			filters: {
				baseModel: 'gpt-4.1',
				suffix: 'desk',
				metadata: { values: [{ name: 'team', value: 'it' }] },
			},
		});
		await node.publish();
		const fits = await newJob(bench.server, { suffix: 'desk', metadata: { team: 'it' } });
		const others = [
			{ suffix: 'desk2', metadata: { team: 'it' } },
			{ suffix: 'desk', metadata: { team: 'hr' } },
			{ suffix: 'desk' },
			{ suffix: 'desk', metadata: { team: 'it' }, model: 'gpt-4o-mini-2024-07-18' },
		];
		for (const more of others) await newJob(bench.server, more);
		await failingJob(bench.server);
		await bench.server.advance(HOUR);
		expect(told(await node.poll())).toEqual([['jobSucceeded', fits]]);
		expect(await node.publish({ events: ENDS })).toEqual([]);
		const next = await failingJob(bench.server);
		expect(told(await node.poll())).toEqual([['jobFailed', next]]);
	});
});

describe('nothing is missed and nothing told twice', () => {
	it('over restarts at every moment', async () => {
		const node = trigger({ events: ALL, everySteps: 5 });
		await node.publish();
		const seen: string[] = [];
		const collect = (items: INodeExecutionData[]) =>
			seen.push(
				...items.map(({ json }) =>
					[
						json.event,
						(json.progress as IDataObject)?.step ?? (json.checkpoint as IDataObject)?.id ?? '',
					].join(' '),
				),
			);
		await newJob(bench.server);
		for (let minute = 0; minute < 20; minute++) {
			await bench.server.advance(7_000);
			collect(await node.poll());
			if (minute % 2) collect(await node.restart());
		}
		expect(new Set(seen).size).toBe(seen.length);
		expect(seen.filter((one) => one.startsWith('progress'))).toEqual(
			[5, 10, 15, 20, 25, 30].map((step) => `progress ${step}`),
		);
		expect(seen.filter((one) => one.startsWith('checkpoint'))).toHaveLength(3);
		expect(seen.at(-1)).toBe('jobSucceeded ');
	});

	it('when nothing was looked at for long', async () => {
		const node = trigger({ events: ALL, everySteps: 10 });
		await node.publish();
		const ids = [await newJob(bench.server), await newJob(bench.server)];
		await bench.server.advance(48 * HOUR);
		const items = await node.restart();
		for (const id of ids) {
			const own = items.filter(({ json }) => json.id === id);
			expect(steps(own)).toEqual([10, 20, 30]);
			expect(own.map(({ json }) => json.event)).toEqual([
				'progress',
				'checkpointCreated',
				'progress',
				'checkpointCreated',
				'progress',
				'checkpointCreated',
				'jobSucceeded',
			]);
		}
		expect(await node.poll()).toEqual([]);
	});

	it('when the server fails in between', async () => {
		const node = trigger({ events: ALL, everySteps: 10 });
		await node.publish();
		const id = await newJob(bench.server);
		await bench.server.advance(HOUR);
		bench.server.addFault({ path: '/checkpoints', status: 400, times: 1 });
		await expect(node.poll()).rejects.toMatchObject({ httpCode: '400' });
		expect(told(await node.poll()).filter(([, job]) => job === id)).toHaveLength(7);
	});

	it('when one job of several cannot be read', async () => {
		const node = trigger({ events: ALL, everySteps: 10 });
		await node.publish();
		const broken = await newJob(bench.server);
		const fine = await newJob(bench.server);
		await bench.server.advance(HOUR);
		bench.server.addFault({ path: `/${broken}/events`, status: 400, times: 1 });
		expect(new Set(told(await node.poll()).map(([, id]) => id))).toEqual(new Set([fine]));
		expect(node.warnings.join()).toContain('tries again');
		expect(new Set(told(await node.poll()).map(([, id]) => id))).toEqual(new Set([broken]));
	});

	it('when a look begins before the last one has ended', async () => {
		const node = trigger();
		await node.publish();
		await newJob(bench.server);
		await bench.server.advance(HOUR);
		const looks = await Promise.all([node.poll(), node.poll(), node.poll()]);
		expect(looks.flat()).toHaveLength(1);
	});

	it('with hundreds of old jobs, of which little is kept', async () => {
		const node = trigger();
		await node.publish();
		const jobs: string[] = [];
		for (let index = 0; index < 130; index++) jobs.push(await failingJob(bench.server));
		const items = await node.poll();
		expect(new Set(items.map(({ json }) => json.id))).toEqual(new Set(jobs));
		expect(await node.poll()).toEqual([]);
		expect(await node.restart()).toEqual([]);
		expect(JSON.stringify(node.saved).length).toBeLessThan(20_000);
	}, 60_000);

	it('for two triggers with the same settings, each for itself', async () => {
		const [one, other] = [trigger(), trigger()];
		await one.publish();
		await other.publish();
		await newJob(bench.server);
		await bench.server.advance(HOUR);
		expect(await one.events()).toEqual(['jobSucceeded']);
		expect(await other.events()).toEqual(['jobSucceeded']);
		expect(await one.events()).toEqual([]);
	});

	it('begins anew at another server', async () => {
		const node = trigger();
		await node.publish();
		await newJob(bench.server);
		await bench.server.advance(HOUR);
		const moved = new PublishedTrigger({
			server: bench.server,
			credential: { baseUrl: `${bench.server.url}/v1/` },
			staticData: { 'node:Node': { watch: { version: 1, source: 'elsewhere', jobs: 'none' } } },
		});
		expect(await moved.publish()).toEqual([]);
	});
});

describe('progress', () => {
	it('holds step, losses and the estimated end', async () => {
		const node = trigger({ events: ['progress'], everySteps: 10 });
		await node.publish();
		const id = await newJob(bench.server);
		await bench.server.advance(35_000 + 12 * 1_500);
		const [{ json }, ...more] = await node.poll();
		expect(more).toEqual([]);
		expect(json).toMatchObject({
			event: 'progress',
			id,
			status: 'running',
			fine_tuned_model: null,
		});
		expect(json.progress).toMatchObject({
			step: 10,
			total_steps: 30,
			percent: 33,
			train_loss: expect.any(Number) as number,
			estimated_finish: expect.stringMatching(/^2026-11-21T/) as string,
		});
	});

	it('needs a whole number of steps', async () => {
		const node = trigger({ events: ['progress'], everySteps: 0.5 });
		await expect(node.publish()).rejects.toMatchObject({
			message: '\'Progress Every (Steps)\' is not a whole number of 1 or more: "0.5"',
		});
	});
});

describe('a retiring model', () => {
	it('is told of once, also when it was there before', async () => {
		await newJob(bench.server, { suffix: 'old' });
		await bench.server.advance(HOUR);
		const node = trigger({ events: ['modelRetiring'], retiringWithinDays: 60 });
		const [item, ...more] = await node.publish();
		expect(more).toEqual([]);
		expect(item.json).toMatchObject({
			event: 'modelRetiring',
			base_model: MODEL,
			suffix: 'old',
			shutdown_date: '2027-01-14',
			days_left: 54,
		});
		expect(await node.restart()).toEqual([]);
		jest.spyOn(Date, 'now').mockReturnValue(NOON + 7 * HOUR);
		expect(await node.poll()).toEqual([]);
	});

	it('is not told of long before', async () => {
		await newJob(bench.server);
		await bench.server.advance(HOUR);
		const node = trigger({ events: ['modelRetiring'], retiringWithinDays: 30 });
		expect(await node.publish()).toEqual([]);
		jest.spyOn(Date, 'now').mockReturnValue(NOON + 25 * 24 * HOUR);
		expect((await node.poll()).map(({ json }) => json.days_left)).toEqual([29]);
	});
});

describe('in the editor', () => {
	const test = async (parameters: IDataObject) =>
		await testInEditor({ server: bench.server, parameters });

	it('fetches the newest event that fits', async () => {
		const first = await newJob(bench.server);
		await bench.server.advance(HOUR);
		const running = await newJob(bench.server);
		await bench.server.advance(60_000);
		const ended = await test({});
		expect(ended.items.map(({ json }) => [json.event, json.id])).toEqual([['jobSucceeded', first]]);
		const progress = await test({ events: ['progress'], everySteps: 5 });
		expect(progress.items[0].json).toMatchObject({ event: 'progress', id: running });
		const model = await test({ events: ['modelRetiring'], retiringWithinDays: 90 });
		expect(model.items[0].json).toMatchObject({ event: 'modelRetiring', job_id: first });
	});

	it('says so when there is none', async () => {
		const { error } = await test({ filters: { suffix: 'nowhere' } });
		expect(error?.message).toBe("Nothing has happened yet that fits 'Events' and 'Filters'");
		expect(error?.description).toContain('loosen the filters');
	});
});
