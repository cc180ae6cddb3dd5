import {
	addPermissions,
	deletePermission,
	listPermissions,
} from '../../../lib/openai/checkpointPermissions';
import { runGrader, validateGrader, type Grader } from '../../../lib/openai/graders';
import { deleteModel, getModel, listModels } from '../../../lib/openai/models';
import {
	deleteStored,
	storedCompletions,
	storedMessages,
} from '../../../lib/openai/storedCompletions';
import { readLastUse } from '../../../lib/openai/usage';
import { compare, dialect, grader, type Pair, run, TUNED } from './compare';

describe('the same request as the official SDK', () => {
	it.each<[string, Pair]>([
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
});
