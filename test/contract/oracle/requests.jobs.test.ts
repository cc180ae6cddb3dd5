import { createJobOnce } from '../../../lib/openai/createJob';
import { buildJobBody } from '../../../lib/openai/jobBody';
import { listCheckpoints, listEvents, listJobs } from '../../../lib/openai/jobLists';
import { actOnJob, getJob } from '../../../lib/openai/jobs';
import { compare, dialect, grader, type Pair, run, surroundings, TUNED } from './compare';

describe('the same request as the official SDK', () => {
	it.each<[string, Pair]>([
		[
			'jobs: create with everything',
			{
				sdk: (client) =>
					client.fineTuning.jobs.create({
						model: 'gpt-4.1-mini-2025-04-14',
						training_file: 'file-1',
						validation_file: 'file-2',
						suffix: 'support',
						seed: 42,
						metadata: { team: 'help desk' },
						method: {
							type: 'supervised',
							supervised: {
								hyperparameters: { n_epochs: 3, learning_rate_multiplier: 0.5 },
							},
						},
						integrations: [{ type: 'wandb', wandb: { project: 'p', name: 'n', tags: ['a'] } }],
					}),
				ours: async (transport) =>
					await createJobOnce(
						transport,
						surroundings,
						buildJobBody(
							{
								model: 'gpt-4.1-mini-2025-04-14',
								trainingFile: 'file-1',
								validationFile: 'file-2',
								suffix: 'support',
								seed: 42,
								metadata: [{ name: 'team', value: 'help desk' }],
								method: 'supervised',
								hyperparameters: {
									n_epochs: 3,
									batch_size: 'auto',
									learning_rate_multiplier: '0.5',
								},
								wandb: { project: 'p', name: 'n', tags: ['a'] },
							},
							dialect,
						),
					),
			},
		],
		[
			'jobs: create with preferences',
			{
				sdk: (client) =>
					client.fineTuning.jobs.create({
						model: TUNED,
						training_file: 'file-1',
						method: { type: 'dpo', dpo: { hyperparameters: { beta: 0.1 } } },
					}),
				ours: async (transport) =>
					await createJobOnce(
						transport,
						surroundings,
						buildJobBody(
							{
								model: TUNED,
								trainingFile: 'file-1',
								method: 'dpo',
								hyperparameters: { beta: 0.1, n_epochs: 'auto', batch_size: '' },
							},
							dialect,
						),
					),
			},
		],
		[
			'jobs: create with a grader',
			{
				sdk: (client) =>
					client.fineTuning.jobs.create({
						model: 'o4-mini-2025-04-16',
						training_file: 'file-1',
						validation_file: 'file-2',
						method: {
							type: 'reinforcement',
							reinforcement: {
								grader,
								hyperparameters: { reasoning_effort: 'high', eval_samples: 2 },
							},
						},
					}),
				ours: async (transport) =>
					await createJobOnce(
						transport,
						surroundings,
						buildJobBody(
							{
								model: 'o4-mini-2025-04-16',
								trainingFile: 'file-1',
								validationFile: 'file-2',
								method: 'reinforcement',
								grader,
								hyperparameters: { reasoning_effort: 'high', eval_samples: 2 },
							},
							dialect,
						),
					),
			},
		],
		[
			'jobs: list with a metadata filter, two pages',
			{
				sdk: async (client) => {
					const query = { limit: 100, metadata: { n8n_run_id: 'r 1', team: 'ä' } };
					await (await client.fineTuning.jobs.list(query)).getNextPage();
				},
				ours: async (transport) =>
					await listJobs(transport, dialect, { metadata: { n8n_run_id: 'r 1', team: 'ä' } }),
				answers: [
					{ data: [{ id: 'ftjob-2' }], has_more: true },
					{ data: [{ id: 'ftjob-1' }], has_more: false },
				],
				requests: 2,
			},
		],
		[
			'jobs: get, cancel, pause, resume',
			{
				sdk: async (client) => {
					const { jobs } = client.fineTuning;
					await run(
						() => jobs.retrieve('ftjob-1'),
						() => jobs.cancel('ftjob-1'),
						() => jobs.pause('ftjob-1'),
						() => jobs.resume('ftjob-1'),
					);
				},
				ours: async (transport) =>
					await run(
						async () => await getJob(transport, 'ftjob-1'),
						async () => await actOnJob(transport, dialect, 'ftjob-1', 'cancel'),
						async () => await actOnJob(transport, dialect, 'ftjob-1', 'pause'),
						async () => await actOnJob(transport, dialect, 'ftjob-1', 'resume'),
					),
				requests: 4,
			},
		],
		[
			'jobs: events and checkpoints',
			{
				sdk: async (client) => {
					const { jobs } = client.fineTuning;
					await run(
						() => jobs.listEvents('ftjob-1', { limit: 20 }),
						() => jobs.checkpoints.list('ftjob-1', { limit: 3 }),
					);
				},
				ours: async (transport) =>
					await run(
						async () => await listEvents(transport, dialect, 'ftjob-1', {}, 20),
						async () => await listCheckpoints(transport, dialect, 'ftjob-1', 3),
					),
				requests: 2,
			},
		],
	])('%s', async (_name, pair) => {
		await compare(pair);
	});
});
