import type { Bin } from './histogram';
import type { DatasetStatistics } from './statistics';

/** One figure: what was measured, of what, and the number. */
export interface StatisticsRow {
	metric: string;
	name: string;
	value: number;
}

/** The figures one by one, for a table or a chart elsewhere. */
export function statisticsRows(statistics: DatasetStatistics): StatisticsRow[] {
	const { characters, tokens, duplicates } = statistics;
	return [
		row('records', 'all', statistics.records),
		row('records', 'withoutQuestion', statistics.withoutQuestion),
		row('records', 'withoutAnswer', statistics.withoutAnswer),
		...numbers('tokens', tokens),
		...numbers('questionCharacters', characters.question),
		...numbers('answerCharacters', characters.answer),
		...numbers('duplicates', duplicates),
		...(statistics.languages ?? []).map(({ value, count }) => row('language', value, count)),
		...statistics.fields.flatMap(({ field, values }) =>
			values.map(({ value, count }) => row(field, value, count)),
		),
		...statistics.formats.map(({ value, count }) => row('format', value, count)),
		...statistics.roles.map(({ value, count }) => row('role', value, count)),
		...statistics.turns.map((bin) => row('turns', binName(bin), bin.count)),
		...statistics.lengths.map((bin) =>
			row(`${statistics.lengthUnit}Histogram`, binName(bin), bin.count),
		),
	];
}

/** `100–199`, `5` for a bin of one number, `200+` for the last one. */
export function binName({ from, to }: Bin): string {
	if (to === undefined) return `${from}+`;
	return from === to ? String(from) : `${from}–${to}`;
}

function row(metric: string, name: string, value: number): StatisticsRow {
	return { metric, name, value };
}

function numbers(metric: string, values: object | undefined): StatisticsRow[] {
	return Object.entries(values ?? {}).map(([name, value]) => row(metric, name, Number(value)));
}
