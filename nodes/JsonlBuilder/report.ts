import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { estimateEpochs, estimateTrainingCost, withOwnPrices } from '../../lib/cost';
import type { Example, Finding } from '../../lib/dataset/types';
import type { ValidateOptions, ValidationReport } from '../../lib/dataset/validator';
import { SettingError } from '../../lib/openai/settingError';
import { countExampleTokens, type TokenEstimate, TokenSampler } from '../../lib/tokens';

/** How a dataset is checked and what its report says, as the item's parameters set it. */
export interface ReportSettings {
	validate: ValidateOptions;
	/** The report as item JSON. */
	finish(report: ValidationReport): IDataObject;
}

export function reportSettings(
	ctx: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
): ReportSettings {
	const model = String(ctx.getNodeParameter('baseModel', itemIndex, '')).trim();
	const prices = readPrices(options.prices);
	const counting = options.countTokens ?? 'all';
	const sampler = counting === 'sample' ? new TokenSampler() : undefined;
	const validate: ValidateOptions = {
		model,
		...numberOption(options, 'maxFindings'),
		...numberOption(options, 'minExamples'),
		...numberOption(options, 'tokenLimit'),
		...(counting === 'all' ? { countTokens: countExampleTokens } : {}),
		...(sampler
			? {
					onExample: (value, _line, findings, text) => {
						const isUsable = value && findings.every(({ severity }) => severity !== 'error');
						if (isUsable)
							sampler.offer(text.length, () => countExampleTokens(value as unknown as Example));
					},
				}
			: {}),
	};
	const finish = (report: ValidationReport): IDataObject => {
		const tokens = sampler ? sampleJson(sampler.estimate()) : report.tokens;
		const billed = sampler ? sampler.estimate().total : report.tokens?.billed;
		const usable = report.examples - report.invalidExamples;
		const epochs = Number(options.epochs ?? estimateEpochs(usable));
		const cost =
			billed === undefined
				? undefined
				: estimateTrainingCost({ tokens: billed, epochs, model, prices });
		const { findings, ...counts } = report;
		return {
			...withoutUndefined({ ...counts, tokens: tokens && { ...tokens } }),
			...(usable > 0 ? { epochs } : {}),
			...(cost && usable > 0 ? { cost: { ...cost, amount: rounded(cost.amount), model } } : {}),
			findings: findingsJson(findings),
		};
	};
	return { validate, finish };
}

/** Findings as item JSON. */
export function findingsJson(findings: readonly Finding[]): IDataObject[] {
	return findings.map((finding) => withoutUndefined({ ...finding }));
}

export function withoutUndefined(object: object): IDataObject {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function sampleJson({ total, low, high, sampled, exact }: TokenEstimate): IDataObject {
	return { total, low, high, confidence: 0.95, sampled, exact };
}

function readPrices(prices: unknown) {
	try {
		return withOwnPrices(prices);
	} catch (caught) {
		throw priceError(caught);
	}
}

function priceError(caught: unknown): SettingError {
	const message = caught instanceof Error ? caught.message : String(caught);
	return new SettingError(
		message,
		'Correct the option \'Prices\', e.g. [{"model": "gpt-4.1-mini-2025-04-14", "training": 5}].',
		'Prices',
	);
}

function numberOption(options: IDataObject, name: string): IDataObject {
	const value = options[name];
	return value === undefined || value === '' || value === null ? {} : { [name]: Number(value) };
}

/** To a hundredth of a cent: more digits would promise too much. */
function rounded(amount: number): number {
	return Math.round(amount * 10_000) / 10_000;
}
