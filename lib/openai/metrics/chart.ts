/** Curves of a training as SVG that needs nothing but itself. */
import { at } from '../../report/charts';
import { escapeHtml } from '../../report/html';

import type { MetricPoint } from './points';
import type { CheckpointMark } from './read';
import { type SeriesPoint, seriesOf, smoothed } from './summary';

const WIDTH = 960;
const PANEL_HEIGHT = 300;
const HEADER = 56;
const MARGIN = { top: 34, right: 20, bottom: 40, left: 62 };
/** Points a curve is drawn with; more would be a file that nobody can open. */
const MOST_POINTS = 1_200;

interface Panel {
	title: string;
	curves: Array<{ name: string; className: string; series: SeriesPoint[] }>;
}

/** Light or dark as the reader's system is; the classes are those of the report pages. */
const STYLE = `
.ft{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;--ink:#15211f;--soft:#5b6b68;--line:#dfe7e5;--train:#0f766e;--valid:#b45309;--page:#fff}
@media (prefers-color-scheme:dark){.ft{--ink:#e7efed;--soft:#9db0ac;--line:#2b3937;--train:#2dd4bf;--valid:#fbbf24;--page:#172120}}
@media print{.ft{--ink:#000;--soft:#444;--line:#ccc;--train:#0f766e;--valid:#b45309;--page:#fff}}
.ft .page{fill:var(--page)}.ft text{fill:var(--soft)}.ft .title{fill:var(--ink);font-weight:600;font-size:18px}.ft .name{fill:var(--ink);font-weight:600;font-size:14px}
.ft .grid{stroke:var(--line)}.ft .mark{stroke:var(--soft);stroke-dasharray:3 4}
.ft path{fill:none;stroke-width:2.5;stroke-linejoin:round}.ft .raw{stroke-width:1;opacity:.35}
.ft .train{stroke:var(--train)}.ft .valid{stroke:var(--valid);stroke-dasharray:7 4}.ft .raw.valid{stroke-dasharray:none}
`
	.trim()
	.replaceAll('\n', '');

/**
 * Loss and, where measured, accuracy over the steps, with a line at each saved checkpoint. Training is a whole line,
 * validation a dashed one, so that colour is not the only difference.
 *
 * @param title - e.g. the job's id; escaped here
 */
export function metricsSvg(
	points: readonly MetricPoint[],
	checkpoints: readonly CheckpointMark[],
	title: string,
): string {
	const panels = panelsOf(points);
	const height = HEADER + Math.max(1, panels.length) * PANEL_HEIGHT;
	const body =
		panels.length > 0
			? panels.map((panel, index) =>
					drawPanel(panel, HEADER + index * PANEL_HEIGHT, points, checkpoints),
				)
			: [
					`<text x="${WIDTH / 2}" y="${HEADER + 90}" text-anchor="middle">No measurements yet</text>`,
				];
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" class="ft" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(`Training curves of ${title}`)}">`,
		`<style>${STYLE}</style><rect class="page" width="${WIDTH}" height="${height}" rx="8"/>`,
		`<text class="title" x="20" y="34">${escapeHtml(title)}</text>`,
		...body,
		'</svg>',
	].join('');
}

function panelsOf(points: readonly MetricPoint[]): Panel[] {
	const panel = (title: string, train: string[], valid: string[]): Panel => ({
		title,
		curves: [
			{ name: 'Training', className: 'train', series: seriesOf(points, ...train) },
			{ name: 'Validation', className: 'valid', series: seriesOf(points, ...valid) },
		].filter(({ series }) => series.length > 0),
	});
	return [
		panel('Loss', ['train_loss'], ['full_valid_loss', 'valid_loss']),
		panel(
			'Token accuracy',
			['train_mean_token_accuracy'],
			['full_valid_mean_token_accuracy', 'valid_mean_token_accuracy'],
		),
	].filter(({ curves }) => curves.length > 0);
}

function drawPanel(
	{ title, curves }: Panel,
	top: number,
	points: readonly MetricPoint[],
	checkpoints: readonly CheckpointMark[],
): string {
	const values = curves.flatMap(({ series }) => series.map(({ value }) => value));
	const ticks = niceTicks(least(values), most(values), 5);
	const first = points[0].step;
	const last = Math.max(first + 1, points[points.length - 1].step);
	const x = scale(first, last, MARGIN.left, WIDTH - MARGIN.right);
	const bottom = top + PANEL_HEIGHT - MARGIN.bottom;
	const y = scale(ticks[0], ticks[ticks.length - 1], bottom, top + MARGIN.top);
	return [
		`<text class="name" x="${MARGIN.left}" y="${top + 16}">${title}</text>`,
		...ticks.map((tick) => gridLine(tick, y(tick))),
		...niceTicks(first, last, 8)
			.filter((tick) => tick >= first && tick <= last && Number.isInteger(tick))
			.map(
				(tick) =>
					`<text x="${at(x(tick))}" y="${bottom + 18}" text-anchor="middle">${tick.toLocaleString('en')}</text>`,
			),
		`<text x="${WIDTH - MARGIN.right}" y="${bottom + 34}" text-anchor="end">Step</text>`,
		...checkpoints
			.filter(({ step }) => step >= first && step <= last)
			.map(({ step, model }) => checkpointLine(x(step), top + MARGIN.top, bottom, step, model)),
		...curves.map(({ className, series }) => drawCurve(className, series, x, y)),
		...curves.map(({ name, className }, index) =>
			legend(name, className, WIDTH - MARGIN.right - 130 * (curves.length - index), top + 12),
		),
	].join('');
}

function gridLine(tick: number, y: number): string {
	return (
		`<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${at(y)}" y2="${at(y)}"/>` +
		`<text x="${MARGIN.left - 8}" y="${at(y + 4)}" text-anchor="end">${shown(tick)}</text>`
	);
}

