export interface WikiCell {
	text: string;
	isHeader: boolean;
}

const IMAGE = /![^\s!|][^!\n|]{0,250}(?:\|[^!\n]{0,250})?!/y;

/** Whether a row's last line has the bar that ends it. */
export function isRowComplete(line: string): boolean {
	return line.length > 1 && line.endsWith('|');
}

/** The cells of `||head||head||` or `|cell|cell|`; bars within links and images are none of the row's. */
export function cellsOf(row: string): WikiCell[] {
	const cells: WikiCell[] = [];
	let isHeader = false;
	let from = -1;
	let bracketEnd = 0;
	const finish = (to: number) => {
		if (from >= 0) cells.push({ text: row.slice(from, to).trim(), isHeader });
	};
	for (let at = 0; at < row.length; at++) {
		const character = row[at];
		if (character === '\\') at++;
		else if (character === '[') {
			if (bracketEnd >= 0 && bracketEnd < at) bracketEnd = row.indexOf(']', at);
			if (isLink(row, at, bracketEnd)) at = bracketEnd;
		} else if (character === '!') at += Math.max(imageLength(row, at) - 1, 0);
		else if (character === '|') {
			finish(at);
			isHeader = row[at + 1] === '|';
			if (isHeader) at++;
			from = at + 1;
		}
	}
	if (row.slice(from).trim() !== '') finish(row.length);
	return cells;
}

function isLink(row: string, from: number, to: number): boolean {
	return to > from && to - from < 4_000 && !row.slice(from, to).includes('\n');
}

function imageLength(row: string, at: number): number {
	IMAGE.lastIndex = at;
	return IMAGE.exec(row)?.[0].length ?? 0;
}
