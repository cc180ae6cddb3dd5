import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

/** Fields that define a grader, used by the Grader resource and by jobs of the reinforcement method. */

const TEMPLATE_TEXT =
	"Filled in for each example: <code>{{item.…}}</code> is a field of the dataset line, <code>{{sample.output_text}}</code> the model's answer. Keep this field on Fixed, since n8n would read the braces as an expression.";

const inputField: INodeProperties = {
	displayName: 'Input',
	name: 'graderInput',
	type: 'string',
	default: '{{sample.output_text}}',
	description: 'Text to grade. ' + TEMPLATE_TEXT,
};

const referenceField: INodeProperties = {
	displayName: 'Reference',
	name: 'graderReference',
	type: 'string',
	default: '{{item.reference_answer}}',
	description: 'Text to compare with. ' + TEMPLATE_TEXT,
};

const comparisonField: INodeProperties = {
	displayName: 'Comparison',
	name: 'graderOperation',
	type: 'options',
	default: 'eq',
	description: 'How input and reference are compared',
	options: [
		{ name: 'Contains', value: 'like', description: 'Whether the input contains the reference' },
		{
			name: 'Contains (Ignore Case)',
			value: 'ilike',
			description: 'Whether the input contains the reference, in upper or lower case',
		},
		{ name: 'Equals', value: 'eq' },
		{ name: 'Not Equals', value: 'ne' },
	],
};

const metricField: INodeProperties = {
	displayName: 'Metric',
	name: 'graderMetric',
	type: 'options',
	default: 'fuzzy_match',
	description: 'How similarity is measured',
	options: [
		{ name: 'BLEU', value: 'bleu' },
		{ name: 'Cosine', value: 'cosine' },
		{ name: 'Fuzzy Match', value: 'fuzzy_match' },
		{ name: 'GLEU', value: 'gleu' },
		{ name: 'METEOR', value: 'meteor' },
		{ name: 'ROUGE-1', value: 'rouge_1' },
		{ name: 'ROUGE-2', value: 'rouge_2' },
		{ name: 'ROUGE-3', value: 'rouge_3' },
		{ name: 'ROUGE-4', value: 'rouge_4' },
		{ name: 'ROUGE-5', value: 'rouge_5' },
		{ name: 'ROUGE-L', value: 'rouge_l' },
	],
};

const sourceField: INodeProperties = {
	displayName: 'Python Code',
	name: 'graderSource',
	type: 'string',
	typeOptions: { rows: 8 },
	default:
		'def grade(sample: dict, item: dict) -> float:\n    return 1.0 if sample["output_text"] == item["reference_answer"] else 0.0\n',
	description: 'A function <code>grade(sample, item)</code> that returns a number',
};

const imageTagField: INodeProperties = {
	displayName: 'Image Tag',
	name: 'graderImageTag',
	type: 'string',
	default: '',
	placeholder: 'e.g. 2025-05-08',
	description: 'Version of the Python environment, the newest one if empty',
};

const modelField: INodeProperties = {
	displayName: 'Grading Model',
	name: 'graderModel',
	type: 'string',
	default: '',
	placeholder: 'e.g. gpt-5-mini',
	description: 'ID of the model that grades. Its tokens are billed.',
};

const messagesField: INodeProperties = {
	displayName: 'Messages',
	name: 'graderMessages',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	default: {},
	placeholder: 'Add Message',
	description: 'What the grading model is asked',
	options: [
		{
			displayName: 'Message',
			name: 'values',
			values: [
				{
					displayName: 'Role',
					name: 'role',
					type: 'options',
					default: 'user',
					options: [
						{ name: 'Assistant', value: 'assistant' },
						{ name: 'Developer', value: 'developer' },
						{ name: 'System', value: 'system' },
						{ name: 'User', value: 'user' },
					],
				},
				{
					displayName: 'Content',
					name: 'content',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					description: TEMPLATE_TEXT,
				},
			],
		},
	],
};

const rangeFields: INodeProperties[] = [
	{
		displayName: 'Lowest Score',
		name: 'graderRangeMin',
		type: 'number',
		default: 0,
		description: 'Lower end of the scale that the grading model uses',
	},
	{
		displayName: 'Highest Score',
		name: 'graderRangeMax',
		type: 'number',
		default: 1,
		description: 'Upper end of the scale that the grading model uses',
	},
];

