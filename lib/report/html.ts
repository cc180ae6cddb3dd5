import { toWellFormed } from '../dataset/wellFormed';

const ESCAPES: { [character: string]: string } = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Any text for HTML, between tags and in quoted attributes. Control characters become U+FFFD. */
export function escapeHtml(text: string): string {
	return toWellFormed(text)
		.replace(/[&<>"']/g, (character) => ESCAPES[character])
		.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '\ufffd');
}

/** Text from the data: its direction must not reach beyond itself. */
export function foreign(text: string): string {
	return `<bdi>${escapeHtml(text)}</bdi>`;
}

/** `12,345` or `0.5`. */
export function formatNumber(value: number): string {
	return value.toLocaleString('en', { maximumFractionDigits: 1 });
}

export function formatShare(part: number, whole: number): string {
	const share = whole === 0 ? 0 : part / whole;
	if (share > 0 && share < 0.001) return '< 0.1 %';
	return `${(share * 100).toFixed(1)} %`;
}
