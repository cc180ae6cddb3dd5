import type { IExecuteFunctions } from 'n8n-workflow';

import type { GoldenRun } from '../../lib/golden/ask';
import { readQuestions } from '../../lib/golden/file';
import { checkRespondent, type RecordTask } from '../../lib/golden/record';
import type { GoldenQuestion, GoldenRecord } from '../../lib/golden/types';

import { askAll } from './askAll';
import {
	chosen,
	fileIn,
	readEarlier,
	readOptions,
	readRecordField,
	readRespondent,
	type RunSettings,
} from './settings';

/** The answers of both sides by the ids of their questions. */
export interface Sides {
	a: Map<string, GoldenRecord>;
	b: Map<string, GoldenRecord>;
	/** Of models that were asked now: their record, and the field for its file. */
	recorded: Array<{ field: string; records: GoldenRecord[] }>;
	/** The error that ended the asking, where the node goes on. */
	interruption?: string;
}

type Side = 'A' | 'B';

/** Reads records, and asks the models that have none. */
export async function readSides(
	ctx: IExecuteFunctions,
	itemIndex: number,
	run: GoldenRun,
	settings: RunSettings,
): Promise<Sides> {
	const known = {
		A: await readRecord(ctx, itemIndex, 'A'),
		B: await readRecord(ctx, itemIndex, 'B'),
	};
	if (known.A && known.B) return { a: known.A, b: known.B, recorded: [] };
	const questions = await questionsFor(ctx, itemIndex, known.A ?? known.B);
	const asking: Asking = { ctx, itemIndex, run, settings, questions };
	// A record of more questions than are asked now is cut to these.
	const ids = new Set(questions.map(({ id }) => id));
	const a = known.A ? { records: only(known.A, ids) } : await askSide(asking, 'A');
	const b = known.B ? { records: only(known.B, ids) } : await askSide(asking, 'B');
	const interruption = 'interruption' in a ? a.interruption : undefined;
	const second = 'interruption' in b ? b.interruption : undefined;
	return {
		a: byId(a.records),
		b: byId(b.records),
		recorded: [
			...(known.A ? [] : [{ field: 'recordA', records: a.records }]),
			...(known.B ? [] : [{ field: 'recordB', records: b.records }]),
		],
		interruption: interruption ?? second,
	};
}

async function readRecord(ctx: IExecuteFunctions, itemIndex: number, side: Side) {
	if (ctx.getNodeParameter(`source${side}`, itemIndex) !== 'record') return undefined;
	const field = ctx.getNodeParameter(`recordField${side}`, itemIndex) as string;
	return await readRecordField(ctx, itemIndex, field);
}

/** Those of the record on the other side, or of a file. */
async function questionsFor(
	ctx: IExecuteFunctions,
	itemIndex: number,
	record: ReadonlyMap<string, GoldenRecord> | undefined,
): Promise<GoldenQuestion[]> {
	if (record) return chosen(ctx, itemIndex, [...record.values()].map(questionOf));
	const field = ctx.getNodeParameter('questionsField', itemIndex) as string;
	const { open } = await fileIn(ctx, itemIndex, field);
	const where = `the field '${field.slice(0, 80)}'`;
	const { questions } = await readQuestions(await open(), where, readOptions(ctx));
	return chosen(ctx, itemIndex, questions);
}

function questionOf({ id, messages, tools, expected }: GoldenRecord): GoldenQuestion {
	return { id, messages, ...(tools ? { tools } : {}), ...(expected ? { expected } : {}) };
}

interface Asking {
	ctx: IExecuteFunctions;
	itemIndex: number;
	run: GoldenRun;
	settings: RunSettings;
	questions: readonly GoldenQuestion[];
}

async function askSide({ ctx, itemIndex, run, settings, questions }: Asking, side: Side) {
	const model = { name: `model${side}`, setting: `Model ${side}` };
	const respondent = await readRespondent(ctx, itemIndex, model, settings);
	checkRespondent(respondent, questions[0]);
	const earlier = await readEarlier(ctx, itemIndex);
	const tasks = questions.map((question): RecordTask => ({
		question,
		respondent,
		earlier: earlier.get(question.id),
	}));
	return await askAll(ctx, tasks, run, settings, () => itemIndex);
}

function only(records: ReadonlyMap<string, GoldenRecord>, ids: ReadonlySet<string>) {
	return [...records.values()].filter(({ id }) => ids.has(id));
}

function byId(records: readonly GoldenRecord[]): Map<string, GoldenRecord> {
	return new Map(records.map((record) => [record.id, record]));
}
