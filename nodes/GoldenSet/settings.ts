/** The node's parameters: those of a run, and those of one item. */
import type { IDataObject, IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { ReadOptions } from '../../lib/dataset/reader';
import type { RunLimits } from '../../lib/golden/ask';
import { readRecords } from '../../lib/golden/file';
import { inSeededOrder } from '../../lib/golden/order';
import type { Respondent } from '../../lib/golden/record';
import type { GoldenRecord } from '../../lib/golden/types';
import type { ChatOptions } from '../../lib/openai/chat/sampling';
import { SettingError } from '../../lib/openai/settingError';
import { checkPrice } from '../../lib/qa/budget';
import {
	type BulkSettings,
	numberOf,
	readBulkSettings,
	readPrices,
} from '../shared/chat/bulkSettings';
import { modelOfLocator } from '../shared/chat/readModels';
import { toNodeError } from '../shared/errors';
import { localFile } from '../shared/localFile';
import { createTransport } from '../shared/transport';

const DEFAULT_ORDER_SEED = 42;

/** Settings of the whole run, from the first item. */
export interface RunSettings extends BulkSettings {
	/** New answers to ask for at most. */
	maxNewAnswers?: number;
}

export function readRunSettings(ctx: IExecuteFunctions): RunSettings {
	try {
		return runSettingsOf(ctx);
	} catch (error) {
		throw toNodeError(ctx.getNode(), error, 0);
	}
}

function runSettingsOf(ctx: IExecuteFunctions): RunSettings {
	const options = optionsOf(ctx, 0);
	return {
		...readBulkSettings(options),
		maxNewAnswers: numberOf(options.maxNewAnswers, 'Ask at Most'),
	};
}

/** Whom to ask with the settings of an item. @param model name of the parameter */
export async function readRespondent(
	ctx: IExecuteFunctions,
	itemIndex: number,
	model: { name: string; setting: string },
	limits: RunLimits,
): Promise<Respondent> {
	const connection = await createTransport(ctx, itemIndex);
	const locator = ctx.getNodeParameter(model.name, itemIndex) as INodeParameterResourceLocator;
	const options = optionsOf(ctx, itemIndex);
	const prices = readPrices(options);
	const id = await modelOfLocator(locator, model.setting, connection);
	checkPrice(id, prices, limits);
	return {
		model: id,
		provider: connection.provider,
		options: options as ChatOptions,
		extraBody: options.extraBody,
		instructions: String(ctx.getNodeParameter('systemMessage', itemIndex, '') ?? ''),
		instructionsRole: options.systemMessageRole === 'developer' ? 'developer' : 'system',
		prices,
		timeout: numberOf(options.timeout, 'Timeout') || undefined,
		transport: connection.transport,
	};
}

/** The records of an earlier run, by the id of their question. */
export async function readEarlier(
	ctx: IExecuteFunctions,
	itemIndex: number,
): Promise<Map<string, GoldenRecord>> {
	const field = String(optionsOf(ctx, itemIndex).earlierRecordField ?? '').trim();
	return field === '' ? new Map() : await readRecordField(ctx, itemIndex, field);
}

/** @throws SettingError for a file that holds no records */
export async function readRecordField(
	ctx: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<Map<string, GoldenRecord>> {
	const { open } = await fileIn(ctx, itemIndex, field);
	return await readRecords(await open(), `the field '${field.slice(0, 80)}'`, readOptions(ctx));
}

/** @throws SettingError naming the fields that are there */
export async function fileIn(ctx: IExecuteFunctions, itemIndex: number, field: string) {
	const fields = Object.keys(ctx.getInputData()[itemIndex].binary ?? {});
	if (fields.includes(field)) return await localFile(ctx, itemIndex, field);
	throw new SettingError(
		`The item has no file in the field '${field.slice(0, 80)}'`,
		fields.length > 0
			? `Choose among: ${fields.join(', ').slice(0, 300)}`
			: 'The node before has to give a file, e.g. Read/Write Files from Disk or JSONL Builder.',
	);
}

/** The questions to ask, in the order in which to ask them. */
export function chosen<T extends { id: string }>(
	ctx: IExecuteFunctions,
	itemIndex: number,
	questions: readonly T[],
): T[] {
	const most = numberOf(optionsOf(ctx, itemIndex).maxQuestions, 'Max Questions') ?? Infinity;
	return inSeededOrder(questions, orderSeed(ctx, itemIndex)).slice(0, most);
}

export function orderSeed(ctx: IExecuteFunctions, itemIndex: number): number {
	const seed = Number(optionsOf(ctx, itemIndex).orderSeed ?? DEFAULT_ORDER_SEED);
	return Number.isFinite(seed) ? seed : DEFAULT_ORDER_SEED;
}

export function optionsOf(ctx: IExecuteFunctions, itemIndex: number): IDataObject {
	return ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
}

/** Stopped by Stop, and without holding up n8n. */
export function readOptions(ctx: IExecuteFunctions): ReadOptions {
	const signal = ctx.getExecutionCancelSignal();
	return { signal, pause: async () => await sleep(0, signal) };
}
