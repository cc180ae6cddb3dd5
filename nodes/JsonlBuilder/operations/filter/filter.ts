import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { AnswerCheck } from '../../../../lib/dataset/quality/answerQuality';
import { Filter, type FilterOptions } from '../../../../lib/dataset/quality/filter';
import { SettingError } from '../../../../lib/openai/settingError';
import { countTokens } from '../../../../lib/tokens';
import { hint } from '../../../shared/hint';
import { sift, type SiftOperation, type SiftOutputs } from '../../sift';

/** The records that are long, sure and useful enough. */
export async function filter(ctx: IExecuteFunctions): Promise<SiftOutputs> {
	return await sift(ctx, OPERATION);
}

const SETTINGS: Record<string, string> = {
	minQuestion: 'Min Question Length',
	maxQuestion: 'Max Question Length',
	minAnswer: 'Min Answer Length',
	maxAnswer: 'Max Answer Length',
	minConfidence: 'Min Confidence',
};

const OPERATION: SiftOperation<Filter> = {
	createJudge: (ctx, itemIndex, options) => new Filter(filterOptions(ctx, itemIndex, options)),
	report: (judge) => judge.report(),
	explain: (ctx, judge, { read, unreadable }) => {
		const { empty = 0 } = judge.report().reasons;
		if (empty > 0 && empty === read - unreadable)
			hint(
				ctx,
				"No example has an answer. Check the option 'Answer Field': it takes the name of a field, 'answer' without this option.",
			);
	},
	fileNames: { kept: '-filtered.jsonl', leftOut: '-left-out.jsonl' },
};

function filterOptions(
	ctx: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
): FilterOptions {
	const text = (name: string) => String(options[name] ?? '');
	const number = (name: string) => readNumber(options[name], SETTINGS[name]);
	const question = { min: number('minQuestion'), max: number('maxQuestion') };
	const answer = { min: number('minAnswer'), max: number('maxAnswer') };
	checkRange(question, 'Question Length');
	checkRange(answer, 'Answer Length');
	return {
		answerChecks: listOf(ctx.getNodeParameter('answerChecks', itemIndex)) as AnswerCheck[],
		languages: listOf(ctx.getNodeParameter('languages', itemIndex)),
		lengthUnit: options.lengthUnit === 'tokens' ? 'tokens' : 'characters',
		countTokens,
		question,
		answer,
		minConfidence: number('minConfidence'),
		confidenceField: text('confidenceField'),
		withoutConfidence: options.withoutConfidence === 'leaveOut' ? 'leaveOut' : 'keep',
		undetermined: options.undetermined === 'leaveOut' ? 'leaveOut' : 'keep',
		languageField: text('languageField'),
		phrases: text('phrases').split('\n'),
		questionField: text('questionField'),
		answerField: text('answerField'),
	};
}

function readNumber(value: unknown, setting: string): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const number = Number(value);
	if (Number.isFinite(number)) return number;
	throw new SettingError(
		`'${setting}' is no number: ${String(value).slice(0, 80)}`,
		'Enter a number, or remove the option.',
		setting,
	);
}

function checkRange({ min, max }: { min?: number; max?: number }, what: string): void {
	if (min === undefined || max === undefined || min <= max) return;
	throw new SettingError(
		`'Min ${what}' (${min}) is above 'Max ${what}' (${max}), which no example can meet`,
		'Change one of the two.',
		`Min ${what}`,
	);
}

/** An expression may give a list, or text with commas. */
function listOf(value: unknown): string[] {
	const values = Array.isArray(value) ? value : String(value ?? '').split(',');
	return values.map((one) => String(one).trim()).filter((one) => one !== '');
}
