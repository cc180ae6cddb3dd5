import { checkBody, type Body, type Rule } from '../check';
import { badRequest } from '../errors';

export const METRICS = [
	'cosine',
	'fuzzy_match',
	'bleu',
	'gleu',
	'meteor',
	'rouge_1',
	'rouge_2',
	'rouge_3',
	'rouge_4',
	'rouge_5',
	'rouge_l',
];

const text: Rule = { type: 'string', required: true };
const common = { type: text, name: text };

/** https://developers.openai.com/api/docs/guides/graders */
const FIELDS: Record<string, Record<string, Rule>> = {
	string_check: {
		...common,
		input: text,
		reference: text,
		operation: { ...text, oneOf: ['eq', 'ne', 'like', 'ilike'] },
	},
	text_similarity: {
		...common,
		input: text,
		reference: text,
		evaluation_metric: { ...text, oneOf: METRICS },
	},
	python: { ...common, source: { ...text, minLength: 1 }, image_tag: { type: 'string' } },
	score_model: {
		...common,
		model: text,
		input: { type: 'array', required: true, minLength: 1 },
		range: { type: 'array', minLength: 2, maxLength: 2, items: { type: 'number' } },
		sampling_params: { type: 'object' },
	},
	label_model: {
		...common,
		model: text,
		input: { type: 'array', required: true, minLength: 1 },
		labels: { type: 'array', required: true, minLength: 1, items: { type: 'string' } },
		passing_labels: { type: 'array', required: true, minLength: 1, items: { type: 'string' } },
	},
	multi: { ...common, graders: { type: 'object', required: true }, calculate_output: text },
};

/** Refuses a grader that OpenAI would not take. `label_model` only stands inside `multi`, `multi` never does. */
export function checkGrader(grader: Body, path = 'grader', inside = false): void {
	const types = Object.keys(FIELDS).filter((type) => type !== (inside ? 'multi' : 'label_model'));
	if (!types.includes(grader.type as string)) {
		const supported = types.map((type) => `'${type}'`).join(', ');
		throw badRequest(
			`Invalid value: '${String(grader.type)}'. Supported values are: ${supported}.`,
			`${path}.type`,
			'invalid_value',
		);
	}
	checkBody(grader, FIELDS[grader.type as string]);
	if (grader.type !== 'multi') return;
	const members = Object.entries(grader.graders as Record<string, Body>);
	if (members.length === 0) throw badRequest(`'${path}.graders' is empty.`, `${path}.graders`);
	for (const [name, member] of members) checkGrader(member, `${path}.graders.${name}`, true);
}