const labelFields: INodeProperties[] = [
	{
		displayName: 'Labels',
		name: 'graderLabels',
		type: 'string',
		default: '',
		placeholder: 'e.g. polite, neutral, rude',
		description: 'Labels to choose from, separated by commas',
	},
	{
		displayName: 'Passing Labels',
		name: 'graderPassingLabels',
		type: 'string',
		default: '',
		placeholder: 'e.g. polite, neutral',
		description: 'Those of the labels that count as passed, separated by commas',
	},
];

const FIELDS_OF_TYPE: Record<string, INodeProperties[]> = {
	string_check: [inputField, comparisonField, referenceField],
	text_similarity: [inputField, metricField, referenceField],
	python: [sourceField, imageTagField],
	score_model: [modelField, messagesField, ...rangeFields],
};

const memberName: INodeProperties = {
	displayName: 'Name',
	name: 'graderName',
	type: 'string',
	default: '',
	placeholder: 'e.g. exact',
	description: 'Name of the score in the formula',
};

const member = (
	displayName: string,
	name: string,
	values: INodeProperties[],
): INodePropertyCollection => ({ displayName, name, values: [memberName, ...values] });

const membersField: INodeProperties = {
	displayName: 'Graders',
	name: 'graders',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Grader',
	description: 'Graders whose scores are combined',
	options: [
		member('Label Model', 'label_model', [modelField, messagesField, ...labelFields]),
		member('Python', 'python', FIELDS_OF_TYPE.python),
		member('Score Model', 'score_model', FIELDS_OF_TYPE.score_model),
		member('String Check', 'string_check', FIELDS_OF_TYPE.string_check),
		member('Text Similarity', 'text_similarity', FIELDS_OF_TYPE.text_similarity),
	],
};

const formulaField: INodeProperties = {
	displayName: 'Formula',
	name: 'graderFormula',
	type: 'string',
	default: '',
	placeholder: 'e.g. 0.7 * exact + 0.3 * polite',
	description: 'How the scores are combined, with the names of the graders as variables',
};

const typeField: INodeProperties = {
	displayName: 'Grader Type',
	name: 'graderType',
	type: 'options',
	default: 'string_check',
	options: [
		{ name: 'Multi', value: 'multi', description: 'Combine several graders with a formula' },
		{ name: 'Python', value: 'python', description: 'Run your own code' },
		{ name: 'Score Model', value: 'score_model', description: 'Let a model give a score' },
		{ name: 'String Check', value: 'string_check', description: 'Compare two texts exactly' },
		{
			name: 'Text Similarity',
			value: 'text_similarity',
			description: 'Measure how similar two texts are',
		},
	],
};

type Show = Record<string, string[]>;

/** The grader's fields, shown where `show` says. */
export function graderFields(show: Show): INodeProperties[] {
	const inForm: Show = { ...show, defineGrader: ['form'] };
	const ofType = (types: string[], fields: INodeProperties[]) =>
		fields.map((field) => shown(field, { ...inForm, graderType: types }));
	return [
		shown(
			{
				displayName: 'Define Grader',
				name: 'defineGrader',
				type: 'options',
				default: 'form',
				options: [
					{ name: 'Using Fields Below', value: 'form' },
					{ name: 'Using JSON', value: 'json' },
				],
			},
			show,
		),
		shown(
			{
				displayName: 'Grader (JSON)',
				name: 'graderJson',
				type: 'json',
				typeOptions: { rows: 8 },
				default:
					'{\n  "type": "string_check",\n  "name": "exact",\n  "input": "{{sample.output_text}}",\n  "reference": "{{item.reference_answer}}",\n  "operation": "eq"\n}',
				description:
					'Any grader of <a href="https://platform.openai.com/docs/guides/graders">OpenAI\'s guide</a> as a JSON object',
			},
			{ ...show, defineGrader: ['json'] },
		),
		shown(typeField, inForm),
		...ofType(['string_check', 'text_similarity'], [inputField]),
		...ofType(['string_check'], [comparisonField]),
		...ofType(['text_similarity'], [metricField]),
		...ofType(['string_check', 'text_similarity'], [referenceField]),
		...ofType(['python'], FIELDS_OF_TYPE.python),
		...ofType(['score_model'], FIELDS_OF_TYPE.score_model),
		...ofType(['multi'], [membersField, formulaField]),
	];
}

function shown(field: INodeProperties, show: Show): INodeProperties {
	return { ...field, displayOptions: { show } };
}
