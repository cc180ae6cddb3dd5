/** What the numbers of a training say, in a few figures and one sentence. */
import type { CheckpointMark } from './read';
import type { MetricPoint } from './points';

export interface MetricsSummary {
	steps: number;
	first_step: number | null;
	last_step: number | null;
	/** The mean of the last tenth of the steps (at least one): single steps of small batches jump. */
	train_loss: number | null;
	train_loss_at_start: number | null;
	train_mean_token_accuracy: number | null;
	valid_loss: number | null;
	valid_mean_token_accuracy: number | null;
	/** The step with the lowest validation loss, smoothed as above where every step was validated. */
	best_valid_loss: number | null;
	best_step: number | null;
	/** The last saved model at or before the best step, if that is not the final one. */
	best_checkpoint: string | null;
	verdict: string;
}

/** Relative rise of the validation loss after its best point from which on it counts as overfitting. */
const OVERFITTING = 0.05;
/** Relative fall of the training loss below which hardly anything was learnt. */
const FLAT = 0.02;

export function summarize(
	points: readonly MetricPoint[],
	checkpoints: readonly CheckpointMark[] = [],
): MetricsSummary {
	const train = seriesOf(points, 'train_loss');
	const valid = seriesOf(points, 'full_valid_loss', 'valid_loss');
	const best = lowest(valid);
	const last = points[points.length - 1];
	const summary: Omit<MetricsSummary, 'verdict'> = {
		steps: points.length,
		first_step: points[0]?.step ?? null,
		last_step: last?.step ?? null,
		train_loss: ending(train),
		train_loss_at_start: beginning(train),
		train_mean_token_accuracy: ending(seriesOf(points, 'train_mean_token_accuracy')),
		valid_loss: ending(valid),
		valid_mean_token_accuracy: ending(
			seriesOf(points, 'full_valid_mean_token_accuracy', 'valid_mean_token_accuracy'),
		),
		best_valid_loss: best?.value ?? null,
		best_step: best?.step ?? null,
		best_checkpoint: checkpointBefore(checkpoints, best?.step, last?.step),
	};
	return { ...summary, verdict: verdictOn(summary) };
}

export interface SeriesPoint {
	step: number;
	value: number;
}

/** The points that have the first of these numbers which any point has. */
export function seriesOf(points: readonly MetricPoint[], ...names: string[]): SeriesPoint[] {
	for (const name of names) {
		const series = points.flatMap((point) => {
			const value = point[name];
			return value === undefined ? [] : [{ step: point.step, value }];
		});
		if (series.length > 0) return series;
	}
	return [];
}

/** Each value as the mean of itself and its neighbours within a twentieth of the series. */
export function smoothed(series: readonly SeriesPoint[]): SeriesPoint[] {
	const reach = Math.floor(series.length / 40);
	if (reach === 0) return [...series];
	const sums = [0];
	for (const { value } of series) sums.push(sums[sums.length - 1] + value);
	return series.map(({ step }, index) => {
		const from = Math.max(0, index - reach);
		const to = Math.min(series.length, index + reach + 1);
		return { step, value: (sums[to] - sums[from]) / (to - from) };
	});
}

function lowest(series: readonly SeriesPoint[]): SeriesPoint | undefined {
	let best: SeriesPoint | undefined;
	for (const point of smoothed(series)) if (!best || point.value < best.value) best = point;
	return best && { step: best.step, value: rounded(best.value) };
}

function beginning(series: readonly SeriesPoint[]): number | null {
	return mean(series.slice(0, Math.max(1, Math.floor(series.length / 10))));
}

function ending(series: readonly SeriesPoint[]): number | null {
	return mean(series.slice(-Math.max(1, Math.floor(series.length / 10))));
}

function mean(series: readonly SeriesPoint[]): number | null {
	if (series.length === 0) return null;
	return rounded(series.reduce((sum, { value }) => sum + value, 0) / series.length);
}

function rounded(value: number): number {
	return Number(value.toPrecision(6));
}

function checkpointBefore(
	checkpoints: readonly CheckpointMark[],
	best: number | undefined,
	last: number | undefined,
): string | null {
	if (best === undefined || best === last) return null;
	const before = checkpoints.filter(({ step }) => step <= best && step !== last);
	return before[before.length - 1]?.model ?? null;
}

function verdictOn(summary: Omit<MetricsSummary, 'verdict'>): string {
	const { steps, best_step: step, best_checkpoint: checkpoint } = summary;
	const [start, end, valid, best] = [
		summary.train_loss_at_start,
		summary.train_loss,
		summary.valid_loss,
		summary.best_valid_loss,
	].map((value) => (value === null ? null : Number(value.toPrecision(4))));
	if (steps === 0) return 'The server has no measurements of this job.';
	if (start === null || end === null) return 'The server did not measure the training loss.';
	const fall = (start - end) / Math.abs(start || 1);
	const learnt =
		fall > FLAT
			? `The training loss fell from ${start} to ${end}.`
			: `The training loss hardly changed (${start} to ${end}): the model learnt little, or knew it already.`;
	if (valid === null || best === null) {
		return `${learnt} There was no validation file, so nothing tells whether the model also got better at what it was not trained on.`;
	}
	const rise = (valid - best) / Math.abs(best || 1);
	if (rise <= OVERFITTING) return `${learnt} The validation loss ended near its best (${valid}).`;
	const instead = checkpoint ? ` The checkpoint ${checkpoint} may answer better.` : '';
	return `${learnt} The validation loss was best at step ${step} (${best}) and rose to ${valid}: the model began to learn the examples by heart. Fewer epochs would do.${instead}`;
}
