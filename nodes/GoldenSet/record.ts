import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { type GoldenRun, startGoldenRun } from '../../lib/golden/ask';
import { readQuestions } from '../../lib/golden/file';
import { questionOf } from '../../lib/golden/questions';
import { checkRespondent, type RecordTask } from '../../lib/golden/record';
import type { GoldenRecord } from '../../lib/golden/types';
import { SettingError } from '../../lib/openai/settingError';
import { errorItem, toNodeError } from '../shared/errors';
import { surroundingsOf } from '../shared/http';
import { runItem } from '../shared/router';

import { type Asked, askAll } from './askAll';
import { recordJson, type TwoOutputs } from './outputs';
import { recordSummary } from './recordSummary';
import {
	chosen,
	fileIn,
	readEarlier,
	readOptions,
	readRespondent,
	readRunSettings,
	type RunSettings,
} from './settings';

/** Items that a summary is linked to; a list of a million links would be larger than the record. */
const MAX_LINKS = 1000;
const MODEL = { name: 'model', setting: 'Model' };

/** Record: questions to a model's answers, as items and as a file. */
export async function record(ctx: IExecuteFunctions): Promise<TwoOutputs> {
	if (ctx.getInputData().length === 0) return [[], []];
	const settings = readRunSettings(ctx);
	const run = startGoldenRun(settings, surroundingsOf(ctx));
	return ctx.getNodeParameter('inputType', 0) === 'items'
		? await recordItems(ctx, run, settings)
		: await recordFiles(ctx, run, settings);
}

/** Each item has a file of questions. */
async function recordFiles(
	ctx: IExecuteFunctions,
	run: GoldenRun,
	settings: RunSettings,
): Promise<TwoOutputs> {
	const outputs: TwoOutputs = [[], []];
	for (let itemIndex = 0; itemIndex < ctx.getInputData().length; itemIndex++) {
		const items = await runItem(ctx, itemIndex, async () => {
			const { tasks, counts } = await fileTasks(ctx, itemIndex, settings);
			const asked = await askAll(ctx, tasks, run, settings, () => itemIndex);
			const summary = await recordSummary(ctx, itemIndex, asked, run, counts);
			outputs[1].push({ ...summary, pairedItem: { item: itemIndex } });
			return questionItems(ctx, asked, () => itemIndex);
		});
		for (const item of items) outputs[0].push(item);
	}
	return outputs;
}

async function fileTasks(ctx: IExecuteFunctions, itemIndex: number, settings: RunSettings) {
	const field = ctx.getNodeParameter('binaryPropertyName', itemIndex) as string;
	const { open } = await fileIn(ctx, itemIndex, field);
	const where = `the field '${field.slice(0, 80)}'`;
	const file = await readQuestions(await open(), where, readOptions(ctx));
	const respondent = await readRespondent(ctx, itemIndex, MODEL, settings);
	checkRespondent(respondent, file.questions[0]);
	const earlier = await readEarlier(ctx, itemIndex);
	const picked = new Set(chosen(ctx, itemIndex, file.questions));
	const tasks = file.questions
		.filter((question) => picked.has(question))
		.map((question): RecordTask => ({ question, respondent, earlier: earlier.get(question.id) }));
	return { tasks, counts: { unusable_lines: file.unusable, repeated_questions: file.repeated } };
}

/** Each item is a question, with parameters of its own; all of them make one record. */
async function recordItems(
	ctx: IExecuteFunctions,
	run: GoldenRun,
	settings: RunSettings,
): Promise<TwoOutputs> {
	const earlier = await earlierOfRun(ctx);
	const tasks: RecordTask[] = [];
	const places: number[] = [];
	const output: INodeExecutionData[][] = ctx.getInputData().map(() => []);
	for (const itemIndex of output.keys()) {
		// All are read before the first is asked, so that a mistake in one is found before anything is spent.
		output[itemIndex] = await runItem(ctx, itemIndex, async () => {
			tasks.push(await itemTask(ctx, itemIndex, settings, earlier));
			places.push(itemIndex);
			return [];
		});
	}
	const asked = await askAll(ctx, tasks, run, settings, (task) => places[task] ?? 0);
	for (const item of questionItems(ctx, asked, (task) => places[task])) {
		output[(item.pairedItem as { item: number }).item].push(item);
	}
	const links = places.slice(0, MAX_LINKS).map((item) => ({ item }));
	const summary = await recordSummary(ctx, 0, asked, run, {});
	return [output.flat(), [{ ...summary, pairedItem: links }]];
}

async function earlierOfRun(ctx: IExecuteFunctions): Promise<Map<string, GoldenRecord>> {
	try {
		return await readEarlier(ctx, 0);
	} catch (error) {
		throw toNodeError(ctx.getNode(), error, 0);
	}
}

async function itemTask(
	ctx: IExecuteFunctions,
	itemIndex: number,
	settings: RunSettings,
	earlier: ReadonlyMap<string, GoldenRecord>,
): Promise<RecordTask> {
	const question = questionOf(
		ctx.getNodeParameter('question', itemIndex, ''),
		ctx.getNodeParameter('expectedAnswer', itemIndex, ''),
	);
	if (!question) {
		throw new SettingError(
			"'Question' is empty",
			'Enter a text, or an expression for the field that holds it, e.g. {{ $json.question }}.',
			'Question',
		);
	}
	const respondent = await readRespondent(ctx, itemIndex, MODEL, settings);
	checkRespondent(respondent, question);
	return { question, respondent, earlier: earlier.get(question.id) };
}

function questionItems(
	ctx: IExecuteFunctions,
	{ outcomes }: Asked,
	placeOf: (task: number) => number,
): INodeExecutionData[] {
	return outcomes.flatMap((one, task): INodeExecutionData[] => {
		const item = placeOf(task);
		if ('record' in one) {
			return [{ json: recordJson(one.record, one.reused), pairedItem: { item } }];
		}
		const shown = 'error' in one && ctx.continueOnFail();
		return shown ? [errorItem(toNodeError(ctx.getNode(), one.error, item), item)] : [];
	});
}
