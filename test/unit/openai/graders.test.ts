import fc from 'fast-check';

import { graderFromForm, type GraderForm } from '../../../lib/openai/graderForm';
import { checkGrader, raisedFlags, readGrader } from '../../../lib/openai/graders';

const check: GraderForm = {
	type: 'string_check',
	name: 'same',
	input: '{{sample.output_text}}',
	reference: '{{item.label}}',
	operation: 'eq',
};
const similarity: GraderForm = { ...check, type: 'text_similarity', evaluationMetric: 'bleu' };
const score: GraderForm = {
	type: 'score_model',
	model: 'gpt-4.1-2025-04-14',
	messages: [{ content: 'Score {{sample.output_text}}' }],
	rangeMin: 0,
	rangeMax: 10,
};

describe('graderFromForm', () => {
	it.each<[GraderForm, object]>([
		[
			check,
			{
				type: 'string_check',
				name: 'same',
				input: '{{sample.output_text}}',
				reference: '{{item.label}}',
				operation: 'eq',
			},
		],
		[
			similarity,
			{
				type: 'text_similarity',
				name: 'same',
				input: '{{sample.output_text}}',
				reference: '{{item.label}}',
				evaluation_metric: 'bleu',
			},
		],
		[
			{ type: 'python', source: 'def grade(s, i): return 1', imageTag: ' ' },
			{ type: 'python', name: 'python', source: 'def grade(s, i): return 1' },
		],
		[
			score,
			{
				type: 'score_model',
				name: 'score_model',
				model: 'gpt-4.1-2025-04-14',
				input: [{ role: 'user', content: 'Score {{sample.output_text}}' }],
				range: [0, 10],
			},
		],
	])('builds $type', (form, expected) => {
		expect(graderFromForm(form)).toEqual(expected);
		expect(checkGrader(graderFromForm(form))).toEqual([]);
	});

	it('names the members of a multi grader, each name once', () => {
		const label: GraderForm = {
			type: 'label_model',
			name: 'polite',
			model: 'gpt-4.1-2025-04-14',
			messages: [{ role: 'developer', content: 'Label it' }],
			labels: 'yes, no',
			passingLabels: 'yes',
		};
		const grader = graderFromForm({
			type: 'multi',
			graders: [check, check, label],
			calculateOutput: '0.5 * same + 0.2 * same_2 + 0.3 * polite',
		});
		expect(Object.keys(grader.graders as object)).toEqual(['same', 'same_2', 'polite']);
		expect(grader).toMatchObject({
			type: 'multi',
			calculate_output: '0.5 * same + 0.2 * same_2 + 0.3 * polite',
			graders: { polite: { labels: ['yes', 'no'], passing_labels: ['yes'] } },
		});
		expect(checkGrader(grader)).toEqual([]);
	});
});

describe('readGrader and checkGrader', () => {
	it('reads JSON text and objects', () => {
		const grader = graderFromForm(check);
		expect(readGrader(JSON.stringify(grader))).toEqual(grader);
		expect(readGrader(grader)).toBe(grader);
	});

	it('accepts a multi grader with a list, as the API reference writes it', () => {
		const graders = [graderFromForm(check), graderFromForm(similarity)];
		expect(checkGrader({ type: 'multi', name: 'm', graders, calculate_output: '1' })).toEqual([]);
	});

	it.each<[unknown, string, string | undefined]>([
		[[], 'not_an_object', undefined],
		[{}, 'unknown_type', 'type'],
		[{ type: 'toString' }, 'unknown_type', 'type'],
		[{ type: 'label_model' }, 'unknown_type', 'type'],
		[{ ...graderFromForm(check), operation: 'is' }, 'unknown_value', 'operation'],
		[{ ...graderFromForm(check), name: '' }, 'missing_field', 'name'],
		[{ ...graderFromForm(score), input: [] }, 'missing_field', 'input'],
		[{ type: 'multi', graders: {}, calculate_output: '1' }, 'missing_graders', 'graders'],
		[
			{ type: 'multi', graders: { a: { type: 'multi' } }, calculate_output: '1' },
			'unknown_type',
			'graders.a.type',
		],
		[
			{ type: 'multi', graders: [graderFromForm({ type: 'python' })], calculate_output: '1' },
			'missing_field',
			'graders[0].source',
		],
	])('names what to mend in %j', (grader, code, path) => {
		const [finding] = checkGrader(grader);
		expect(finding).toMatchObject({ severity: 'error', code, fix: expect.any(String) });
		expect(finding.path).toBe(path);
		expect(() => readGrader(grader)).toThrow(expect.objectContaining({ setting: 'Grader' }));
	});

	it('refuses text that is not JSON', () => {
		expect(() => readGrader('{"type":')).toThrow(/not valid JSON/);
	});

	it('never crashes on anything', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				expect(Array.isArray(checkGrader(value))).toBe(true);
			}),
		);
		const nested = JSON.parse(
			`${'{"type":"multi","graders":{"a":'.repeat(3000)}1${'}}'.repeat(3000)}`,
		);
		expect(checkGrader(nested).length).toBeGreaterThan(0);
	});
});

describe('raisedFlags', () => {
	it('lists flags that are true', () => {
		const errors = { other_error: false, model_grader_parse_error: true, python_details: 'x' };
		expect(raisedFlags({ metadata: { errors } })).toEqual(['model_grader_parse_error']);
		expect(raisedFlags({})).toEqual([]);
	});
});
