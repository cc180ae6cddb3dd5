/** A place in a query to go on from, as one string that a workflow can keep. */
import { createHash } from 'node:crypto';

import { SettingError } from '../openai/settingError';
import type { Position, TicketReader } from './types';

export interface Cursor {
	/** Of the page that was being read; absent for the first one. */
	position?: Position;
	/** Tickets of that page, and of the one before, which were handed on: ids, or ids with the moment of a change. */
	done: string[];
}

const VERSION = 1;
/** Far more than any real cursor; bounds what a text from elsewhere can make us parse. */
const MAX_CHARS = 400_000;

/** A cursor as text without special characters; it holds no secret and nothing of the tickets but ids. */
export function encodeCursor(query: TicketReader['query'], cursor: Cursor): string {
	const content = { v: VERSION, q: fingerprint(query), ...cursor };
	return Buffer.from(JSON.stringify(content), 'utf8').toString('base64url');
}

/**
 * @throws SettingError when the text is no cursor, or one of another query: going on with it would skip or repeat
 * tickets in silence.
 */
export function decodeCursor(query: TicketReader['query'], text: string): Cursor {
	const content = parse(text.trim());
	if (!content) {
		throw new SettingError(
			"'Cursor' is not one that this node has made",
			"Pass on 'cursor' of the summary of an earlier run as it is, or leave it empty to begin at the start.",
		);
	}
	if (content.q !== fingerprint(query)) {
		throw new SettingError(
			"'Cursor' belongs to another query",
			'Keep site, operation and filters as they were in the run that gave the cursor, or leave it empty to begin at the start.',
		);
	}
	return { position: content.position, done: content.done };
}

function parse(text: string): (Cursor & { q: string }) | undefined {
	if (text.length > MAX_CHARS) return undefined;
	try {
		const content = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Record<
			string,
			unknown
		> | null;
		const { v, q, position, done } = content ?? {};
		const isCursor =
			v === VERSION &&
			typeof q === 'string' &&
			Array.isArray(done) &&
			done.every((id) => typeof id === 'string') &&
			(position === undefined || (typeof position === 'object' && position !== null));
		return isCursor ? { q, done: done as string[], position: position as Position } : undefined;
	} catch {
		return undefined;
	}
}

function fingerprint(query: TicketReader['query']): string {
	return createHash('sha256').update(stable(query)).digest('hex').slice(0, 16);
}

/** JSON with sorted names, so that the order in which filters were written does not matter. */
function stable(value: unknown): string {
	return JSON.stringify(value, (_name, part: unknown) =>
		typeof part === 'object' && part !== null && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
			: part,
	);
}
