import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { counted } from '../../lib/counted';
import type { GoldenRun } from '../../lib/golden/ask';
import { figuresOf } from '../../lib/golden/verdict';
import { hint } from '../shared/hint';

import type { Asked } from './askAll';
import { fileNameOf, recordFile } from './outputs';

/** What a recording came to, with its file. */
export async function recordSummary(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ outcomes, records, interruption }: Asked,
	run: GoldenRun,
	counts: IDataObject,
): Promise<INodeExecutionData> {
	const field = ctx.getNodeParameter('outputField', itemIndex) as string;
	const { models, providers, answers, failures, ...figures } = figuresOf(records);
	const failed = outcomes.filter((one) => 'error' in one).length;
	const notAsked = outcomes.filter((one) => 'skipped' in one).length;
	const fileName = `${fileNameOf(models[0] ?? 'golden-set')}.record.jsonl`;
	const json: IDataObject = {
		questions: outcomes.length,
		answered: answers,
		reused: outcomes.filter((one) => 'record' in one && one.reused).length,
		refused: failures,
		failed,
		not_asked: notAsked,
		complete: failed === 0 && notAsked === 0,
		stopped: run.stopped ?? null,
		...(interruption === undefined ? {} : { interruption }),
		model: models.length === 1 ? models[0] : null,
		models,
		provider: providers.length === 1 ? providers[0] : null,
		...(figures as unknown as IDataObject),
		...counts,
		file_name: fileName,
	};
	explain(ctx, json);
	const file = await recordFile(ctx, records, fileName);
	return { json, binary: { ...ctx.getInputData()[itemIndex].binary, [field]: file } };
}

const STOPS: Record<string, string> = {
	cost_limit: "the 'Cost Limit' was reached",
	max_new_answers: "'Ask at Most' was reached",
};

function explain(ctx: IExecuteFunctions, json: IDataObject): void {
	const { not_asked: notAsked, stopped, interruption, refused, failed } = json;
	if (Number(notAsked) > 0) {
		const why = interruption ?? STOPS[String(stopped)] ?? 'the run ended before';
		hint(
			ctx,
			`Not asked: ${counted(Number(notAsked), 'question')}, because ${String(why)}. With 'Earlier Record in Field' a later run goes on from this record.`,
		);
	}
	if (Number(refused) > 0) {
		hint(
			ctx,
			`Refused by the server: ${counted(Number(refused), 'question')}. 'failure' says why.`,
		);
	}
	if (Number(failed) > 0) hint(ctx, `Failed: ${counted(Number(failed), 'question')}.`);
	const unusable = Number(json.unusable_lines ?? 0);
	if (unusable > 0) hint(ctx, `Without a question: ${counted(unusable, 'line')} of the file.`);
}
