import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { graderFromForm, type GraderForm } from '../../../../lib/openai/graderForm';
import { readGrader, type Grader } from '../../../../lib/openai/graders';

type Fields = Record<string, unknown>;

/** The grader that an item's parameters define, in the form or as JSON. */
export function graderParameter(ctx: IExecuteFunctions, itemIndex: number): Grader {
	return readGrader(unreadGrader(ctx, itemIndex));
}

/** The same, before its shape was checked. */
export function unreadGrader(ctx: IExecuteFunctions, itemIndex: number): unknown {
	// Fields of other grader types are hidden, and n8n has no value for them.
	const get = (name: string) => ctx.getNodeParameter(name, itemIndex, null) as unknown;
	if (get('defineGrader') === 'json') return get('graderJson');
	const type = get('graderType') as GraderForm['type'];
	const fields: Fields = Object.fromEntries(
		[...Object.keys(FORM_FIELDS), 'graders'].map((name) => [name, get(name)]),
	);
	return graderFromForm(toForm(type, fields));
}

const FORM_FIELDS = {
	graderName: 'name',
	graderInput: 'input',
	graderReference: 'reference',
	graderOperation: 'operation',
	graderMetric: 'evaluationMetric',
	graderSource: 'source',
	graderImageTag: 'imageTag',
	graderModel: 'model',
	graderRangeMin: 'rangeMin',
	graderRangeMax: 'rangeMax',
	graderLabels: 'labels',
	graderPassingLabels: 'passingLabels',
	graderFormula: 'calculateOutput',
	graderMessages: 'messages',
} as const satisfies Record<string, keyof GraderForm>;

function toForm(type: GraderForm['type'], fields: Fields): GraderForm {
	const form = Object.fromEntries(
		Object.entries(FORM_FIELDS)
			.map(([from, to]) => [to, fields[from]] as const)
			.filter(([, value]) => value !== undefined && value !== null),
	);
	const messages = (fields.graderMessages as IDataObject | undefined)?.values ?? [];
	return { ...form, type, messages, graders: members(fields.graders) } as GraderForm;
}

function members(collection: unknown): GraderForm[] {
	const byType = (collection ?? {}) as Record<string, Fields[]>;
	return Object.entries(byType).flatMap(([type, list]) =>
		list.map((fields) => toForm(type as GraderForm['type'], fields)),
	);
}
