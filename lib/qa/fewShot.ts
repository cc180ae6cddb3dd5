import { asText } from '../dataset/asText';
import { isPlainObject, type PlainObject, readJsonSetting } from '../openai/chat/json';
import { SettingError } from '../openai/settingError';

/** What the model is shown: a ticket, where there is one, and the pairs that are wanted from it. */
export interface Example {
	ticket?: string;
	pairs: PlainObject[];
}

const SETTING = 'Examples';
/** Each one is sent with each ticket. */
const MAX_EXAMPLES = 50;
const PAIR_FIELDS = ['question', 'answer', 'solved', 'language', 'category', 'confidence'];

/**
 * Reads examples: rows `{ticket?, question, answer, …}`, objects `{ticket?, pairs: […]}`, or pairs as this extractor
 * gives them; as a list or as JSON text of one. Rows without a question are left out; of a pair, only the fields that
 * the model is asked for are taken.
 *
 * @throws SettingError naming the first entry that is no example
 */
export function readExamples(value: unknown): Example[] {
	const read = readJsonSetting(value, SETTING);
	if (read === undefined) return [];
	const list = Array.isArray(read) ? read : [read];
	if (list.length > MAX_EXAMPLES) {
		throw new SettingError(
			`'${SETTING}' has ${list.length} entries`,
			`Keep at most ${MAX_EXAMPLES}: all of them are sent, and paid for, with each ticket.`,
			SETTING,
		);
	}
	return list.map(readExample).filter(({ pairs }) => pairs.length > 0);
}

function readExample(entry: unknown, index: number): Example {
	// An n8n item, as $('Node').all() gives it.
	const fields = isPlainObject(entry) && isPlainObject(entry.json) ? entry.json : entry;
	const pairs = isPlainObject(fields) ? (fields.pairs ?? [fields]) : undefined;
	if (!isPlainObject(fields) || !Array.isArray(pairs) || !pairs.every(isPlainObject)) {
		throw new SettingError(
			`'${SETTING}' entry ${index + 1} is no example`,
			'Give each entry as {"ticket": "…", "question": "…", "answer": "…"} or {"ticket": "…", "pairs": [{"question": "…", "answer": "…"}]}.',
			SETTING,
		);
	}
	const ticket = (asText(fields.ticket)?.text ?? '').trim();
	const kept = pairs.map(pairOf).filter((pair) => asText(pair.question) !== undefined);
	if (kept.length === 0 && pairs.length > 0 && !isBlank(fields)) {
		throw new SettingError(
			`'${SETTING}' entry ${index + 1} has no question`,
			"Give it a 'question' and an 'answer', or take the entry out.",
			SETTING,
		);
	}
	return { ...(ticket ? { ticket } : {}), pairs: kept };
}

/** A row that was added in the editor and not filled in, or no further than its ticket. */
function isBlank(fields: PlainObject): boolean {
	const { ticket: _ticket, ...rest } = fields;
	return Object.values(rest).every((value) => String(value ?? '').trim() === '');
}

function pairOf(fields: PlainObject): PlainObject {
	const given = PAIR_FIELDS.filter(
		(name) => fields[name] !== undefined && fields[name] !== null && fields[name] !== '',
	);
	return Object.fromEntries(given.map((name) => [name, fields[name]]));
}
