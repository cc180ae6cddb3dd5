import { nestingFault } from '../dataset/depth';
import type { JsonValue } from '../dataset/types';
import { isSealed } from './vault';
import { mapTexts, type VisitText } from './mapTexts';

/** Members of training examples that name things of the format; placeholders would make them invalid. */
const STRUCTURE = new Set([
	'role',
	'type',
	'detail',
	'tool_call_id',
	'weight',
	'strict',
	'required',
]);
const DATA_URL = /^data:[\w/+.-]{1,80};base64,/;

/** As `mapTexts`, for training examples: arguments of tool calls are looked at as the JSON they hold. */
export function mapExampleTexts(example: JsonValue, visit: VisitText): JsonValue {
	return mapTexts(example, (place) => visitText(place.text, place.field, visit), isStructure);
}

/** As `mapTexts`, for items of a workflow: everything in them can be private. */
export function mapItemTexts(item: JsonValue, visit: VisitText): JsonValue {
	return mapTexts(item, (place) => visitText(place.text, place.field, visit));
}

function visitText(text: string, field: string | undefined, visit: VisitText): string {
	if (text.startsWith('data:') && DATA_URL.test(text)) return text;
	if (isSealed(text)) return text;
	if (field !== 'arguments') return visit({ text, field });
	const value = parsed(text);
	if (value === undefined) return visit({ text, field });
	let isChanged = false;
	const mapped = mapTexts(value, (place) => {
		const replaced = visit(place);
		if (replaced !== place.text) isChanged = true;
		return replaced;
	});
	return isChanged ? JSON.stringify(mapped) : text;
}

function isStructure(field: string): boolean {
	return STRUCTURE.has(field);
}

function parsed(text: string): JsonValue | undefined {
	if (!/^\s*[[{]/.test(text) || nestingFault(text)) return undefined;
	try {
		return JSON.parse(text) as JsonValue;
	} catch {
		return undefined;
	}
}
