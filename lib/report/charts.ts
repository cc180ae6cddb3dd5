import { escapeHtml, formatNumber } from './html';

/** One bar: what it stands for and how long it is. */
export interface Bar {
	label: string;
	value: number;
	/** All that is beyond the axis of a column chart: set apart, with this name on the axis. */
	beyond?: string;
}

/** Units of a chart that has a table beside it, and of one of two side by side: text is the same size in both. */
export const WIDE = 640;
export const NARROW = 480;
const WIDEST_COLUMN = 64;
const COLUMN_HEIGHT = 240;
const MARGIN = { top: 12, right: 8, bottom: 34, left: 52 };
const ROW_HEIGHT = 26;
const LABEL_WIDTH = 150;
const VALUE_WIDTH = 64;
const LONGEST_LABEL = 22;
const MOST_AXIS_LABELS = 9;
/** One among thousands has to be seen too. */
const LEAST_HEIGHT = 2;
/** Of columns, before the one for what is beyond the axis. */
const GAP = 0.5;

/** Columns side by side, for a distribution. Colours come from the page's style. */
export function columnChart(
	bars: readonly Bar[],
	title: string,
	unit: string,
	width = WIDE,
): string {
	const most = Math.max(1, ...bars.map(({ value }) => value));
	const step = tickStep(most);
	const top = Math.ceil(most / step) * step;
	const inner = {
		width: width - MARGIN.left - MARGIN.right,
		height: COLUMN_HEIGHT - MARGIN.top - MARGIN.bottom,
	};
	const y = (value: number) => MARGIN.top + inner.height * (1 - value / top);
	const isClipped = bars.at(-1)?.beyond !== undefined;
	const slot = inner.width / Math.max(1, bars.length + (isClipped ? GAP : 0));
	const grid = range(0, top, step).map(
		(value) =>
			`<line class="grid" x1="${MARGIN.left}" x2="${width - MARGIN.right}" y1="${at(y(value))}" y2="${at(y(value))}"/>` +
			`<text class="tick" x="${MARGIN.left - 8}" y="${at(y(value) + 4)}" text-anchor="end">${formatNumber(value)}</text>`,
	);
	const every = Math.ceil(bars.length / MOST_AXIS_LABELS);
	const columns = bars.map((bar, index) => {
		const x = MARGIN.left + (index + (bar.beyond === undefined ? 0 : GAP)) * slot;
		// The name of the last column takes the room of the one before it.
		const hasRoom = !isClipped || index < bars.length - every;
		const isNamed = bar.beyond !== undefined || (hasRoom && index % every === 0);
		const height = bar.value > 0 ? Math.max(LEAST_HEIGHT, y(0) - y(bar.value)) : 0;
		return column(bar, { x, slot, height, floor: y(0) }, isNamed);
	});
	const axis = `<text class="axis" x="${MARGIN.left + inner.width / 2}" y="${COLUMN_HEIGHT - 2}" text-anchor="middle">${escapeHtml(unit)}</text>`;
	return svg(width, COLUMN_HEIGHT, title, [...grid, ...columns, axis]);
}

function column(
	{ label, value, beyond }: Bar,
	{ x, slot, height, floor }: { x: number; slot: number; height: number; floor: number },
	isNamed: boolean,
): string {
	const thick = Math.min(WIDEST_COLUMN, slot * 0.8);
	const tip = `<title>${escapeHtml(`${label}: ${formatNumber(value)}`)}</title>`;
	const look = beyond === undefined ? 'bar' : 'bar beyond';
	const name = isNamed
		? `<text class="tick" x="${at(x + slot / 2)}" y="${at(floor + 16)}" text-anchor="middle">${escapeHtml(beyond ?? startOf(label))}</text>`
		: '';
	return `<rect class="${look}" x="${at(x + (slot - thick) / 2)}" y="${at(floor - height)}" width="${at(thick)}" height="${at(height)}" rx="2">${tip}</rect>${name}`;
}

/** Bars below each other, for the commonest values of something. */
export function barChart(bars: readonly Bar[], title: string, width = WIDE): string {
	const most = Math.max(1, ...bars.map(({ value }) => value));
	const room = width - LABEL_WIDTH - VALUE_WIDTH - 16;
	const rows = bars.map(({ label, value }, index) => {
		const y = index * ROW_HEIGHT + 4;
		const length = Math.max(2, (room * value) / most);
		return (
			`<text class="label" x="${LABEL_WIDTH}" y="${y + 15}" text-anchor="end">${escapeHtml(shortened(label))}</text>` +
			`<rect class="bar" x="${LABEL_WIDTH + 10}" y="${y + 2}" width="${at(length)}" height="${ROW_HEIGHT - 8}" rx="2"><title>${escapeHtml(`${label}: ${formatNumber(value)}`)}</title></rect>` +
			`<text class="tick" x="${at(LABEL_WIDTH + 16 + length)}" y="${y + 15}">${formatNumber(value)}</text>`
		);
	});
	return svg(width, bars.length * ROW_HEIGHT + 8, title, rows);
}

export function svg(width: number, height: number, title: string, parts: string[]): string {
	return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}">${parts.join('')}</svg>`;
}

/** 1, 2 or 5 times a power of ten, for about four lines. */
function tickStep(most: number): number {
	const rough = most / 4;
	const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
	const step = [1, 2, 5, 10].find((nice) => nice * power >= rough) ?? 10;
	return Math.max(1, step * power);
}

function range(from: number, to: number, step: number): number[] {
	return Array.from(
		{ length: Math.round((to - from) / step) + 1 },
		(_, index) => from + index * step,
	);
}

/** Of `100–199` what stands on the axis. */
function startOf(label: string): string {
	return label.split('–')[0];
}

function shortened(label: string): string {
	const characters = [...label.slice(0, LONGEST_LABEL * 4)];
	return characters.length > LONGEST_LABEL
		? `${characters.slice(0, LONGEST_LABEL - 1).join('')}…`
		: label;
}

export function at(value: number): string {
	return String(Math.round(value * 10) / 10);
}
