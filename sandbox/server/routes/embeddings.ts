import type { FastifyInstance } from 'fastify';

import { checkBody, type Rule } from '../check';
import { EMBEDDING_MODELS, embeddingOf } from '../embedding';
import { badRequest, notFound, Refusal } from '../errors';
import { findModel } from '../models';
import type { Sandbox } from '../sandbox';
import { countTokens } from '../tokens';

const MAX_INPUTS = 2048;
const MAX_TOKENS_AN_INPUT = 8192;
const MAX_TOKENS = 300_000;

const FIELDS: Record<string, Rule> = {
	model: { type: 'string', required: true },
	input: { type: 'any', required: true },
	encoding_format: { type: 'string', oneOf: ['float', 'base64'] },
	dimensions: { type: 'integer', min: 1 },
	user: { type: 'string' },
};

interface Input {
	text: string;
	tokens: number;
}

/** https://developers.openai.com/api/reference/resources/embeddings, from hashed words and pieces of words. */
export function embeddingRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	app.post('/v1/embeddings', ({ body: json }) => {
		const body = checkBody(json, FIELDS);
		const model = embeddingModel(sandbox, String(body.model));
		const full = EMBEDDING_MODELS[model];
		const dimensions = dimensionsOf(body.dimensions, full);
		const inputs = inputsOf(body.input);
		const tokens = inputs.reduce((sum, input) => sum + input.tokens, 0);
		if (tokens > MAX_TOKENS) throw tooManyTokens(tokens);
		const data = inputs.map(({ text }, index) => {
			const vector = embeddingOf(text, full.dimensions, dimensions);
			const embedding = body.encoding_format === 'base64' ? base64Of(vector) : vector;
			return { object: 'embedding', index, embedding };
		});
		return { object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } };
	});
}

function embeddingModel({ store }: Sandbox, id: string): string {
	const model = findModel(store, id);
	if (!model || model.retired) {
		const message = `The model \`${id}\` does not exist or you do not have access to it.`;
		throw notFound(message, null, 'model_not_found');
	}
	if (Object.hasOwn(EMBEDDING_MODELS, model.id)) return model.id;
	throw new Refusal(403, 'You are not allowed to generate embeddings from this model');
}

function dimensionsOf(wanted: unknown, full: { dimensions: number; shortens: boolean }): number {
	if (wanted === undefined || wanted === null) return full.dimensions;
	if (!full.shortens) throw badRequest('This model does not support specifying dimensions.');
	if ((wanted as number) <= full.dimensions) return wanted as number;
	throw badRequest(
		`Invalid value for 'dimensions' = ${String(wanted)}. Must be less than or equal to ${full.dimensions}.`,
		'dimensions',
	);
}

/** A text, a list of texts, a list of tokens, or a list of those. */
function inputsOf(input: unknown): Input[] {
	if (typeof input === 'string') return [textInput(input, 'input')];
	if (!Array.isArray(input) || input.length === 0) throw invalidInput();
	const entries: unknown[] = input;
	if (entries.length > MAX_INPUTS) {
		throw badRequest(
			`Invalid 'input': array too long. Expected an array with maximum length ${MAX_INPUTS}, but got an array with length ${entries.length} instead.`,
			'input',
			'array_above_max_length',
		);
	}
	if (isTokens(entries)) return [tokenInput(entries)];
	return entries.map((entry, index) => {
		if (typeof entry === 'string') return textInput(entry, `input[${index}]`);
		if (isTokens(entry)) return tokenInput(entry);
		throw invalidInput();
	});
}

function textInput(text: string, path: string): Input {
	if (text === '') {
		const message = `Invalid '${path}': input cannot be an empty string.`;
		throw badRequest(message, path, 'invalid_value');
	}
	return checkedLength({ text, tokens: countTokens(text) }, path);
}

/** The sandbox does not read tokens back into text: each number stands for itself. */
function tokenInput(tokens: number[]): Input {
	return checkedLength({ text: tokens.join(' '), tokens: tokens.length }, 'input');
}

function checkedLength(input: Input, path: string): Input {
	if (input.tokens <= MAX_TOKENS_AN_INPUT) return input;
	throw badRequest(
		`Invalid '${path}': maximum context length is ${MAX_TOKENS_AN_INPUT} tokens, however you requested ${input.tokens} tokens.`,
		path,
	);
}

function isTokens(value: unknown): value is number[] {
	return Array.isArray(value) && value.length > 0 && value.every(Number.isInteger);
}

function invalidInput() {
	const message =
		"'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.";
	return badRequest(message, 'input');
}

function tooManyTokens(tokens: number) {
	return new Refusal(400, `Requested ${tokens} tokens, max ${MAX_TOKENS} tokens per request`, {
		type: 'max_tokens_per_request',
		code: 'max_tokens_per_request',
	});
}

function base64Of(vector: number[]): string {
	const bytes = Buffer.alloc(vector.length * 4);
	vector.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
	return bytes.toString('base64');
}
