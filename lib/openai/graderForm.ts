import type { Grader } from './graders';

/** A grader as a form has it: flat texts, blank where nothing was entered. */
export interface GraderForm {
	type: 'string_check' | 'text_similarity' | 'python' | 'score_model' | 'label_model' | 'multi';
	name?: string;
	input?: string;
	reference?: string;
	operation?: string;
	evaluationMetric?: string;
	source?: string;
	imageTag?: string;
	model?: string;
	/** Messages to the grading model. */
	messages?: ReadonlyArray<{ role?: string; content?: string }>;
	rangeMin?: number;
	rangeMax?: number;
	labels?: string;
	passingLabels?: string;
	/** Members of a multi grader; their names are the variables of `calculateOutput`. */
	graders?: readonly GraderForm[];
	calculateOutput?: string;
}

const DEFAULT_NAMES: Record<GraderForm['type'], string> = {
	string_check: 'string_check',
	text_similarity: 'text_similarity',
	python: 'python',
	score_model: 'score_model',
	label_model: 'label_model',
	multi: 'multi',
};

/** Turns a filled-in form into the API's grader. Shape and values are judged by `readGrader` afterwards. */
export function graderFromForm(form: GraderForm): Grader {
	const { type } = form;
	const name = form.name?.trim() || DEFAULT_NAMES[type];
	switch (type) {
		case 'string_check':
			return { type, name, ...comparison(form), operation: form.operation };
		case 'text_similarity':
			return { type, name, ...comparison(form), evaluation_metric: form.evaluationMetric };
		case 'python':
			return { type, name, source: form.source ?? '', ...optional('image_tag', form.imageTag) };
		case 'score_model':
			return { type, name, model: form.model ?? '', input: messages(form), ...range(form) };
		case 'label_model':
			return {
				type,
				name,
				model: form.model ?? '',
				input: messages(form),
				labels: words(form.labels),
				passing_labels: words(form.passingLabels),
			};
		case 'multi':
			return { type, name, graders: members(form), calculate_output: form.calculateOutput ?? '' };
	}
}

function comparison(form: GraderForm): { input: string; reference: string } {
	return { input: form.input ?? '', reference: form.reference ?? '' };
}

function messages(form: GraderForm): Array<{ role: string; content: string }> {
	return (form.messages ?? []).map(({ role, content }) => ({
		role: role || 'user',
		content: content ?? '',
	}));
}

function range(form: GraderForm): { range?: [number, number] } {
	const { rangeMin, rangeMax } = form;
	if (rangeMin === undefined && rangeMax === undefined) return {};
	return { range: [Number(rangeMin ?? 0), Number(rangeMax ?? 1)] };
}

/** Named members, because the formula refers to them by name; a name given twice gets a number. */
function members(form: GraderForm): Record<string, Grader> {
	const named = new Map<string, Grader>();
	for (const member of form.graders ?? []) {
		const grader = graderFromForm(member);
		let name = String(grader.name);
		for (let count = 2; named.has(name); count++) name = `${grader.name}_${count}`;
		named.set(name, { ...grader, name });
	}
	return Object.fromEntries(named);
}

function words(text: string | undefined): string[] {
	return (text ?? '')
		.split(',')
		.map((word) => word.trim())
		.filter((word) => word !== '');
}

function optional(name: string, value: string | undefined): Record<string, string> {
	const text = value?.trim();
	return text ? { [name]: text } : {};
}
