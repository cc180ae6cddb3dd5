import { escapeHtml } from './html';
import { REPORT_STYLE } from './style';

/**
 * A web page that needs nothing but itself and loads nothing: light or dark as the reader's system is, fit to be
 * printed.
 *
 * @param parts - HTML; what comes from data is escaped already
 * @param style - rules of this page besides those of all reports
 */
export function reportPage(title: string, parts: readonly string[], style = ''): string {
	return [
		'<!doctype html>',
		'<html lang="en">',
		'<head>',
		'<meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
		`<title>${escapeHtml(title)}</title>`,
		`<style>${REPORT_STYLE}${style}</style>`,
		'</head>',
		'<body><main>',
		...parts,
		'</main></body>',
		'</html>',
		'',
	].join('\n');
}

/** A row of figures at the top of a report. */
export function tileRow(
	tiles: ReadonlyArray<[name: string, value: string, note?: string]>,
): string {
	const tile = ([name, value, note]: [string, string, string?]) =>
		`<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}${note ? `<small>${escapeHtml(note)}</small>` : ''}</dd></div>`;
	return `<dl class="tiles">${tiles.map(tile).join('')}</dl>`;
}
