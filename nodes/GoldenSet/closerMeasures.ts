/** Measures for which a server is asked, and paid: embeddings and a judge. */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { GoldenRun, RunLimits } from '../../lib/golden/ask';
import { answerText, type Comparison, needsCloserLook } from '../../lib/golden/compare';
import { embeddingSimilarities } from '../../lib/golden/embeddings';
import { judgePair, type JudgeSettings } from '../../lib/golden/judge';
import type { Transport } from '../../lib/http/types';
import { SettingError } from '../../lib/openai/settingError';
import { checkPrice } from '../../lib/qa/budget';
import { runPool } from '../../lib/qa/pool';
import { StructureChoice } from '../../lib/qa/structure';
import { numberOf, readPrices } from '../shared/chat/bulkSettings';
import { locatorParameter } from '../shared/parameters';
import { createTransport } from '../shared/transport';

import { optionsOf } from './settings';
import { asError } from '../../lib/attempt';

export interface CloserMeasures {
	embeddings?: { model: string; transport: Transport };
	judge?: JudgeSettings;
}

/** @throws SettingError when a model is missing, or its price where a cost limit is set */
export async function readCloserMeasures(
	ctx: IExecuteFunctions,
	itemIndex: number,
	limits: RunLimits,
): Promise<CloserMeasures> {
	const isOn = (name: string) => ctx.getNodeParameter(name, itemIndex, false) === true;
	const measures: CloserMeasures = {};
	if (!isOn('useEmbeddings') && !isOn('useJudge')) return measures;
	const { transport } = await createTransport(ctx, itemIndex);
	if (isOn('useEmbeddings')) {
		const model = required(ctx, itemIndex, 'embeddingModel', 'Embedding Model');
		measures.embeddings = { model, transport };
	}
	if (isOn('useJudge')) measures.judge = readJudge(ctx, itemIndex, transport, limits);
	return measures;
}

/** Looks closer at the pairs that are not the same text. */
export async function measureCloser(
	{ embeddings, judge }: CloserMeasures,
	comparisons: readonly Comparison[],
	run: GoldenRun,
	concurrency: number,
): Promise<{ comparisons: Comparison[]; embeddingTokens: number | null }> {
	const all = comparisons.map((one) => ({ ...one }));
	const open = all.filter(needsCloserLook);
	let embeddingTokens: number | null = null;
	if (embeddings) {
		const { model, transport } = embeddings;
		const found = await embeddingSimilarities(transport, open.map(textsOf), model);
		embeddingTokens = found.tokens;
		open.forEach((one, index) => (one.embedding = rounded(found.similarities[index])));
		// The same text has the same meaning; nobody needs to be asked.
		for (const one of all) if (one.normalised) one.embedding = 1;
	}
	if (judge) await judgeAll(judge, open, run, concurrency);
	return { comparisons: all, embeddingTokens };
}

async function judgeAll(
	settings: JudgeSettings,
	open: readonly Comparison[],
	run: GoldenRun,
	concurrency: number,
): Promise<void> {
	const { signal } = run;
	const settled = await runPool(
		open,
		async (one) => {
			const { question, expected } = one;
			const pair = { question, expected: expected ?? undefined, ...textsOf(one) };
			return await judgePair(pair, settings, run);
		},
		{ concurrency, signal },
	);
	settled.forEach((one, index) => {
		if ('error' in one) throw asError(one.error);
		if (!('value' in one)) return;
		if ('judgement' in one.value) open[index].judge = one.value.judgement;
		else open[index].judge_failure = one.value.failure;
	});
}

function readJudge(
	ctx: IExecuteFunctions,
	itemIndex: number,
	transport: Transport,
	limits: RunLimits,
): JudgeSettings {
	const options = optionsOf(ctx, itemIndex);
	const model = required(ctx, itemIndex, 'judgeModel', 'Judge Model');
	const prices = readPrices(options);
	checkPrice(model, prices, limits);
	return {
		model,
		rubric: String(ctx.getNodeParameter('rubric', itemIndex, '') ?? ''),
		bothOrders: options.judgeBothOrders !== false,
		structure: new StructureChoice('auto'),
		prices,
		temperature: options.temperature,
		timeout: numberOf(options.timeout, 'Timeout') || undefined,
		transport,
	};
}

function required(
	ctx: IExecuteFunctions,
	itemIndex: number,
	name: string,
	setting: string,
): string {
	const model = locatorParameter(ctx, name, itemIndex);
	if (model !== '') return model;
	throw new SettingError(
		`'${setting}' is empty`,
		'Choose a model from the list, or give its ID.',
		setting,
	);
}

function textsOf({ a, b }: Comparison): { a: string; b: string } {
	return { a: answerText(a!), b: answerText(b!) };
}

function rounded(value: number | null): number | null {
	return value === null ? null : Math.round(value * 10_000) / 10_000;
}
