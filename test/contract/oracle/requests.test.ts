import { createHash } from 'node:crypto';

import OpenAI, { toFile } from 'openai';

import type { Transport } from '../../../lib/http/types';
import {
	addPermissions,
	deletePermission,
	listPermissions,
} from '../../../lib/openai/checkpointPermissions';
import { createJobOnce } from '../../../lib/openai/createJob';
import { openAiDialect } from '../../../lib/openai/dialects/openai';
import {
	createFile,
	deleteFile,
	getFile,
	listFiles,
	openFileContent,
} from '../../../lib/openai/files';
import { runGrader, validateGrader, type Grader } from '../../../lib/openai/graders';
import { buildJobBody } from '../../../lib/openai/jobBody';
import { listCheckpoints, listEvents, listJobs } from '../../../lib/openai/jobLists';
import { actOnJob, getJob } from '../../../lib/openai/jobs';
import { deleteModel, getModel, listModels } from '../../../lib/openai/models';
import {
	deleteStored,
	storedCompletions,
	storedMessages,
} from '../../../lib/openai/storedCompletions';
import { uploadInParts } from '../../../lib/openai/uploads';
import { readLastUse } from '../../../lib/openai/usage';
import { Specification } from '../specification';
import { Recorder } from './recorder';

const CONTENT = Buffer.from('{"messages":[]}\n{"messages":["é"]}\n');
const TUNED = 'ft:gpt-4.1-mini-2025-04-14:org:a/b:Ab3dEf7h';
const file = {
	fileName: 'träining "1".jsonl',
	mimeType: 'application/jsonl',
	bytes: CONTENT.length,
	open: async function* () {
		yield CONTENT.subarray(0, 7);
		yield CONTENT.subarray(7);
	},
};
const surroundings = { sleep: async () => {}, now: () => 0 };
const dialect = openAiDialect;
const grader = {
	type: 'string_check',
	name: 'same',
	input: '{{sample.output_text}}',
	reference: '{{item.answer}}',
	operation: 'eq',
} as const;

interface Pair {
	sdk: (client: OpenAI) => PromiseLike<unknown>;
	ours: (transport: Transport) => Promise<unknown>;
	/** Answers to the requests of one side; one that fits all when absent. */
	answers?: unknown[];
	requests?: number;
}

/** Runs the same call through the official SDK and through lib/openai and compares what would have been sent. */
async function compare({ sdk, ours, answers = [], requests = 1 }: Pair): Promise<void> {
	const theirs = new Recorder([...answers]);
	await sdk(theirs.sdk());
	const mine = new Recorder([...answers]);
	await ours(mine.transport());
	expect(mine.requests).toEqual(theirs.requests);
	expect(mine.requests).toHaveLength(requests);
	const specification = Specification.load();
	const misfits = mine.requests.flatMap(({ method, path, body }) =>
		body === undefined
			? []
			: (specification?.requestMisfits(method, path.replace('/v1', ''), body) ?? []),
	);
	expect(misfits).toEqual([]);
}

async function run(...calls: Array<() => PromiseLike<unknown>>): Promise<void> {
	for (const call of calls) await call();
}

