import { mismatches } from '../dataset/jsonSchema';
import type { JsonObject } from '../dataset/types';
import { toWellFormed } from '../dataset/wellFormed';
import { isPlainObject } from '../openai/chat/json';
import type { QaPair } from './types';

/** More in one answer are a model that repeats itself. */
const MAX_PAIRS = 500;
const MAX_FAULT_CHARS = 300;

/**
 * The shape that a model has to answer in: `{pairs: [{question, answer, solved, language, category, confidence}]}`.
 * Every property is required and no other allowed, as strict function calling asks for; bounds are left to
 * `readPairs`, because not every server that knows strict schemas takes them.
 *
 * @param categories the only ones allowed; any text where there are none
 * @see https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
export function pairsSchema(categories: readonly string[] = []): JsonObject {
	return schemaOf(categories, { additionalProperties: false }, {});
}

/** The pairs in a model's answer, or a sentence about what is wrong with it. */
export type ReadPairs = { pairs: QaPair[] } | { fault: string };

/**
 * Checks an answer against the schema and beyond it: questions are not empty, nor are answers of solved problems, and
 * confidence is from 0 to 1. Properties that nobody asked for are let pass and dropped.
 *
 * @param value what the model sent, from anywhere; nested at most a few hundred levels
 */
export function readPairs(value: unknown, categories: readonly string[] = []): ReadPairs {
	// A list without its object is a slip that leaves no doubt.
	const answer = Array.isArray(value) ? { pairs: value } : value;
	if (!isPlainObject(answer)) return { fault: 'The answer is no object with the list "pairs".' };
	if (Array.isArray(answer.pairs) && answer.pairs.length > MAX_PAIRS) {
		return { fault: `The list "pairs" has more than ${MAX_PAIRS} entries.` };
	}
	const wrong = mismatches(
		answer as JsonObject,
		schemaOf(categories, {}, { minimum: 0, maximum: 1 }),
	);
	if (wrong.length > 0) return { fault: faultOf(wrong) };
	const pairs = (answer.pairs as Array<Record<string, unknown>>).map(toPair);
	const fault = pairs.map(emptyPart).find((part) => part !== undefined);
	return fault === undefined ? { pairs } : { fault };
}

function schemaOf(
	categories: readonly string[],
	closed: { additionalProperties?: false },
	bounds: { minimum?: number; maximum?: number },
): JsonObject {
	const properties: JsonObject = {
		question: { type: 'string', description: 'The problem as one self-contained question' },
		answer: { type: 'string', description: 'The complete solution; empty if there is none' },
		solved: { type: 'boolean', description: 'Whether the answer settled the problem' },
		language: { type: 'string', description: 'BCP 47 tag of the language of the pair, e.g. en' },
		category: {
			type: 'string',
			...(categories.length > 0 ? { enum: [...categories] } : {}),
			description: 'What the problem is about',
		},
		confidence: { type: 'number', ...bounds, description: 'From 0 to 1' },
	};
	const required = Object.keys(properties);
	const pairs: JsonObject = {
		type: 'array',
		description: 'One entry for each separate problem; may be empty',
		items: { type: 'object', properties, required, ...closed },
	};
	return { type: 'object', properties: { pairs }, required: ['pairs'], ...closed };
}

function faultOf(wrong: Array<{ path: string; message: string }>): string {
	const [{ path, message }] = wrong;
	const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more faults)` : '';
	return `${path === '' ? 'The answer' : path} ${message}${more}.`.slice(0, MAX_FAULT_CHARS);
}

function toPair(entry: Record<string, unknown>): QaPair {
	const text = (name: string) => toWellFormed(entry[name] as string).trim();
	const language = text('language');
	const category = text('category');
	return {
		question: text('question'),
		answer: text('answer'),
		solved: entry.solved as boolean,
		...(language ? { language } : {}),
		...(category ? { category } : {}),
		confidence: entry.confidence as number,
	};
}

function emptyPart({ question, answer, solved }: QaPair, index: number): string | undefined {
	if (question === '') return `pairs[${index}].question is empty.`;
	if (solved && answer === '') return `pairs[${index}].answer is empty, yet solved is true.`;
	return undefined;
}