function checkpointLine(x: number, top: number, bottom: number, step: number, model: string) {
	const tip = `<title>${escapeHtml(`Checkpoint at step ${step}: ${model}`)}</title>`;
	return `<line class="mark" x1="${at(x)}" x2="${at(x)}" y1="${top}" y2="${bottom}">${tip}</line>`;
}

/** The smoothed curve, and behind it the numbers as they are where the two differ. */
function drawCurve(
	className: string,
	series: SeriesPoint[],
	x: (step: number) => number,
	y: (value: number) => number,
): string {
	const path = (line: readonly SeriesPoint[], kind: string) =>
		`<path class="${kind}" d="${line.map(({ step, value }, index) => `${index === 0 ? 'M' : 'L'}${at(x(step))} ${at(y(value))}`).join('')}"/>`;
	if (series.length === 1) {
		const [{ step, value }] = series;
		return `<path class="${className}" d="M${at(x(step) - 3)} ${at(y(value))}h6"/>`;
	}
	const smooth = smoothed(series);
	const raw = smooth.some(({ value }, index) => value !== series[index].value);
	return (raw ? path(thinned(series), `raw ${className}`) : '') + path(thinned(smooth), className);
}

function legend(name: string, className: string, x: number, y: number): string {
	return `<path class="${className}" d="M${x} ${y}h32"/><text x="${x + 40}" y="${y + 4}">${name}</text>`;
}

/** First, last, and of each stretch between them its lowest and highest point, so that peaks stay visible. */
function thinned(series: readonly SeriesPoint[]): SeriesPoint[] {
	if (series.length <= MOST_POINTS) return [...series];
	const kept: SeriesPoint[] = [series[0]];
	const stretch = Math.ceil((series.length - 2) / (MOST_POINTS / 2));
	for (let start = 1; start < series.length - 1; start += stretch) {
		const part = series.slice(start, Math.min(start + stretch, series.length - 1));
		let low = part[0];
		let high = part[0];
		for (const point of part) {
			if (point.value < low.value) low = point;
			if (point.value > high.value) high = point;
		}
		kept.push(...(low.step < high.step ? [low, high] : low === high ? [low] : [high, low]));
	}
	return [...kept, series[series.length - 1]];
}

/** 1, 2 or 5 times a power of ten; the first at or below `from`, the last at or above `to`. */
function niceTicks(from: number, to: number, about: number): number[] {
	const size = Math.max(Math.abs(from), Math.abs(to)) || 1;
	// Values that differ by less than what can be shown are the same.
	const span = Math.max(to - from, size * 1e-6, 1e-9);
	const power = 10 ** Math.floor(Math.log10(span / about));
	const step = [1, 2, 5, 10].map((nice) => nice * power).find((one) => span / one <= about)!;
	const start = Math.floor(from / step);
	const end = Math.max(start + 1, Math.ceil(to / step));
	return Array.from({ length: end - start + 1 }, (_, index) =>
		Number(((start + index) * step).toPrecision(12)),
	);
}

function scale(from: number, to: number, low: number, high: number): (value: number) => number {
	return (value) => low + ((value - from) / (to - from)) * (high - low);
}

function least(values: readonly number[]): number {
	return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function most(values: readonly number[]): number {
	return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

function shown(value: number): string {
	return value.toLocaleString('en', { maximumSignificantDigits: 4 });
}
