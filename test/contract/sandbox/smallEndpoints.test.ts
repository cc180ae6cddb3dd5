import type OpenAI from 'openai';

import { collect, useSandbox } from './setup';

type Grader = OpenAI.FineTuning.Alpha.GraderRunParams['grader'];

const bench = useSandbox();

describe('moderations', () => {
	it('flags by its word list and says what it is', async () => {
		const answer = await bench.client.moderations.create({
			input: ['Good morning', 'I will kill you'],
		});
		expect(answer.model).toBe('sandbox-word-list');
		expect(answer.results.map(({ flagged }) => flagged)).toEqual([false, true]);
		expect(answer.results[1].categories.violence).toBe(true);
		expect(answer.results[1].category_scores.violence).toBeGreaterThan(0.9);
	});

	it('takes text and images as parts of one input', async () => {
		const { results } = await bench.client.moderations.create({
			input: [
				{ type: 'text', text: 'Hello' },
				{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
			],
		});
		expect(results).toHaveLength(1);
		expect(results[0].category_applied_input_types.violence).toEqual(['text', 'image']);
	});

	it('refuses no input', async () => {
		await expect(bench.client.moderations.create({ input: [] })).rejects.toMatchObject({
			param: 'input',
		});
	});
});

describe('graders', () => {
	const run = async (grader: object, model_sample: string, item: object = {}) =>
		await bench.client.fineTuning.alpha.graders.run({
			grader: grader as Grader,
			model_sample,
			item,
		});
	const same = {
		type: 'string_check',
		name: 'same',
		input: '{{sample.output_text}}',
		reference: '{{ item.answer }}',
		operation: 'eq',
	};
	const like = {
		...same,
		type: 'text_similarity',
		operation: undefined,
		evaluation_metric: 'fuzzy_match',
	};

	it('compares the sample with the item', async () => {
		expect(await run(same, 'Paris', { answer: 'Paris' })).toMatchObject({
			reward: 1,
			metadata: { name: 'same', type: 'string_check', token_usage: null },
		});
		expect((await run(same, 'paris', { answer: 'Paris' })).reward).toBe(0);
		expect(
			(await run({ ...same, operation: 'ilike' }, 'It is PARIS', { answer: 'Paris' })).reward,
		).toBe(1);
		expect((await run(like, 'Parus', { answer: 'Paris' })).reward).toBeCloseTo(0.8);
	});

	it('reads JSON samples', async () => {
		const grader = { ...same, input: '{{sample.output_json.city}}' };
		expect((await run(grader, '{"city":"Paris"}', { answer: 'Paris' })).reward).toBe(1);
	});

	it('calculates with several', async () => {
		const multi = {
			type: 'multi',
			name: 'both',
			graders: { same, like },
			calculate_output: '0.25 * same + max(like, 0) / 2',
		};
		const answer = await run(multi, 'Parus', { answer: 'Paris' });
		expect(answer.reward).toBeCloseTo(0.4);
		expect(answer.sub_rewards).toEqual({ same: 0, like: 0.8 });
		const broken = await run({ ...multi, calculate_output: 'other + 1' }, 'a', { answer: 'a' });
		expect(broken.metadata.errors.formula_parse_error).toBe(true);
	});

	it('reports a variable that the item does not have', async () => {
		const { reward, metadata } = await run(same, 'a');
		expect(reward).toBe(0);
		expect(metadata.errors.invalid_variable_error).toBe(true);
	});

	it('refuses what it cannot run, but validates it', async () => {
		const python = {
			type: 'python' as const,
			name: 'p',
			source: 'def grade(sample, item): return 1',
		};
		await expect(run(python, 'a')).rejects.toMatchObject({ code: 'sandbox_not_supported' });
		const { grader } = await bench.client.fineTuning.alpha.graders.validate({ grader: python });
		expect(grader).toEqual(python);
	});

	it.each<[string, object, string]>([
		['an unknown type', { type: 'magic' }, 'grader.type'],
		['a label model of its own', { type: 'label_model' }, 'grader.type'],
		['a missing operation', { ...same, operation: undefined }, 'operation'],
		['an unknown metric', { ...like, evaluation_metric: 'vibes' }, 'evaluation_metric'],
		[
			'no members',
			{ type: 'multi', name: 'm', graders: {}, calculate_output: '1' },
			'grader.graders',
		],
	])('refuses %s', async (_name, grader, param) => {
		const validate = bench.client.fineTuning.alpha.graders.validate({ grader: grader as Grader });
		await expect(validate).rejects.toMatchObject({ status: 400, param });
	});
});

describe('checkpoint permissions', () => {
	it('are given, listed and taken back with the admin key', async () => {
		const { fine_tuned_model: model } = await bench.tune();
		const permissions = bench.admin.fineTuning.checkpoints.permissions;
		const given = await collect(permissions.create(model!, { project_ids: ['proj_a', 'proj_b'] }));
		expect(given.map(({ project_id }) => project_id)).toEqual(['proj_a', 'proj_b']);
		const again = await collect(permissions.create(model!, { project_ids: ['proj_a'] }));
		expect(again[0].id).toBe(given[0].id);
		const projects = async (query: object) =>
			(await collect(permissions.list(model!, query))).map(({ project_id }) => project_id);
		expect(await projects({ limit: 1 })).toEqual(['proj_b', 'proj_a']);
		expect(await projects({ limit: 1, order: 'ascending' })).toEqual(['proj_a', 'proj_b']);
		expect(await projects({ project_id: 'proj_a' })).toEqual(['proj_a']);
		const { id } = given[0];
		const params = { fine_tuned_model_checkpoint: model! };
		expect(await permissions.delete(id, params)).toEqual({
			id,
			object: 'checkpoint.permission',
			deleted: true,
		});
		expect(await projects({})).toEqual(['proj_b']);
		await expect(permissions.delete(id, params)).rejects.toMatchObject({ status: 404 });
	});

	it('are refused to a project key, and the rest to an admin key', async () => {
		const { fine_tuned_model: model } = await bench.tune();
		const project = bench.clientWith({ adminAPIKey: 'sk-sandbox' });
		await expect(project.fineTuning.checkpoints.permissions.list(model!)).rejects.toMatchObject({
			status: 403,
			code: 'missing_scope',
		});
		await expect(bench.admin.files.list()).rejects.toMatchObject({ status: 403 });
	});
});
