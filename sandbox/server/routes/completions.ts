import { Readable } from 'node:stream';

import type { FastifyInstance } from 'fastify';

import { checkBody, type Body, type Rule } from '../check';
import { completePrompt, type CompletionRequest } from '../completion';
import { badRequest, notFound, Refusal } from '../errors';
import { newId } from '../ids';
import { findModel, type ServedModel } from '../models';
import type { Sandbox } from '../sandbox';

const penalty: Rule = { type: 'number', min: -2, max: 2 };

/** https://developers.openai.com/api/reference/resources/completions: the fields and bounds of a completion. */
const FIELDS: Record<string, Rule> = {
	model: { type: 'string', required: true },
	prompt: { type: 'any' },
	best_of: { type: 'integer', min: 0, max: 20 },
	echo: { type: 'boolean' },
	frequency_penalty: penalty,
	logit_bias: { type: 'object' },
	logprobs: { type: 'integer', min: 0, max: 5 },
	max_tokens: { type: 'integer', min: 0 },
	n: { type: 'integer', min: 1, max: 128 },
	presence_penalty: penalty,
	seed: { type: 'integer' },
	stop: { type: 'any' },
	stream: { type: 'boolean' },
	stream_options: { type: 'object' },
	suffix: { type: 'string' },
	temperature: { type: 'number', min: 0, max: 2 },
	top_p: { type: 'number', min: 0, max: 1 },
	user: { type: 'string' },
};

/** The only model of the endpoint besides those that were tuned here. */
const INSTRUCT = 'sandbox-instruct';

/** The legacy endpoint as servers such as vLLM have it; OpenAI's chat models are refused as OpenAI does. */
export function completionRoutes(app: FastifyInstance, { store, clock, tutor }: Sandbox): void {
	app.post('/v1/completions', ({ body: json }, reply) => {
		const body = checkBody(json, FIELDS);
		const request = readRequest(body);
		const model = checkModel(findModel(store, String(body.model)), String(body.model));
		const { choices, usage } = completePrompt(request, model, tutor);
		const head = {
			id: newId('cmpl-', 29),
			object: 'text_completion',
			created: clock.seconds(),
			model: model.id,
			system_fingerprint: 'fp_sandbox',
		};
		if (!body.stream) return { ...head, choices, usage };
		void reply.type('text/event-stream; charset=utf-8').header('cache-control', 'no-cache');
		return reply.send(Readable.from(chunks(head, choices)));
	});
}

function checkModel(model: ServedModel | undefined, id: string): ServedModel {
	if (!model) {
		const message = `The model \`${id}\` does not exist or you do not have access to it.`;
		throw notFound(message, null, 'model_not_found');
	}
	if (model.retired) {
		const message = `The model \`${id}\` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations`;
		throw notFound(message, null, 'model_not_found');
	}
	if (model.tuned || model.id === INSTRUCT) return model;
	const kind = model.chat ? 'a chat model and' : 'a model';
	const instead = model.chat ? ' Did you mean to use v1/chat/completions?' : '';
	throw notFound(
		`This is ${kind} not supported in the v1/completions endpoint.${instead}`,
		'model',
	);
}

function readRequest(body: Body): CompletionRequest {
	const { prompt = '', n, stop, max_tokens: maxTokens, echo, best_of: bestOf } = body;
	const prompts = typeof prompt === 'string' ? [prompt] : prompt;
	if (!Array.isArray(prompts) || !prompts.every((one) => typeof one === 'string')) {
		throw new Refusal(400, 'The sandbox takes prompts as texts, not as tokens.', {
			param: 'prompt',
			code: 'sandbox_not_supported',
		});
	}
	if (body.logprobs !== undefined && body.logprobs !== null) {
		throw new Refusal(400, 'The sandbox is no language model and has no log probabilities.', {
			param: 'logprobs',
			code: 'sandbox_not_supported',
		});
	}
	if (bestOf !== undefined && bestOf !== null && (bestOf as number) < ((n ?? 1) as number)) {
		throw badRequest(
			'You requested that the server return more choices than it will generate (HINT: you must set n <= best_of).',
			'n',
		);
	}
	const stops = Array.isArray(stop) ? stop.map(String) : stop ? [String(stop)] : [];
	return {
		prompts,
		n: (n ?? 1) as number,
		stop: stops,
		maxTokens: (maxTokens ?? 16) as number,
		echo: echo === true,
	};
}

function* chunks(head: Body, choices: Array<Body & { text: string }>): Generator<string> {
	for (const choice of choices) {
		for (const text of choice.text.match(/\s*\S+|\s+$/g) ?? []) {
			yield event({ ...head, choices: [{ ...choice, text, finish_reason: null }] });
		}
		yield event({ ...head, choices: [{ ...choice, text: '' }] });
	}
	yield 'data: [DONE]\n\n';
}

function event(data: Body): string {
	return `data: ${JSON.stringify(data)}\n\n`;
}
