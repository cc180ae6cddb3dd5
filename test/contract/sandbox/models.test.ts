import { collect, useSandbox } from './setup';

const bench = useSandbox();

describe('models', () => {
	it('lists base models with their shutdown dates and leaves retired ones out', async () => {
		const models = await collect(bench.client.models.list());
		expect(models.find(({ id }) => id === 'gpt-4.1-mini-2025-04-14')).toMatchObject({
			object: 'model',
			owned_by: 'system',
			shutdown_date: '2027-01-14',
		});
		const ids = models.map(({ id }) => id);
		expect(ids).toContain('gpt-4o-mini');
		expect(ids).not.toContain('gpt-3.5-turbo-0125');
		await expect(bench.client.models.retrieve('gpt-3.5-turbo-0125')).rejects.toMatchObject({
			status: 404,
			code: 'model_not_found',
		});
	});

	it('serves a tuned model and its checkpoints until they are deleted', async () => {
		const job = await bench.tune();
		const id = job.fine_tuned_model!;
		const tuned = (await collect(bench.client.models.list())).filter((model) =>
			model.id.startsWith('ft:'),
		);
		expect(tuned.map((model) => model.id).sort()).toEqual([
			id,
			`${id}:ckpt-step-80`,
			`${id}:ckpt-step-90`,
		]);
		expect(await bench.client.models.retrieve(id)).toEqual({
			id,
			object: 'model',
			created: job.finished_at,
			owned_by: 'org-sandbox',
			shutdown_date: '2027-01-14',
		});
		expect(await bench.client.models.delete(id)).toEqual({ id, object: 'model', deleted: true });
		await expect(bench.client.models.retrieve(id)).rejects.toMatchObject({ status: 404 });
		await expect(bench.client.models.delete(id)).rejects.toMatchObject({ status: 404 });
	});

	it('does not delete a base model', async () => {
		await expect(bench.client.models.delete('gpt-4.1-2025-04-14')).rejects.toMatchObject({
			status: 403,
		});
	});

	it('takes a model out of service from outside', async () => {
		const { fine_tuned_model: id } = await bench.tune();
		await bench.control('POST', `models/${encodeURIComponent(id!)}`, { retired: true });
		await expect(bench.client.models.retrieve(id!)).rejects.toMatchObject({ status: 404 });
		const ask = bench.client.chat.completions.create({
			model: id!,
			messages: [{ role: 'user', content: 'Hello' }],
		});
		await expect(ask).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
	});
});
