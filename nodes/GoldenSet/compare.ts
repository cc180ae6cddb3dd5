import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { counted } from '../../lib/counted';
import { type GoldenRun, startGoldenRun } from '../../lib/golden/ask';
import {
	type Comparison,
	compareTexts,
	decide,
	DEFAULT_THRESHOLDS,
	type KeptWhen,
	type Thresholds,
} from '../../lib/golden/compare';
import { comparisonCsv } from '../../lib/golden/reportCsv';
import { comparisonHtml } from '../../lib/golden/reportHtml';
import type { GoldenRecord } from '../../lib/golden/types';
import { type ComparisonSummary, summarise } from '../../lib/golden/verdict';
import { SettingError } from '../../lib/openai/settingError';
import { surroundingsOf } from '../shared/http';
import { numberOf } from '../shared/chat/bulkSettings';
import { hint } from '../shared/hint';
import { runItem } from '../shared/router';

import { measureCloser, readCloserMeasures } from './closerMeasures';
import { comparisonJson, fileNameOf, recordFile, textFile } from './outputs';
import type { TwoOutputs } from './outputs';
import { optionsOf, readRunSettings, type RunSettings } from './settings';
import { readSides, type Sides } from './sides';

/** Compare: two models' answers side by side, item by item. */
export async function compare(ctx: IExecuteFunctions): Promise<TwoOutputs> {
	if (ctx.getInputData().length === 0) return [[], []];
	const settings = readRunSettings(ctx);
	const run = startGoldenRun(settings, surroundingsOf(ctx));
	const outputs: TwoOutputs = [[], []];
	for (let itemIndex = 0; itemIndex < ctx.getInputData().length; itemIndex++) {
		const items = await runItem(ctx, itemIndex, async () => {
			const { comparisons, summary } = await compareItem(ctx, itemIndex, run, settings);
			outputs[1].push({ ...summary, pairedItem: { item: itemIndex } });
			return comparisons.map((one) => ({ json: comparisonJson(one) }));
		});
		for (const item of items) outputs[0].push(item);
	}
	return outputs;
}

async function compareItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	run: GoldenRun,
	settings: RunSettings,
) {
	// All settings are read before anything is spent.
	const rules = readRules(ctx, itemIndex);
	const closer = await readCloserMeasures(ctx, itemIndex, settings);
	const sides = await readSides(ctx, itemIndex, run, settings);
	const ids = new Set([...sides.a.keys(), ...sides.b.keys()]);
	const compared = compareTexts(ids, sides.a, sides.b);
	const measured = await measureCloser(closer, compared, run, settings.concurrency);
	const comparisons = decide(measured.comparisons, rules.keptWhen, rules.thresholds);
	const summary = summarise(comparisons, rules);
	explain(ctx, summary, measured.comparisons, run);
	const item = await summaryItem(ctx, itemIndex, comparisons, summary, sides, {
		complete: summary.not_compared === 0 && sides.interruption === undefined,
		stopped: run.stopped ?? null,
		...(sides.interruption === undefined ? {} : { interruption: sides.interruption }),
		embedding_tokens: measured.embeddingTokens,
		run_cost: run.unpriced > 0 ? null : Number(run.budget.spent.toPrecision(6)),
	});
	return { comparisons, summary: item };
}

async function summaryItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	comparisons: readonly Comparison[],
	summary: ComparisonSummary,
	sides: Sides,
	facts: IDataObject,
): Promise<INodeExecutionData> {
	const field = ctx.getNodeParameter('reportField', itemIndex) as string;
	const title = String(optionsOf(ctx, itemIndex).title ?? '').trim() || 'Golden set';
	const name = fileNameOf(title);
	const createdAt = new Date().toISOString();
	const report = await textFile(ctx, comparisonHtml(comparisons, summary, { title, createdAt }), {
		fileName: `${name}-report.html`,
		mimeType: 'text/html',
	});
	const csv = await textFile(ctx, comparisonCsv(comparisons), {
		fileName: `${name}.csv`,
		mimeType: 'text/csv',
	});
	const recorded = await Promise.all(
		sides.recorded.map(async ({ field: to, records }) => [
			to,
			await recordFile(ctx, records, `${fileNameOf(modelOf(records))}.record.jsonl`),
		]),
	);
	return {
		json: { ...(summary as unknown as IDataObject), ...facts },
		binary: {
			...ctx.getInputData()[itemIndex].binary,
			...Object.fromEntries(recorded),
			csv,
			[field]: report,
		},
	};
}

