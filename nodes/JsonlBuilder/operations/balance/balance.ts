import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { Balance, type BalanceOptions } from '../../../../lib/dataset/quality/balance';
import type { BalanceTarget, ClassNumber } from '../../../../lib/dataset/quality/quota';
import { SettingError } from '../../../../lib/openai/settingError';
import { hint } from '../../../shared/hint';
import { sift, type SiftOperation, type SiftOutputs } from '../../sift';

/** So many records of each class as asked for. */
export async function balance(ctx: IExecuteFunctions): Promise<SiftOutputs> {
	return await sift(ctx, OPERATION);
}

const OPERATION: SiftOperation<Balance> = {
	createJudge: (ctx, itemIndex, options) => new Balance(balanceOptions(ctx, itemIndex, options)),
	report: (judge) => judge.report(),
	explain: (ctx, judge, _counts, itemIndex) => {
		const { classes, classesNotListed, tooManyClasses } = judge.report();
		if (tooManyClasses)
			hint(
				ctx,
				'The class field has more than 10,000 different values; the further ones count as one class. Choose a field with few values, such as a category.',
			);
		if (classes.length === 1 && classes[0].class === 'none') {
			hint(
				ctx,
				'No example has a value in the class field, so there was nothing to balance. Check its name.',
			);
			return;
		}
		const known = new Set(classes.map((one) => one.class));
		const named = classNumbers(ctx, itemIndex).map((one) => one.class);
		const unknown = classesNotListed > 0 ? [] : named.filter((name) => !known.has(name));
		if (unknown.length > 0)
			hint(
				ctx,
				`No example has the class ${unknown.map((name) => `'${name}'`).join(', ')}. Check the spelling, capitals too; the report lists the classes that there are.`,
			);
	},
	fileNames: { kept: '-balanced.jsonl', leftOut: '-left-out.jsonl' },
};

function balanceOptions(
	ctx: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
): BalanceOptions {
	const classField = String(ctx.getNodeParameter('classField', itemIndex) ?? '').trim();
	if (classField === '')
		throw new SettingError(
			'The class field is missing.',
			"Name the field that holds the class of an example, e.g. 'category'.",
			'Class Field',
		);
	const isFile = ctx.getNodeParameter('inputType', 0) === 'binary';
	return {
		classField,
		target: readTarget(ctx, itemIndex),
		seed: Math.trunc(Number(options.seed ?? 42)),
		dropClassField: isFile && options.dropClassField !== false,
	};
}

function readTarget(ctx: IExecuteFunctions, itemIndex: number): BalanceTarget {
	const kind = ctx.getNodeParameter('target', itemIndex) as BalanceTarget['kind'];
	if (kind === 'cap')
		return { kind, cap: readCount(ctx, itemIndex, 'cap', 'Max Examples per Class') };
	const maxCopies = readCount(ctx, itemIndex, 'maxCopies', 'Max Copies of an Example');
	if (kind === 'equal') return { kind, maxCopies };
	const numbers = classNumbers(ctx, itemIndex);
	const wrong = numbers.find(({ value }) => !(value >= 0));
	const setting = kind === 'share' ? 'Shares' : 'Weights';
	if (wrong)
		throw new SettingError(
			`'${setting}': the number of the class '${wrong.class.slice(0, 80)}' is not 0 or more`,
			'Enter a number from 0 on.',
			setting,
		);
	if (kind === 'weight') return { kind, weights: numbers, maxCopies };
	if (!numbers.some(({ value }) => value > 0))
		throw new SettingError(
			'No class has a share.',
			'Add each class that is to be in the result, with its share.',
			'Shares',
		);
	return { kind, shares: numbers, maxCopies };
}

/** The rows of 'Shares' or 'Weights', whichever the target has. */
function classNumbers(ctx: IExecuteFunctions, itemIndex: number): ClassNumber[] {
	const kind = ctx.getNodeParameter('target', itemIndex) as BalanceTarget['kind'];
	if (kind !== 'share' && kind !== 'weight') return [];
	const name = kind === 'share' ? 'shares' : 'weights';
	const { values = [] } = ctx.getNodeParameter(name, itemIndex, {}) as {
		values?: Array<{ class?: unknown; value?: unknown }>;
	};
	return values.map((entry) => ({ class: String(entry.class ?? ''), value: Number(entry.value) }));
}

function readCount(
	ctx: IExecuteFunctions,
	itemIndex: number,
	name: string,
	setting: string,
): number {
	const value = ctx.getNodeParameter(name, itemIndex) as unknown;
	const count = Math.floor(Number(value));
	if (count >= 1) return count;
	throw new SettingError(
		`'${setting}' is no number from 1 on: ${String(value).slice(0, 80)}`,
		'Enter a whole number.',
		setting,
	);
}
