/** The measurements of a training, one point a step, from wherever the server keeps them. */
import type { FileRecord } from '../fileContent';

/** Names are OpenAI's; what a server does not measure is absent. */
export interface MetricPoint {
	step: number;
	train_loss?: number;
	train_mean_token_accuracy?: number;
	valid_loss?: number;
	valid_mean_token_accuracy?: number;
	full_valid_loss?: number;
	full_valid_mean_token_accuracy?: number;
	/** Further numbers of the server, e.g. `learning_rate`. */
	[name: string]: number | undefined;
}

/** Other servers' names for the same thing, and OpenAI's short form in result files. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
	['loss', 'train_loss'],
	['training_loss', 'train_loss'],
	['eval_loss', 'valid_loss'],
	['validation_loss', 'valid_loss'],
	['train_accuracy', 'train_mean_token_accuracy'],
	['valid_accuracy', 'valid_mean_token_accuracy'],
	['current_step', 'step'],
	['global_step', 'step'],
	['step_number', 'step'],
]);

/** OpenAI writes -1 into its result files where a step was not validated. */
const NOT_MEASURED = -1;
const NAME = /^[A-Za-z][\w.-]{0,63}$/;
/** Numbers one point may hold; a server's own measurements are a handful. */
const MOST_NUMBERS = 32;

/** Points in the order of their steps; a step that comes twice keeps all its numbers, the later ones win. */
export function collectPoints(records: Iterable<FileRecord>): MetricPoint[] {
	const points = new Map<number, MetricPoint>();
	for (const record of records) {
		const point = pointOf(record);
		if (point) points.set(point.step, { ...points.get(point.step), ...point });
	}
	return [...points.values()].sort((a, b) => a.step - b.step);
}

/** A row of a result file, the data of a metrics event or the metrics of a checkpoint; undefined without a step. */
export function pointOf(record: FileRecord): MetricPoint | undefined {
	const numbers: Array<[string, number]> = [];
	for (const [typed, value] of Object.entries(record)) {
		const name = SYNONYMS.get(typed) ?? typed;
		if (typeof value !== 'number' || !Number.isFinite(value) || !NAME.test(name)) continue;
		if (value === NOT_MEASURED && name.includes('valid')) continue;
		if (numbers.length < MOST_NUMBERS) numbers.push([name, value]);
	}
	const point = Object.fromEntries(numbers) as Partial<MetricPoint>;
	return point.step === undefined ? undefined : { ...point, step: point.step };
}

/** Columns of a table of the points: `step`, the known measurements, then the server's own by name. */
export function columnsOf(points: readonly MetricPoint[]): string[] {
	const known = [
		'step',
		'train_loss',
		'train_mean_token_accuracy',
		'valid_loss',
		'valid_mean_token_accuracy',
		'full_valid_loss',
		'full_valid_mean_token_accuracy',
	];
	const present = new Set(points.flatMap((point) => Object.keys(point)));
	const own = [...present].filter((name) => !known.includes(name)).sort();
	return [...known.filter((name) => present.has(name)), ...own];
}

/** RFC 4180 with a header and line feeds; an empty cell is "not measured". */
export function pointsCsv(points: readonly MetricPoint[]): string {
	const columns = columnsOf(points);
	const rows = points.map((point) => columns.map((name) => point[name] ?? '').join(','));
	return `${[columns.join(','), ...rows].join('\n')}\n`;
}