interface Rules {
	keptWhen: KeptWhen;
	thresholds: Thresholds;
	requiredPercent: number;
}

function readRules(ctx: IExecuteFunctions, itemIndex: number): Rules {
	const options = optionsOf(ctx, itemIndex);
	const within = (name: string, setting: string, standard: number, min: number, max: number) => {
		const value = numberOf(options[name], setting) ?? standard;
		if (value >= min && value <= max) return value;
		throw new SettingError(
			`'${setting}' cannot be ${value}`,
			`Enter a number from ${min} to ${max}.`,
			setting,
		);
	};
	const setting = 'Required Percent';
	const required = numberOf(ctx.getNodeParameter('requiredPercent', itemIndex), setting) ?? 95;
	if (required > 100) {
		throw new SettingError(`'${setting}' cannot be ${required}`, 'Enter 0 to 100.', setting);
	}
	return {
		keptWhen: readKeptWhen(ctx, itemIndex),
		thresholds: {
			fuzzy: within('fuzzyThreshold', 'Alike From', DEFAULT_THRESHOLDS.fuzzy, 0, 1),
			embedding: within('embeddingThreshold', 'Near From', DEFAULT_THRESHOLDS.embedding, 0, 1),
			judge: within('judgeThreshold', 'Judge From', DEFAULT_THRESHOLDS.judge, 1, 5),
		},
		requiredPercent: required,
	};
}

const KEPT_WHEN: readonly KeptWhen[] = [
	'auto',
	'exact',
	'normalised',
	'fuzzy',
	'json',
	'embedding',
	'judge',
];

/** What needs a measure that is switched off would leave every question open. */
function readKeptWhen(ctx: IExecuteFunctions, itemIndex: number): KeptWhen {
	const given = ctx.getNodeParameter('keptWhen', itemIndex) as KeptWhen;
	const isOn = (name: string) => ctx.getNodeParameter(name, itemIndex, false) === true;
	if (!KEPT_WHEN.includes(given)) {
		throw new SettingError(
			`'Kept When' cannot be '${String(given).slice(0, 40)}'`,
			`Choose among: ${KEPT_WHEN.join(', ')}.`,
			'Kept When',
		);
	}
	if (given === 'judge' && !isOn('useJudge')) {
		throw new SettingError(
			"'Kept When' asks for the judge, who is switched off",
			"Switch 'Ask a Judge' on, or choose another measure.",
			'Kept When',
		);
	}
	if (given === 'embedding' && !isOn('useEmbeddings')) {
		throw new SettingError(
			"'Kept When' asks for embeddings, which are switched off",
			"Switch 'Compare Meaning by Embeddings' on, or choose another measure.",
			'Kept When',
		);
	}
	return given;
}

function modelOf([first]: readonly GoldenRecord[]): string {
	return first?.model ?? 'golden-set';
}

function explain(
	ctx: IExecuteFunctions,
	{ verdict, not_compared: open }: ComparisonSummary,
	comparisons: readonly Comparison[],
	{ stopped }: GoldenRun,
): void {
	hint(ctx, verdict);
	if (open > 0 && stopped === 'cost_limit') {
		hint(ctx, "The 'Cost Limit' was reached, so that not everything was asked.");
	}
	const unjudged = comparisons.filter(({ judge_failure: failure }) => failure !== null).length;
	if (unjudged > 0) {
		hint(ctx, `Not judged: ${counted(unjudged, 'question')}. 'judge_failure' says why.`);
	}
}
