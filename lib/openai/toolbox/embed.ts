/** The Embeddings API, https://platform.openai.com/docs/api-reference/embeddings. */
import type { CreateEmbeddingResponse, EmbeddingCreateParams } from 'openai/resources/embeddings';

import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { countTokens } from '../../tokens';
import { SettingError } from '../settingError';
import { batchesOf, sendInHalves } from './batches';
import { withExplanation } from './refusals';

export interface EmbeddingSettings {
	model: string;
	/** Length of the vectors, for models that can shorten them. */
	dimensions?: number;
	/** `base64`: 32-bit floats, little-endian. */
	encoding: 'base64' | 'float';
	/** Stands for the end user, for the provider's watch on abuse. */
	user?: string;
	/** Fewer than the API takes, for servers that take fewer. */
	maxInputs?: number;
}

/** A text to embed, counted once: counting long texts takes longer than sending them. */
export interface EmbeddingInput {
	text: string;
	/** By our count, o200k. */
	tokens: number;
	/** No less than the embedding models count. */
	size: number;
}

export interface Embedding {
	/** Numbers, or base64 where that was asked for. */
	vector: number[] | string;
	dimensions: number;
}

export interface Embeddings {
	/** One for each text, in order. */
	embeddings: Embedding[];
	/** As the server calls itself in its answer. */
	model: string;
	/** As the server counts; null where it does not. */
	tokens: number | null;
	requests: number;
}

/** Documented limits: inputs a request, tokens a request, tokens an input. */
export const MAX_INPUTS = 2048;
export const MAX_TOKENS_A_REQUEST = 300_000;
export const MAX_TOKENS_AN_INPUT = 8192;
/** Room for the difference between our count (o200k) and that of the embedding models (cl100k). */
export const TOKEN_BUDGET = 270_000;

/**
 * Embeds any number of texts, in as few requests as the documented limits allow.
 *
 * @throws SettingError for a text that is too long or settings that do not fit the model; ApiError as the server says.
 */
export async function embed(
	transport: Transport,
	inputs: readonly EmbeddingInput[],
	settings: EmbeddingSettings,
): Promise<Embeddings> {
	const limits = { maxInputs: inputsARequest(settings.maxInputs), maxSize: TOKEN_BUDGET };
	let model = settings.model;
	let tokens: number | null = 0;
	let requests = 0;
	const embeddings: Embedding[] = [];
	for (const batch of batchesOf(inputs, ({ size }) => size, limits)) {
		const vectors = await sendInHalves(batch, async (part) => {
			const texts = part.map(({ text }) => text);
			const answer = await request(transport, texts, settings);
			requests++;
			model = answer.model ?? model;
			const used = answer.usage?.total_tokens ?? answer.usage?.prompt_tokens;
			tokens = typeof used === 'number' && tokens !== null ? tokens + used : null;
			return vectorsOf(answer, part.length).map((vector) => encoded(vector, settings.encoding));
		});
		for (const vector of vectors) embeddings.push(vector);
	}
	return { embeddings, model, tokens, requests };
}

/** Outside of ASCII the older vocabulary of the embedding models needs more tokens than the one we count by. */
export function embeddingInput(text: string): EmbeddingInput {
	const bytes = Buffer.byteLength(text);
	const tokens = countTokens(text);
	return { text, tokens, size: Math.min(bytes, tokens + (bytes - text.length)) };
}

/**
 * Refuses what the API would: a text of more tokens than the model reads, and dimensions that it does not have.
 *
 * @throws SettingError naming the text by its number.
 */
export function checkEmbedding(
	inputs: readonly EmbeddingInput[],
	{ model, dimensions }: Pick<EmbeddingSettings, 'model' | 'dimensions'>,
): void {
	const most = DIMENSIONS.get(model);
	if (dimensions !== undefined && most !== undefined && dimensions > most.max) {
		throw new SettingError(
			`'Dimensions' cannot be ${dimensions}: ${model} has ${most.max}`,
			`Enter 1 to ${most.max}, or remove the option for all of them.`,
			'Dimensions',
		);
	}
	if (dimensions !== undefined && most?.fixed && dimensions !== most.max) {
		throw new SettingError(
			`${model} cannot change its ${most.max} dimensions`,
			"Remove the option 'Dimensions', or pick text-embedding-3-small or -large.",
			'Dimensions',
		);
	}
	if (most === undefined) return;
	const index = inputs.findIndex(({ tokens }) => tokens > MAX_TOKENS_AN_INPUT);
	if (index !== -1) throw tooLong(index, inputs.length, inputs[index].tokens, model);
}

