/** The node's parameters: those of a ticket, read item by item, and those of the whole run. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { PriceTable } from '../../lib/cost';
import type { ChatOptions } from '../../lib/openai/chat/sampling';
import { SettingError } from '../../lib/openai/settingError';
import { checkPrice } from '../../lib/qa/budget';
import { checkRequest } from '../../lib/qa/extractTicket';
import { readExamples } from '../../lib/qa/fewShot';
import type { Instructions } from '../../lib/qa/prompt';
import type { Wanted } from '../../lib/qa/sift';
import { readRecord, readTicket } from '../../lib/qa/source';
import type { Structure } from '../../lib/qa/structure';
import type { PairSource } from '../../lib/qa/types';
import {
	type BulkSettings,
	numberOf,
	readBulkSettings,
	readPrices,
} from '../shared/chat/bulkSettings';
import { locatorParameter } from '../shared/parameters';

const DEFAULT_MAX_CHARACTERS = 40_000;
const DEFAULT_MAX_PAIRS = 5;

/** Settings of the whole run. */
export interface RunSettings extends BulkSettings {
	structure: Structure | 'auto';
}

/** One ticket, and what is wanted of it. */
export interface Task {
	source: PairSource;
	includeUnresolved: boolean;
	/** Absent without a model. */
	asked?: AskedTask;
}

export interface AskedTask {
	model: string;
	instructions: Instructions;
	wanted: Wanted;
	options: ChatOptions;
	extraBody?: unknown;
	prices: PriceTable;
	timeout?: number;
	internalNotes: boolean;
	maxCharacters: number;
}

/** @throws SettingError for a value that cannot be used */
export function readRunSettings(ctx: IExecuteFunctions): RunSettings {
	const options = ctx.getNodeParameter('options', 0, {}) as IDataObject;
	return {
		...readBulkSettings(options),
		structure: (options.structuredOutput as Structure | undefined) ?? 'auto',
	};
}

/** @throws SettingError for an item that is no ticket, and for a value that cannot be used */
export function readTask(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ costLimit }: Pick<RunSettings, 'costLimit'>,
): Task {
	const source = readSource(ctx, itemIndex);
	const includeUnresolved = ctx.getNodeParameter('includeUnresolved', itemIndex) === true;
	if (ctx.getNodeParameter('mode', 0) !== 'model') return { source, includeUnresolved };
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const maxPairs = Math.max(
		1,
		Math.floor(numberOf(options.maxPairs, 'Max Pairs per Ticket') ?? DEFAULT_MAX_PAIRS),
	);
	const asked: AskedTask = {
		model: readModel(ctx, itemIndex),
		instructions: readInstructions(ctx, itemIndex, options, maxPairs),
		wanted: {
			includeUnresolved,
			minConfidence: readShare(ctx.getNodeParameter('minConfidence', itemIndex)),
			maxPairs,
		},
		options: options as ChatOptions,
		extraBody: options.extraBody,
		prices: readPrices(options),
		timeout: numberOf(options.timeout, 'Timeout') || undefined,
		internalNotes: options.includeInternalNotes === true,
		maxCharacters:
			numberOf(options.maxCharacters, 'Max Characters of a Ticket') ?? DEFAULT_MAX_CHARACTERS,
	};
	checkRequest(asked);
	checkPrice(asked.model, asked.prices, { costLimit });
	return { source, includeUnresolved, asked };
}

function readSource(ctx: IExecuteFunctions, itemIndex: number): PairSource {
	const { json } = ctx.getInputData()[itemIndex];
	if (ctx.getNodeParameter('inputFormat', 0) !== 'fields') return readTicket(json);
	const field = (name: string) => String(ctx.getNodeParameter(name, itemIndex, '') ?? '');
	return readRecord(json, {
		question: field('questionField'),
		answer: field('answerField'),
		title: field('titleField'),
		messages: field('messagesField'),
		id: field('idField'),
	});
}

function readModel(ctx: IExecuteFunctions, itemIndex: number): string {
	const model = locatorParameter(ctx, 'model', itemIndex);
	if (model !== '') return model;
	throw new SettingError(
		"'Model' is empty",
		"Choose a model from the list or give its ID, or set 'Mode' to 'Without Model'.",
		'Model',
	);
}

function readInstructions(
	ctx: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
	maxPairs: number,
): Instructions {
	const text = (name: string) => String(ctx.getNodeParameter(name, itemIndex, '') ?? '').trim();
	return {
		systemMessage: text('systemMessage'),
		systemRole: options.systemMessageRole === 'developer' ? 'developer' : 'system',
		language: text('languageMode') === 'fixed' ? readLanguage(text('language')) : undefined,
		categories: readCategories(ctx.getNodeParameter('categories', itemIndex, '')),
		maxPairs,
		examples: readExamplesParameter(ctx, itemIndex),
	};
}

/** An expression that gives nothing must not quietly leave the pairs in the languages of their tickets. */
function readLanguage(language: string): string {
	if (language !== '') return language;
	throw new SettingError(
		"'Language' is empty",
		"Enter a language, e.g. en, or set 'Language of Pairs' to 'As Found'.",
		'Language',
	);
}

function readShare(value: unknown): number {
	const setting = 'Minimum Confidence';
	const share = numberOf(value, setting) ?? 0;
	if (share <= 1) return share;
	throw new SettingError(
		`'${setting}' cannot be ${share}`,
		'Enter a number from 0 to 1: 70 % is 0.7.',
		setting,
	);
}

function readCategories(value: unknown): string[] {
	const list = Array.isArray(value) ? value : String(value ?? '').split(',');
	const names = list.map((name) => String(name ?? '').trim()).filter((name) => name !== '');
	return [...new Set(names)];
}

function readExamplesParameter(ctx: IExecuteFunctions, itemIndex: number) {
	const source = ctx.getNodeParameter('examplesInput', itemIndex);
	if (source === 'json') return readExamples(ctx.getNodeParameter('examplesJson', itemIndex, '[]'));
	if (source !== 'fields') return [];
	const { values = [] } = ctx.getNodeParameter('examples', itemIndex, {}) as { values?: unknown };
	return readExamples(values);
}
