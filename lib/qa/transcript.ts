/** A ticket as text for a model: data between marks that nothing inside can imitate. */
import { toWellFormed } from '../dataset/wellFormed';
import { type Cut, cutInTheMiddle } from './cut';
import type { Statement } from './dialogue';

export interface Transcript {
	text: string;
	/** Characters of the ticket that are not in it. */
	leftOutCharacters: number;
}

const MAX_TITLE_CHARS = 500;

/** What in a ticket could be read as one of the marks. Repeats are bounded, so that it stays linear on any text. */
const MARK = /<(?=[\s\p{Cf}]{0,8}\/?[\s\p{Cf}]{0,8}ticket_)/giu;

/**
 * Writes a ticket as
 *
 *     <ticket_data>
 *     <ticket_title>…</ticket_title>
 *     <ticket_message from="requester" at="2026-01-02T03:04:05Z">
 *     …
 *     </ticket_message>
 *     </ticket_data>
 *
 * A `<` of the ticket's own that could be read as one of these marks becomes `&lt;`.
 *
 * @param maxCharacters of the messages together; beyond, they are cut in the middle, since the question stands at the
 *   beginning and the solution at the end. What is missing is said at the place.
 */
export function transcriptOf(
	{ title, status }: { title: string; status?: string },
	dialogue: readonly Statement[],
	maxCharacters: number,
): Transcript {
	const { parts, leftOutCharacters } = cutInTheMiddle(dialogue, maxCharacters);
	const lines = [
		'<ticket_data>',
		...(title ? [`<ticket_title>${inOneLine(title)}</ticket_title>`] : []),
		...(status ? [`<ticket_status>${inOneLine(status)}</ticket_status>`] : []),
		...parts.map(partText),
		'</ticket_data>',
	];
	return { text: lines.join('\n'), leftOutCharacters };
}

/** A text that may stand between the marks. */
export function asData(text: string): string {
	return toWellFormed(text).replace(MARK, '&lt;');
}

function partText(part: Cut<Statement>): string {
	if ('gap' in part) return `[… ${part.gap} characters left out here …]`;
	const { from, createdAt, public: isPublic, isResolution } = part.of;
	const at = createdAt && /^[\dTZ:.+-]{1,40}$/.test(createdAt) ? ` at="${createdAt}"` : '';
	const kind = isResolution ? ' kind="resolution"' : isPublic ? '' : ' kind="internal note"';
	return `<ticket_message from="${from}"${at}${kind}>\n${asData(part.text)}\n</ticket_message>`;
}

function inOneLine(text: string): string {
	return asData(text.slice(0, MAX_TITLE_CHARS)).replace(/\s/g, ' ');
}