const DIMENSIONS = new Map([
	['text-embedding-3-small', { max: 1536, fixed: false }],
	['text-embedding-3-large', { max: 3072, fixed: false }],
	['text-embedding-ada-002', { max: 1536, fixed: true }],
]);

/** The bytes of a vector: 32-bit floats, little-endian, as in the API's base64 form. */
export function vectorBytes({ vector }: Embedding): Buffer {
	return typeof vector === 'string' ? Buffer.from(vector, 'base64') : floatBytes(vector);
}

async function request(
	transport: Transport,
	input: string[],
	{ model, dimensions, encoding, user }: EmbeddingSettings,
): Promise<Partial<CreateEmbeddingResponse>> {
	const body: EmbeddingCreateParams = {
		model,
		input: input.length === 1 ? input[0] : input,
		...(dimensions === undefined ? {} : { dimensions }),
		// Compatible servers refuse what they do not know, and all send floats by themselves.
		...(encoding === 'base64' ? { encoding_format: encoding } : {}),
		...(user ? { user } : {}),
	};
	const { data } = await withExplanation(
		'text',
		async () =>
			await transport<Partial<CreateEmbeddingResponse>>({
				method: 'POST',
				path: '/embeddings',
				body,
				// Nothing is made by it, and a vector costs less than the work of starting over.
				retry: 'safe',
			}),
	);
	return data;
}

/** One vector for each input, by the answer's own numbering. */
function vectorsOf({ data }: Partial<CreateEmbeddingResponse>, count: number): unknown[] {
	const vectors = new Array<unknown>(count).fill(undefined);
	for (const [position, entry] of (Array.isArray(data) ? data : []).entries()) {
		const index = typeof entry?.index === 'number' ? entry.index : position;
		if (index >= 0 && index < count) vectors[index] = entry?.embedding;
	}
	const missing = vectors.findIndex((vector) => vector === undefined);
	if (missing === -1) return vectors;
	throw new ApiError(`The server sent no embedding for input ${missing + 1} of ${count}`, {
		code: 'incomplete_answer',
		path: '/embeddings',
		explanation: {
			message: `The server sent no embedding for input ${missing + 1} of ${count}`,
			description:
				"Check that the model is an embedding model and that 'Base URL' in the credential is that of an OpenAI-compatible API. For servers that take one text at a time, set the option 'Max Inputs per Request' to 1.",
		},
	});
}

function encoded(vector: unknown, encoding: 'base64' | 'float'): Embedding {
	const bytes = typeof vector === 'string' ? Buffer.from(vector, 'base64') : undefined;
	const dimensions = bytes ? bytes.length / 4 : (vector as number[]).length;
	if (encoding === 'base64') {
		const text =
			typeof vector === 'string' ? vector : floatBytes(vector as number[]).toString('base64');
		return { vector: text, dimensions };
	}
	return { vector: bytes ? floatsOf(bytes) : (vector as number[]), dimensions };
}

function floatBytes(values: readonly number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 4);
	values.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
	return bytes;
}

function floatsOf(bytes: Buffer): number[] {
	return Array.from({ length: bytes.length >> 2 }, (_, index) => bytes.readFloatLE(index * 4));
}

function inputsARequest(wanted = MAX_INPUTS): number {
	return Math.max(1, Math.min(MAX_INPUTS, Math.floor(wanted)));
}

function tooLong(index: number, count: number, tokens: number, model: string): SettingError {
	const which = count > 1 ? `Text ${index + 1} of ${count}` : 'The text';
	return new SettingError(
		`${which} has about ${tokens} tokens, ${model} reads at most ${MAX_TOKENS_AN_INPUT}`,
		'Split long texts into parts before (e.g. by paragraph) and embed each. Nothing was sent.',
		'Input',
	);
}
