import { json, paired, run, useJobService } from './support';

const service = useJobService();
const RUN = 'POST /fine_tuning/alpha/graders/run';
const VALIDATE = 'POST /fine_tuning/alpha/graders/validate';

describe('Grader > Run', () => {
	it('grades the answer of each item', async () => {
		service.graderAnswer = ({ model_sample }) => [
			200,
			{
				reward: model_sample === 'Lighting' ? 1 : 0,
				sub_rewards: {},
				metadata: {
					errors: { other_error: model_sample !== 'Lighting', formula_parse_error: false },
					execution_time: 0.1,
					token_usage: null,
					sampled_model_name: null,
				},
			},
		];
		const result = await run(
			service,
			{
				resource: 'grader',
				operation: 'run',
				modelSample: '={{ $json.answer }}',
				item: '={{ { reference_answer: $json.expected } }}',
				simplify: '={{ $json.simple }}',
			},
			{
				items: [
					{ json: { answer: 'Lighting', expected: 'Lighting', simple: true } },
					{ json: { answer: 'Noise', expected: 'Lighting', simple: false } },
				],
			},
		);
		expect(json(result)).toEqual([
			{
				reward: 1,
				sub_rewards: {},
				flags: [],
				execution_time: 0.1,
				token_usage: null,
				sampled_model_name: null,
			},
			expect.objectContaining({ reward: 0, metadata: expect.any(Object) }),
		]);
		expect(paired(result)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(service.seen(RUN)[0].body).toEqual({
			grader: {
				type: 'string_check',
				name: 'string_check',
				input: '{{sample.output_text}}',
				reference: '{{item.reference_answer}}',
				operation: 'eq',
			},
			model_sample: 'Lighting',
			item: { reference_answer: 'Lighting' },
		});
	});

	it.each([
		[{ graderType: 'text_similarity', graderMetric: 'bleu' }, { evaluation_metric: 'bleu' }],
		[{ graderType: 'python', graderImageTag: '2025-05-08' }, { image_tag: '2025-05-08' }],
		[
			{
				graderType: 'score_model',
				graderModel: 'gpt-5-mini',
				graderMessages: { values: [{ role: 'user', content: 'Score {{sample.output_text}}' }] },
				graderRangeMax: 5,
			},
			{
				model: 'gpt-5-mini',
				input: [{ role: 'user', content: 'Score {{sample.output_text}}' }],
				range: [0, 5],
			},
		],
		[
			{ defineGrader: 'json', graderJson: '{"type":"python","name":"g","source":"x"}' },
			{ type: 'python', name: 'g', source: 'x' },
		],
	])('sends the grader of %j', async (parameters, expected) => {
		await run(service, { resource: 'grader', operation: 'run', modelSample: 'a', ...parameters });
		expect(service.seen(RUN)[0].body.grader).toMatchObject(expected);
	});
});

describe('Grader > Validate', () => {
	const validate = async (grader: string, more: object = {}) =>
		await run(service, {
			resource: 'grader',
			operation: 'validate',
			defineGrader: 'json',
			graderJson: grader,
			...more,
		});

	it('gives the grader back when the service accepts it', async () => {
		const grader = { type: 'python', name: 'g', source: 'x' };
		expect(json(await validate(JSON.stringify(grader)))).toEqual([{ valid: true, grader }]);
	});

	it('takes a refusal for an answer, from here or from the service', async () => {
		expect(json(await validate('{"type":"multi","graders":[]}'))).toEqual([
			expect.objectContaining({ valid: false, path: 'graders', fix: expect.any(String) }),
		]);
		expect(json(await validate('not JSON'))).toEqual([expect.objectContaining({ valid: false })]);
		expect(service.seen(VALIDATE)).toEqual([]);
		service.graderAnswer = () => [400, { error: { message: 'Bad image', param: 'image_tag' } }];
		expect(json(await validate('{"type":"python","name":"g","source":"x"}'))).toEqual([
			{ valid: false, message: 'Bad image', path: 'image_tag' },
		]);
	});

	it('does not take a wrong key for an answer', async () => {
		service.graderAnswer = () => [401, { error: { message: 'no' } }];
		const result = await validate('{"type":"python","name":"g","source":"x"}');
		expect(result.error).toMatchObject({ httpCode: '401' });
	});
});
