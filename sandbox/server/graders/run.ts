import type { Body } from '../check';
import { badRequest } from '../errors';
import { evaluateFormula } from './formula';
import { textSimilarity } from './metrics';

const NO_ERRORS = {
	formula_parse_error: false,
	sample_parse_error: false,
	sample_parse_error_details: null,
	truncated_observation_error: false,
	unresponsive_reward_error: false,
	invalid_variable_error: false,
	invalid_variable_error_details: null,
	other_error: false,
	python_grader_server_error: false,
	python_grader_server_error_type: null,
	python_grader_runtime_error: false,
	python_grader_runtime_error_details: null,
	model_grader_server_error: false,
	model_grader_refusal_error: false,
	model_grader_refusal_error_details: null,
	model_grader_parse_error: false,
	model_grader_exceeded_max_tokens_error: false,
	model_grader_server_error_details: null,
};

interface Outcome {
	reward: number;
	scores: Record<string, number>;
	errors: Partial<Record<keyof typeof NO_ERRORS, unknown>>;
}

/** The answer of POST /fine_tuning/alpha/graders/run. */
export function runGrader(grader: Body, item: unknown, sample: string, seconds: number): Body {
	const { reward, scores, errors } = grade(grader, templateValues(item, sample));
	return {
		reward,
		metadata: {
			name: grader.name,
			type: grader.type,
			errors: { ...NO_ERRORS, ...errors },
			execution_time: seconds,
			scores,
			token_usage: null,
			sampled_model_name: null,
		},
		sub_rewards: scores,
		model_grader_token_usage_per_model: {},
	};
}

function grade(grader: Body, values: Template): Outcome {
	switch (grader.type) {
		case 'string_check':
			return compared(grader, values, (input, reference) =>
				check(grader.operation as string, input, reference),
			);
		case 'text_similarity':
			return compared(grader, values, (input, reference) =>
				textSimilarity(grader.evaluation_metric as string, input, reference),
			);
		case 'multi':
			return multi(grader, values);
		default:
			throw badRequest(
				`The sandbox runs string_check, text_similarity and multi graders. A ${String(grader.type)} grader needs code execution or a language model, which it does not have.`,
				'grader.type',
				'sandbox_not_supported',
			);
	}
}

function compared(
	grader: Body,
	values: Template,
	measure: (input: string, reference: string) => number,
): Outcome {
	const input = values.fill(grader.input as string);
	const reference = values.fill(grader.reference as string);
	const missing = input.missing ?? reference.missing;
	if (missing === undefined) {
		return { reward: measure(input.text, reference.text), scores: {}, errors: {} };
	}
	const details = `Unknown variable: ${missing}`;
	const errors = { invalid_variable_error: true, invalid_variable_error_details: details };
	return { reward: 0, scores: {}, errors };
}

function multi(grader: Body, values: Template): Outcome {
	const members = Object.entries(grader.graders as Record<string, Body>);
	const graded = members.map(([name, member]) => [name, grade(member, values)] as const);
	const scores = Object.fromEntries(graded.map(([name, { reward }]) => [name, reward]));
	const errors = Object.assign({}, ...graded.map(([, outcome]) => outcome.errors));
	try {
		const reward = evaluateFormula(
			grader.calculate_output as string,
			new Map(Object.entries(scores)),
		);
		return { reward, scores, errors };
	} catch {
		return { reward: 0, scores, errors: { ...errors, formula_parse_error: true } };
	}
}

/** `like` asks whether the reference stands in the input; `ilike` does not mind the case. */
function check(operation: string, input: string, reference: string): number {
	const results: Record<string, boolean> = {
		eq: input === reference,
		ne: input !== reference,
		like: input.includes(reference),
		ilike: input.toLowerCase().includes(reference.toLowerCase()),
	};
	return results[operation] ? 1 : 0;
}

interface Template {
	fill(template: string): { text: string; missing?: string };
}

/** Values for `{{ item.x }}`, `{{ sample.output_text }}` and `{{ sample.output_json.x }}`. */
function templateValues(item: unknown, sample: string): Template {
	const root = { item, sample: { output_text: sample, output_json: parsed(sample) } };
	return {
		fill(template) {
			let missing: string | undefined;
			const text = template.replace(/\{\{\s*([\w.[\]-]+)\s*\}\}/g, (_all, path: string) => {
				const value = valueAt(root, path);
				if (value === undefined) missing ??= path;
				return typeof value === 'string' ? value : JSON.stringify(value ?? '');
			});
			return { text, missing };
		},
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function valueAt(root: unknown, path: string): unknown {
	return path
		.split(/[.[\]]+/)
		.filter(Boolean)
		.reduce<unknown>(
			(value, key) =>
				typeof value === 'object' && value !== null && Object.hasOwn(value, key)
					? (value as Body)[key]
					: undefined,
			root,
		);
}
