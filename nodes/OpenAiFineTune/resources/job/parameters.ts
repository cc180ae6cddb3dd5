import { type IDataObject, type IExecuteFunctions, tryToParseDateTime } from 'n8n-workflow';

import type { FineTuningMethod } from '../../../../lib/openai/hyperparameters';
import type { JobSettings } from '../../../../lib/openai/jobBody';
import { runIdOf } from '../../../../lib/openai/runId';
import { SettingError } from '../../../../lib/openai/settingError';
import { toMs } from '../../../../lib/openai/time';
import { locatorParameter } from '../../../shared/parameters';
import { graderParameter } from '../grader/readGrader';

import { HYPERPARAMETER_NAMES } from './trainingFields';

/** What Create and Run have in common: everything but the files. */
export function trainingParameters(
	ctx: IExecuteFunctions,
	itemIndex: number,
): Omit<JobSettings, 'trainingFile' | 'validationFile'> {
	const method = ctx.getNodeParameter('method', itemIndex) as FineTuningMethod;
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	return {
		model: locatorParameter(ctx, 'baseModel', itemIndex),
		method,
		hyperparameters: hyperparameters(ctx, itemIndex),
		...(method === 'reinforcement' && { grader: graderParameter(ctx, itemIndex) }),
		suffix: text(options.suffix),
		seed: options.seed as number | undefined,
		metadata: pairs(options.metadata),
		wandb: wandb(options.wandb),
		extraHyperparameters: jsonObject(
			options.additionalHyperparameters,
			'Additional Hyperparameters (JSON)',
		),
		trainingTier: text(options.trainingTier),
		extraFields: jsonObject(options.additionalFields, 'Additional Fields (JSON)'),
	};
}

/** The text by which the job of this very run is found again; none where that is turned off. */
export function runIdParameter(ctx: IExecuteFunctions, itemIndex: number): string | undefined {
	if (!ctx.getNodeParameter('options.checkForExistingJob', itemIndex, true)) return undefined;
	const own = text(ctx.getNodeParameter('options.runId', itemIndex, ''));
	if (own.length > 512) {
		throw new SettingError(
			`The run ID has ${own.length} characters, and 512 are allowed`,
			'Shorten it under Options > Run ID.',
			'Run ID',
		);
	}
	if (own !== '') return own;
	return runIdOf({
		instanceId: ctx.getInstanceId(),
		workflowId: ctx.getWorkflow().id ?? '',
		executionId: ctx.getExecutionId(),
		nodeId: ctx.getNode().id,
		runIndex: Number(ctx.getWorkflowDataProxy(itemIndex).$runIndex ?? 0),
		itemIndex,
	});
}

/** Name/value fields of a fixed collection. */
export function pairs(collection: unknown): Array<{ name: string; value: unknown }> {
	const values = (collection as { values?: unknown } | undefined)?.values;
	return Array.isArray(values) ? (values as Array<{ name: string; value: unknown }>) : [];
}

/** An object, given as JSON text or by an expression. */
export function jsonObject(entered: unknown, setting: string): Record<string, unknown> {
	const value = typeof entered === 'string' ? parsed(entered, setting) : (entered ?? {});
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new SettingError(
			`'${setting}' is not a JSON object`,
			'Enter an object in braces, e.g. {"name": "value"}.',
			setting,
		);
	}
	return value as Record<string, unknown>;
}

/**
 * A date of the user in milliseconds since the epoch; without a zone it is in the workflow's. A number is OpenAI's
 * seconds, as raw output has them.
 */
export function timeSetting(
	ctx: IExecuteFunctions,
	entered: unknown,
	setting: string,
): number | undefined {
	if (entered === undefined || entered === null || entered === '') return undefined;
	if (typeof entered === 'number') return toMs(entered);
	try {
		return tryToParseDateTime(entered, ctx.getTimezone()).toMillis();
	} catch {
		throw notDate(entered, setting);
	}
}

/** Texts from a list, or from one text with commas. */
export function words(entered: unknown): string[] {
	const parts = Array.isArray(entered) ? entered.map(String) : text(entered).split(',');
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function hyperparameters(ctx: IExecuteFunctions, itemIndex: number): Record<string, unknown> {
	const entered = ctx.getNodeParameter('hyperparameters', itemIndex, {}) as IDataObject;
	const common = Object.entries(HYPERPARAMETER_NAMES)
		.filter(([parameter]) => entered[parameter] !== undefined)
		.map(([parameter, name]) => [name, entered[parameter]] as const);
	const own = pairs(ctx.getNodeParameter('providerHyperparameters', itemIndex, {}))
		.map(({ name, value }) => [text(name), value] as const)
		.filter(([name]) => name !== '');
	return Object.fromEntries([...common, ...own]);
}

function wandb(collection: unknown): JobSettings['wandb'] {
	const values = (collection as { values?: IDataObject } | undefined)?.values;
	if (!values) return undefined;
	return {
		project: text(values.project),
		name: text(values.name),
		entity: text(values.entity),
		tags: words(values.tags),
	};
}

function parsed(entered: string, setting: string): unknown {
	if (entered.trim() === '') return {};
	try {
		return JSON.parse(entered) as unknown;
	} catch (cause) {
		throw notJson(setting, cause);
	}
}

function notDate(entered: unknown, setting: string): SettingError {
	return new SettingError(
		`'${setting}' is not a date: "${String(entered).slice(0, 40)}"`,
		'Pick a date, or give one as 2026-11-21T00:00:00Z.',
		setting,
	);
}

function notJson(setting: string, cause: unknown): SettingError {
	const detail = cause instanceof Error ? ` (${cause.message})` : '';
	return new SettingError(
		`'${setting}' is not valid JSON${detail}`,
		'Correct it, e.g. {"name": "value"}.',
		setting,
	);
}

function text(value: unknown): string {
	return value === undefined || value === null ? '' : String(value).trim();
}
