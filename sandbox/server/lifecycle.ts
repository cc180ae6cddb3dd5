import type { TrainingFacts } from './records';

/** One thing that happens to a job, `afterMs` after the thing before (at speed 1). */
export type Step = { afterMs: number } & (
	| { do: 'examine' | 'start' | 'finishTraining' | 'succeed' }
	| { do: 'metrics'; step: number }
	| { do: 'checkpoint'; step: number; epoch: number }
);

const EXAMINE_MS = 15_000;
const QUEUE_MS = 20_000;
const TRAINING_STEP_MS = 1_500;
const LONGEST_TRAINING_MS = 30 * 60_000;
const AFTER_TRAINING_MS = 10_000;
/** OpenAI reports each step; long jobs are thinned so that a list of events stays readable. */
const MOST_METRICS = 100;
/** OpenAI keeps the checkpoints of the last three epochs. */
const KEPT_CHECKPOINTS = 3;

/** The first step is the same for every job: what follows depends on what the examination found. */
export const FIRST_STEP: Step = { afterMs: EXAMINE_MS, do: 'examine' };

/** All that happens to a job of these facts, in order: validating_files, queued, running, succeeded. */
export function planOf(facts: TrainingFacts): Step[] {
	if (facts.refusal) return [FIRST_STEP];
	const total = totalSteps(facts);
	return [
		FIRST_STEP,
		{ afterMs: QUEUE_MS, do: 'start' },
		...trainingSteps(facts, total),
		{ afterMs: AFTER_TRAINING_MS, do: 'finishTraining' },
		{ afterMs: AFTER_TRAINING_MS, do: 'succeed' },
	];
}

export function totalSteps({ examples, batchSize, epochs }: TrainingFacts): number {
	return Math.ceil(examples / batchSize) * epochs;
}

/** Milliseconds from the start of the run to its end at speed 1. */
export function runningMs(facts: TrainingFacts): number {
	return planOf(facts)
		.slice(2)
		.reduce((sum, { afterMs }) => sum + afterMs, 0);
}

/** Training steps at which a checkpoint is kept, with their epoch. */
export function checkpointSteps(facts: TrainingFacts): Array<{ step: number; epoch: number }> {
	const perEpoch = totalSteps(facts) / facts.epochs;
	const first = Math.max(1, facts.epochs - KEPT_CHECKPOINTS + 1);
	const epochs = Array.from({ length: facts.epochs - first + 1 }, (_, index) => first + index);
	return epochs.map((epoch) => ({ step: perEpoch * epoch, epoch }));
}

function trainingSteps(facts: TrainingFacts, total: number): Step[] {
	const msPerStep = Math.min(TRAINING_STEP_MS, LONGEST_TRAINING_MS / total);
	const stride = Math.ceil(total / MOST_METRICS);
	const kept = new Map(checkpointSteps(facts).map(({ step, epoch }) => [step, epoch]));
	const reported = new Set([1, total, ...kept.keys()]);
	for (let step = stride; step < total; step += stride) reported.add(step);
	const steps: Step[] = [];
	let before = 0;
	for (const step of [...reported].sort((a, b) => a - b)) {
		steps.push({ afterMs: (step - before) * msPerStep, do: 'metrics', step });
		const epoch = kept.get(step);
		if (epoch) steps.push({ afterMs: 0, do: 'checkpoint', step, epoch });
		before = step;
	}
	return steps;
}

/** Batch size when `auto`: about 0.2 % of the examples. */
export function autoBatchSize(examples: number): number {
	return Math.min(256, Math.max(1, Math.floor(examples * 0.002)));
}
