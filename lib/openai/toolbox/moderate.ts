/** The Moderations API, https://platform.openai.com/docs/api-reference/moderations. It costs nothing at OpenAI. */
import type { ModerationCreateResponse } from 'openai/resources/moderations';

import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { isPlainObject } from '../chat/json';
import { batchesOf, sendInHalves } from './batches';

export interface ModerationSettings {
	model: string;
	/** A text is flagged also when a category has at least this score, 0 to 1. */
	flagFromScore?: number;
}

/** What the model says of one input. */
export interface Verdict {
	flagged: boolean;
	/** Names of the flagged categories, highest score first. */
	flagged_categories: string[];
	/** Highest score of all categories, and which one has it. */
	max_score: number;
	max_category: string | null;
	category_scores: Record<string, number>;
	/** Where each flagged category was seen (`text`, `image`), from models that say so. */
	applied_input_types?: Record<string, string[]>;
}

export interface Moderated {
	/** One for each input, in order. */
	verdicts: Verdict[];
	model: string;
	requests: number;
	/** The server's own results: for an input judged in parts, those of each part. */
	raw: unknown[];
}

/** The parts of one input that is judged as a whole: text, an image, or both. */
export interface ImageInput {
	text?: string;
	/** https address or `data:` URL. */
	imageUrl: string;
}

/** In UTF-16 units. Longer texts are judged in parts, which is also more exact. */
export const MAX_PART_LENGTH = 10_000;
/** The API names no limits. These stay below its model's 32,768 tokens, and below small rate limits. */
const LIMITS = { maxInputs: 32, maxSize: 30_000 };

/**
 * Judges any number of texts, many in a request. A long text is judged in parts; its scores are the highest of them.
 *
 * @throws ApiError as the server says.
 */
export async function moderateTexts(
	transport: Transport,
	texts: readonly string[],
	settings: ModerationSettings,
): Promise<Moderated> {
	const parts = texts.flatMap((text, index) => partsOf(text).map((part) => ({ index, part })));
	const results: unknown[][] = texts.map(() => []);
	let model = settings.model;
	let requests = 0;
	for (const batch of batchesOf(parts, ({ part }) => part.length, LIMITS)) {
		const judged = await sendInHalves(batch, async (some) => {
			const input = some.map(({ part }) => part);
			requests++;
			const answer = await ask(transport, settings.model, input.length === 1 ? input[0] : input);
			model = answer.model ?? model;
			return resultsOf(answer, some.length);
		});
		for (const [position, result] of judged.entries()) results[batch[position].index].push(result);
	}
	const verdicts = results.map((own) => verdictOf(own, settings));
	return { verdicts, model, requests, raw: results.flat() };
}

/**
 * Judges images, each with its text where there is one. The API takes one image a request ("Number of images (2)
 * exceeds maximum of 1").
 */
export async function moderateImages(
	transport: Transport,
	inputs: readonly ImageInput[],
	settings: ModerationSettings,
): Promise<Moderated> {
	const raw: unknown[] = [];
	let model = settings.model;
	for (const { text, imageUrl } of inputs) {
		const image = { type: 'image_url', image_url: { url: imageUrl } };
		const input = text ? [{ type: 'text', text }, image] : [image];
		const answer = await ask(transport, settings.model, input);
		model = answer.model ?? model;
		raw.push(...resultsOf(answer, 1));
	}
	const verdicts = raw.map((result) => verdictOf([result], settings));
	return { verdicts, model, requests: inputs.length, raw };
}

async function ask(
	transport: Transport,
	model: string,
	input: unknown,
): Promise<Partial<ModerationCreateResponse>> {
	const { data } = await transport<Partial<ModerationCreateResponse>>({
		method: 'POST',
		path: '/moderations',
		body: { model, input },
		// Nothing is made and nothing spent by it.
		retry: 'safe',
	});
	return isPlainObject(data) ? data : {};
}

function resultsOf({ results }: Partial<ModerationCreateResponse>, count: number): unknown[] {
	const list: unknown[] = Array.isArray(results) ? results : [];
	if (list.length === count) return list;
	const message = `The server sent ${list.length} verdicts for ${count} inputs`;
	throw new ApiError(message, {
		code: 'incomplete_answer',
		path: '/moderations',
		explanation: {
			message,
			description:
				"Check 'Base URL' in the credential: the server may have no moderation, or take one text at a time.",
		},
	});
}

/** Cut at white space where there is some, and never through a character. */
function partsOf(text: string): string[] {
	const parts: string[] = [];
	let start = 0;
	while (text.length - start > MAX_PART_LENGTH) {
		const end = cutBefore(text, start + MAX_PART_LENGTH, start + MAX_PART_LENGTH / 2);
		parts.push(text.slice(start, end));
		start = end;
	}
	return [...parts, text.slice(start)];
}

function cutBefore(text: string, end: number, least: number): number {
	for (let at = end; at > least; at--) if (/\s/.test(text[at - 1])) return at;
	const isPair = /[\ud800-\udbff]/.test(text[end - 1]);
	return isPair ? end - 1 : end;
}

function verdictOf(results: unknown[], { flagFromScore }: ModerationSettings): Verdict {
	const read = results.filter(isPlainObject);
	const scores = new Map<string, number>();
	const flagged = new Set<string>();
	const seenIn = new Map<string, Set<string>>();
	for (const result of read) {
		for (const [name, score] of entriesOf(result.category_scores)) {
			if (typeof score === 'number') scores.set(name, Math.max(score, scores.get(name) ?? 0));
		}
		for (const [name, isFlagged] of entriesOf(result.categories)) {
			if (isFlagged === true) flagged.add(name);
		}
		for (const [name, types] of entriesOf(result.category_applied_input_types)) {
			if (!Array.isArray(types)) continue;
			const known = seenIn.get(name) ?? new Set<string>();
			seenIn.set(name, known);
			for (const type of types) known.add(String(type));
		}
	}
	if (flagFromScore !== undefined) {
		for (const [name, score] of scores) if (score >= flagFromScore) flagged.add(name);
	}
	const byScore = [...scores].sort(([, a], [, b]) => b - a);
	const categories = [...flagged].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
	const applied = categories.flatMap((name) => {
		const types = seenIn.get(name);
		return types && types.size > 0 ? [[name, [...types]] as [string, string[]]] : [];
	});
	return {
		flagged: flagged.size > 0 || read.some((result) => result.flagged === true),
		flagged_categories: categories,
		max_score: byScore[0]?.[1] ?? 0,
		max_category: byScore[0]?.[0] ?? null,
		category_scores: Object.fromEntries(scores),
		...(applied.length > 0 ? { applied_input_types: Object.fromEntries(applied) } : {}),
	};
}

function entriesOf(value: unknown): Array<[string, unknown]> {
	return isPlainObject(value) ? Object.entries(value) : [];
}
