/** The node's parameters: those of a run, and those of one item. */
import type { IDataObject, IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { withOwnPrices } from '../../lib/cost';
import type { ReadOptions } from '../../lib/dataset/reader';
import { checkPrice, type RunLimits } from '../../lib/golden/ask';
import { readRecords } from '../../lib/golden/file';
import { inSeededOrder } from '../../lib/golden/order';
import type { Respondent } from '../../lib/golden/record';
import type { GoldenRecord } from '../../lib/golden/types';
import type { ChatOptions } from '../../lib/openai/chat/sampling';
import { SettingError } from '../../lib/openai/settingError';
import { modelOfLocator } from '../FineTunedChat/resources/chat/readModels';
import { toNodeError } from '../shared/errors';
import { localFile } from '../shared/localFile';
import { createTransport } from '../shared/transport';

const DEFAULT_CONCURRENCY = 5;
const MAX_CONCURRENCY = 100;
const DEFAULT_ORDER_SEED = 42;

/** Settings of the whole run, from the first item. */
export interface RunSettings extends RunLimits {
	concurrency: number;
	onInterruption: 'fail' | 'returnDone';
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
	const concurrency = numberOf(options.concurrency, 'Concurrency') ?? DEFAULT_CONCURRENCY;
	return {
		concurrency: Math.min(Math.max(1, Math.floor(concurrency)), MAX_CONCURRENCY),
		costLimit: numberOf(options.costLimit, 'Cost Limit'),
		requestsPerMinute: numberOf(options.requestsPerMinute, 'Requests per Minute'),
		maxNewAnswers: numberOf(options.maxNewAnswers, 'Ask at Most'),
		onInterruption: options.onInterruption === 'returnDone' ? 'returnDone' : 'fail',
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

export function readPrices({ prices }: IDataObject) {
	try {
		return withOwnPrices((prices as IDataObject | undefined)?.rows);
	} catch (caught) {
		throw priceError(caught);
	}
}

export function optionsOf(ctx: IExecuteFunctions, itemIndex: number): IDataObject {
	return ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
}

/** Stopped by Stop, and without holding up n8n. */
export function readOptions(ctx: IExecuteFunctions): ReadOptions {
	const signal = ctx.getExecutionCancelSignal();
	return { signal, pause: async () => await sleep(0, signal) };
}

export function numberOf(value: unknown, setting: string): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const number = Number(value);
	if (Number.isFinite(number) && number >= 0) return number;
	throw new SettingError(
		`'${setting}' cannot be '${String(value).slice(0, 40)}'`,
		'Enter a number from 0 on.',
		setting,
	);
}

function priceError(caught: unknown): SettingError {
	return new SettingError(
		caught instanceof Error ? caught.message : String(caught),
		"Correct the option 'Prices': a model ID, and prices from 0 on.",
		'Prices',
	);
}
