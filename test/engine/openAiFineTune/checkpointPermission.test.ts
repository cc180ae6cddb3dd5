import { byId, json, paired, run, useJobService } from './support';

const service = useJobService();
const CHECKPOINT = 'ft:m:acme::1:ckpt-step-88';
const PATH = '/fine_tuning/checkpoints/ft%3Am%3Aacme%3A%3A1%3Ackpt-step-88/permissions';
const parameters = (operation: string, more: object = {}) => ({
	resource: 'checkpointPermission',
	operation,
	checkpoint: byId(CHECKPOINT),
	...more,
});
const ADMIN = { credential: { adminApiKey: 'sk-admin' } };

describe('Checkpoint Permission', () => {
	it('adds, lists and deletes with the admin key', async () => {
		const added = await run(service, parameters('add', { projectIds: '={{ $json.projects }}' }), {
			items: [{ json: { projects: 'proj_1, proj_2' } }, { json: { projects: ['proj_3'] } }],
			...ADMIN,
		});
		expect(json(added).map(({ id, project_id }) => [id, project_id])).toEqual([
			['cp_1', 'proj_1'],
			['cp_2', 'proj_2'],
			['cp_3', 'proj_3'],
		]);
		expect(paired(added)).toEqual([{ item: 0 }, { item: 0 }, { item: 1 }]);

		const listed = await run(
			service,
			parameters('getAll', { limit: 2, filters: { order: 'ascending', projectId: 'proj_1' } }),
			ADMIN,
		);
		expect(json(listed)).toHaveLength(2);
		expect(json(listed)[0]).toMatchObject({
			checkpoint: CHECKPOINT,
			object: 'checkpoint.permission',
		});
		const [{ query }] = service.seen(`GET ${PATH}`);
		expect(Object.fromEntries(query)).toEqual({
			limit: '2',
			order: 'ascending',
			project_id: 'proj_1',
		});

		const deleted = await run(
			service,
			parameters('delete', { permissionId: byId('={{ $json.id }}') }),
			{ items: [{ json: { id: 'cp_1' } }, { json: { id: 'cp_2' } }], ...ADMIN },
		);
		expect(json(deleted)).toEqual([
			{ deleted: true, id: 'cp_1' },
			{ deleted: true, id: 'cp_2' },
		]);
		expect(service.permissions.map(({ id }) => id)).toEqual(['cp_3']);
		expect(new Set(service.requests.map(({ authorization }) => authorization))).toEqual(
			new Set(['Bearer sk-admin']),
		);
	});

	it.each([
		['add', { projectIds: 'proj_1' }],
		['delete', { permissionId: byId('cp_1') }],
		['getAll', {}],
	])('says what %s needs when the credential has no admin key', async (operation, more) => {
		const result = await run(service, parameters(operation, more));
		expect(result.error).toMatchObject({
			message: expect.stringContaining('has no admin key'),
			description: expect.stringContaining("'Admin API Key'"),
		});
		expect(service.requests).toEqual([]);
	});

	it('goes on behind an item that fails', async () => {
		const result = await run(service, parameters('add', { projectIds: '={{ $json.p }}' }), {
			items: [{ json: { p: '' } }, { json: { p: 'proj_1' } }],
			continueOnFail: true,
			...ADMIN,
		});
		expect(json(result)).toEqual([
			{ error: expect.objectContaining({ message: "'Project IDs' is empty" }) },
			expect.objectContaining({ id: 'cp_1' }),
		]);
	});
});