describe('the same request as the official SDK', () => {
	it.each<[string, Pair]>([
		[
			'files: create',
			{
				sdk: async (client) =>
					await client.files.create({
						purpose: 'fine-tune',
						expires_after: { anchor: 'created_at', seconds: 3600 },
						file: await toFile(CONTENT, file.fileName, { type: file.mimeType }),
					}),
				ours: async (transport) =>
					await createFile(transport, file, { purpose: 'fine-tune', expiresAfterSeconds: 3600 }),
			},
		],
		[
			'files: get',
			{
				sdk: (client) => client.files.retrieve('file-1'),
				ours: async (transport) => await getFile(transport, ' file-1 '),
			},
		],
		[
			'files: an id that would be another path',
			{
				sdk: (client) => client.files.retrieve('a/../b?c'),
				ours: async (transport) => await getFile(transport, 'a/../b?c'),
			},
		],
		[
			'files: list, two pages',
			{
				sdk: async (client) => {
					const page = await client.files.list({
						purpose: 'fine-tune',
						order: 'desc',
						limit: 1000,
					});
					await page.getNextPage();
				},
				ours: async (transport) => await listFiles(transport, { purpose: 'fine-tune' }),
				answers: [
					{ data: [{ id: 'file-2' }], has_more: true },
					{ data: [{ id: 'file-1' }], has_more: false },
				],
				requests: 2,
			},
		],
		[
			'files: content',
			{
				sdk: (client) => client.files.content('file-1'),
				ours: async (transport) => await openFileContent(transport, 'file-1'),
			},
		],
		[
			'files: delete',
			{
				sdk: (client) => client.files.delete('file-1'),
				ours: async (transport) => await deleteFile(transport, 'file-1'),
			},
		],
		[
			'uploads: create, parts, complete',
			{
				sdk: async (client) => {
					const upload = await client.uploads.create({
						bytes: CONTENT.length,
						filename: file.fileName,
						mime_type: file.mimeType,
						purpose: 'fine-tune',
						expires_after: { anchor: 'created_at', seconds: 7200 },
					});
					const part_ids: string[] = [];
					for (let start = 0; start < CONTENT.length; start += 20) {
						const data = await toFile(CONTENT.subarray(start, start + 20), file.fileName);
						part_ids.push((await client.uploads.parts.create(upload.id, { data })).id);
					}
					const md5 = createHash('md5').update(CONTENT).digest('hex');
					await client.uploads.complete(upload.id, { part_ids, md5 });
				},
				ours: async (transport) =>
					await uploadInParts(transport, file, {
						purpose: 'fine-tune',
						partBytes: 20,
						expiresAfterSeconds: 7200,
					}),
				requests: 4,
			},
		],
		[
			'uploads: cancel what cannot be finished',
			{
				sdk: async (client) => {
					await client.uploads.create({
						bytes: CONTENT.length,
						filename: file.fileName,
						mime_type: file.mimeType,
						purpose: 'fine-tune',
					});
					const data = await toFile(CONTENT, file.fileName);
					await client.uploads.parts.create('up', { data });
					await client.uploads.complete('up', {
						part_ids: ['part_1'],
						md5: createHash('md5').update(CONTENT).digest('hex'),
					});
					await client.uploads.cancel('up');
				},
				ours: async (transport) =>
					await uploadInParts(transport, file, { purpose: 'fine-tune', partBytes: 1000 }).catch(
						() => {},
					),
				// A completed upload without its file is of no use.
				answers: [{ id: 'up' }, { id: 'part_1' }, {}, {}],
				requests: 4,
			},
		],
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
		[
			'models: list, get, delete',
			{
				sdk: async (client) =>
					await run(
						() => client.models.list(),
						() => client.models.retrieve(TUNED),
						() => client.models.delete(TUNED),
					),
				ours: async (transport) =>
					await run(
						async () => await listModels(transport),
						async () => await getModel(transport, TUNED),
						async () => await deleteModel(transport, TUNED),
					),
				requests: 3,
			},
		],
		[
			'checkpoint permissions: list, add, delete',
			{
				sdk: async (client) => {
					const { permissions } = client.fineTuning.checkpoints;
					await run(
						() => permissions.list(TUNED, { limit: 5, order: 'ascending', project_id: 'proj_a' }),
						() => permissions.create(TUNED, { project_ids: ['proj_a', 'proj_b'] }),
						() => permissions.delete('cp_1', { fine_tuned_model_checkpoint: TUNED }),
					);
				},
				ours: async (transport) => {
					const api = { transport, dialect, hasAdminKey: true };
					await run(
						async () =>
							await listPermissions(api, TUNED, { order: 'ascending', projectId: 'proj_a' }, 5),
						async () => await addPermissions(api, TUNED, ['proj_a', 'proj_b']),
						async () => await deletePermission(api, TUNED, 'cp_1'),
					);
				},
				requests: 3,
			},
		],
		[
			'stored completions: list with filters, messages, delete',
			{
				sdk: async (client) => {
					const { completions } = client.chat;
					const metadata = { rating: 'good' };
					await run(
						() => completions.list({ model: 'gpt-4.1', metadata, order: 'desc', limit: 100 }),
						() => completions.messages.list('chatcmpl-1', { order: 'asc', limit: 100 }),
						() => completions.delete('chatcmpl-1'),
					);
				},
				ours: async (transport) => {
					const filter = { model: 'gpt-4.1', metadata: { rating: 'good' } };
					await run(
						async () => await Array.fromAsync(storedCompletions(transport, filter)),
						async () => await storedMessages(transport, 'chatcmpl-1'),
						async () => await deleteStored(transport, 'chatcmpl-1'),
					);
				},
				answers: [{ data: [] }, { data: [] }, { id: 'chatcmpl-1', deleted: true }],
				requests: 3,
			},
		],
		[
			'usage: last days of each model',
			{
				sdk: (client) =>
					client.admin.organization.usage.completions({
						start_time: Date.UTC(2026, 10, 12) / 1000,
						bucket_width: '1d',
						group_by: ['model'],
						limit: 31,
					}),
				ours: async (transport) => await readLastUse(transport, 10, Date.UTC(2026, 10, 21, 9)),
				answers: [{ data: [], has_more: false }],
			},
		],
		[
			'graders: run and validate',
			{
				sdk: async (client) => {
					const { graders } = client.fineTuning.alpha;
					const item = { answer: 'Paris' };
					await run(
						() => graders.run({ grader, model_sample: 'Paris', item }),
						() => graders.validate({ grader }),
					);
				},
				ours: async (transport) =>
					await run(
						async () =>
							await runGrader(transport, {
								grader: grader as Grader,
								model_sample: 'Paris',
								item: { answer: 'Paris' },
							}),
						async () => await validateGrader(transport, grader as Grader),
					),
				requests: 2,
			},
		],
	])('%s', async (_name, pair) => {
		await compare(pair);
	});

	it('is told apart when it differs', async () => {
		const differing = compare({
			sdk: (client) => client.files.retrieve('file-1'),
			ours: async (transport) => await getFile(transport, 'file-2'),
		});
		await expect(differing).rejects.toThrow(/file-2/);
	});
});
