import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ApiError } from '../../lib/http/errors';
import { isQuotaExhausted } from '../../lib/http/retry';
import { Budget } from '../../lib/qa/budget';
import { Cooldown } from '../../lib/qa/cooldown';
import type { Run } from '../../lib/qa/extractTicket';
import { createPace } from '../../lib/qa/pace';
import { runPool, type Settled } from '../../lib/qa/pool';
import { StructureChoice } from '../../lib/qa/structure';
import type { PairOrigin } from '../../lib/qa/types';
import { emptyTally } from '../../lib/qa/usage';
import { toNodeError } from '../shared/errors';
import { surroundingsOf } from '../shared/http';

import { pairsOf, type TaskOutcome } from './ask';
import { explain } from './hints';
import { interruption } from './interruption';
import { Outputs } from './outputs';
import { readRunSettings, readTask, type RunSettings, type Task } from './parameters';

type Attempt = { value: Task } | { error: unknown };

/** All tickets to pairs, several at a time, in the order of the items: Pairs, Left Out, Report. */
export async function extract(ctx: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const started = Date.now();
	const settings = readSettings(ctx);
	const tasks = readTasks(ctx, settings);
	const { run, stop } = startRun(ctx, settings);
	const settled = await settleAll(ctx, tasks, run, { ...settings, stop });

	const outputs = new Outputs(ctx, (index) => originOf(tasks[index]));
	const failure = settled.find((one) => 'error' in one);
	const goesOn = failure === undefined || ctx.continueOnFail();
	settled.forEach((one, index) => {
		if ('value' in one) outputs.add(index, one.value);
		else if ('error' in one && goesOn) outputs.addFailure(index, one.error);
		else outputs.addNotAsked(index, one);
	});
	const report = outputs.report(run, { hasModel: hasModel(ctx), seconds: since(started) });
	if (!goesOn && (settings.onInterruption === 'fail' || run.tally.answers === 0)) {
		throw interruption(ctx, settled, report, outputs.pairs);
	}
	explain(ctx, report);
	const reportItem = outputs.reportItem(report);
	// An agent gets to see the first output only.
	return ctx.isToolExecution()
		? [[...outputs.pairs, ...outputs.leftOut, reportItem], [], []]
		: [outputs.pairs, outputs.leftOut, [reportItem]];
}

function readSettings(ctx: IExecuteFunctions): RunSettings {
	try {
		return readRunSettings(ctx);
	} catch (error) {
		throw toNodeError(ctx.getNode(), error);
	}
}

/** All are read before the first one is asked about, so that a mistake in one is found before anything is spent. */
function readTasks(ctx: IExecuteFunctions, settings: RunSettings): Attempt[] {
	return ctx.getInputData().map((_item, index) => {
		try {
			return { value: readTask(ctx, index, settings) };
		} catch (error) {
			if (ctx.continueOnFail()) return { error };
			throw toNodeError(ctx.getNode(), error, index);
		}
	});
}

function startRun(
	ctx: IExecuteFunctions,
	{ structure, costLimit, requestsPerMinute }: RunSettings,
): { run: Run; stop: () => void } {
	let over = false;
	const isOver = () => over;
	const surroundings = surroundingsOf(ctx);
	const cooldown = new Cooldown(surroundings);
	const pace = createPace(requestsPerMinute, surroundings, isOver);
	return {
		run: {
			structure: new StructureChoice(structure),
			budget: new Budget(costLimit),
			tally: emptyTally(),
			pace: async () => {
				await cooldown.over();
				await pace();
			},
			coolDown: (ms) => cooldown.begin(ms),
			isOver,
		},
		stop: () => {
			over = true;
		},
	};
}

async function settleAll(
	ctx: IExecuteFunctions,
	tasks: Attempt[],
	run: Run,
	{ concurrency, stop }: { concurrency: number; stop: () => void },
): Promise<Array<Settled<TaskOutcome>>> {
	const work = async (task: Attempt, index: number): Promise<TaskOutcome> => {
		if ('error' in task) throw toNodeError(ctx.getNode(), task.error, index);
		return await pairsOf(ctx, index, task.value, run);
	};
	const goesOn = (error: unknown) => {
		if (ctx.continueOnFail() && !concernsAll(error)) return true;
		stop();
		return false;
	};
	try {
		const signal = ctx.getExecutionCancelSignal();
		return await runPool(tasks, work, { concurrency, signal, goesOn });
	} catch (error) {
		// The pool itself only ever throws when the execution is canceled.
		throw toNodeError(ctx.getNode(), error);
	}
}

/** A wrong key and an empty account: every further request would fail as well. */
function concernsAll(error: unknown): boolean {
	return error instanceof ApiError && (error.details.status === 401 || isQuotaExhausted(error));
}

function originOf(task: Attempt): PairOrigin {
	return 'value' in task ? task.value.source.origin : {};
}

function hasModel(ctx: IExecuteFunctions): boolean {
	return ctx.getNodeParameter('mode', 0) === 'model';
}

function since(started: number): number {
	return (Date.now() - started) / 1000;
}
