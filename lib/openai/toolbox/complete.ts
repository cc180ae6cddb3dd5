/**
 * Completing a prompt. The endpoint for it, https://platform.openai.com/docs/api-reference/completions, lives on in
 * servers such as vLLM and llama.cpp; OpenAI itself has no model left for it, so there the prompt becomes the one user
 * message of a chat.
 */
import type { Completion } from 'openai/resources/completions';

import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { type AnswerUsage, readAnswer, readUsage } from '../chat/answer';
import { isPlainObject } from '../chat/json';
import { chatFields, completionFields, type CompletionOptions } from './completionFields';
import { withExplanation } from './refusals';
import { TextError } from './textError';

/** Where a prompt is sent to: `auto` asks the completions endpoint unless the provider is known to have none. */
export type CompletionRoute = 'auto' | 'chat' | 'completions';

export interface CompletionRequest {
	model: string;
	prompt: string;
	options?: CompletionOptions;
	route?: CompletionRoute;
	/** Of the credential. */
	provider: string;
}

export interface CompletedChoice {
	text: string;
	finish_reason: string;
	logprobs?: unknown;
}

export interface CompletedText {
	choices: CompletedChoice[];
	/** The endpoint that has answered. */
	via: 'chat' | 'completions';
	/** Why it was not the completions endpoint. */
	note?: string;
	model: string;
	usage?: AnswerUsage;
	/** The whole answer. */
	raw: unknown;
}

const NO_MODELS = new Map([
	['openAi', 'OpenAI has no model left for the completions endpoint'],
	['azureOpenAi', 'Azure OpenAI has no model left for the completions endpoint'],
]);

/**
 * Completes a prompt, and says which way was taken.
 *
 * @throws SettingError for options that the way taken does not have; TextError when no text came.
 */
export async function completeText(
	transport: Transport,
	request: CompletionRequest,
): Promise<CompletedText> {
	const { route = 'auto', provider } = request;
	const reason = NO_MODELS.get(provider);
	if (route === 'chat') return await throughChat(transport, request);
	if (route === 'auto' && reason) return await throughChat(transport, request, reason);
	const outcome = await throughCompletions(transport, request);
	if ('completed' in outcome) return outcome.completed;
	const lack = lackOf(outcome.error);
	if (route === 'completions' || lack === undefined) throw outcome.error;
	return await throughChat(transport, request, lack);
}

async function throughCompletions(
	transport: Transport,
	{ model, prompt, options = {} }: CompletionRequest,
): Promise<{ completed: CompletedText } | { error: unknown }> {
	const body = { model, prompt, ...completionFields(options) };
	const send = async () => {
		const { data } = await transport({ method: 'POST', path: '/completions', body });
		return { completed: readCompletion(data, model) };
	};
	return await withExplanation('text', send).catch((error: unknown) => ({ error }));
}

/** Why the server does not complete with this model; undefined for every other refusal. A refusal costs nothing. */
function lackOf(error: unknown): string | undefined {
	if (!(error instanceof ApiError)) return undefined;
	const { status, code = '' } = error.details;
	if (/chat model/i.test(error.message)) return 'The model is a chat model';
	const unknownPath = status === 405 || status === 501 || (status === 404 && !isAboutModel(error));
	if (unknownPath && code !== 'html_page') return 'The server has no completions endpoint';
	return undefined;
}

function isAboutModel({ message, details: { code = '', param } }: ApiError): boolean {
	return /model/.test(code) || param === 'model' || /\b(?:model|deployment)\b/i.test(message);
}

async function throughChat(
	transport: Transport,
	{ model, prompt, options = {} }: CompletionRequest,
	reason?: string,
): Promise<CompletedText> {
	const messages = [{ role: 'user', content: prompt }];
	const body = { model, messages, ...chatFields(options) };
	const { data } = await withExplanation(
		'text',
		async () => await transport({ method: 'POST', path: '/chat/completions', body }),
	);
	const answer = readAnswer(data, { json: false });
	const choices = answer.choices.map((choice) => ({
		text: (options.echo ? prompt : '') + (choice.output || choice.refusal || ''),
		finish_reason: choice.finish_reason,
		...(choice.logprobs ? { logprobs: choice.logprobs } : {}),
	}));
	return {
		choices: checked(choices, options.echo ? prompt : ''),
		via: 'chat',
		...(reason ? { note: `${reason}: the prompt was sent as one user message in chat.` } : {}),
		model: answer.model || model,
		usage: answer.usage,
		raw: data,
	};
}

function readCompletion(data: unknown, model: string): CompletedText {
	const { choices, usage, model: named } = (isPlainObject(data) ? data : {}) as Partial<Completion>;
	if (!Array.isArray(choices) || choices.length === 0) {
		throw new TextError(
			'The server did not send a completion',
			`Check that 'Base URL' in the credential is that of an OpenAI-compatible API. The answer begins: ${String(JSON.stringify(data)).slice(0, 200)}`,
		);
	}
	const read = choices.map(({ text, finish_reason: finish, logprobs }) => ({
		text: String(text ?? ''),
		finish_reason: finish ?? 'unknown',
		...(logprobs ? { logprobs } : {}),
	}));
	return {
		choices: checked(read, ''),
		via: 'completions',
		model: named ?? model,
		usage: readUsage(usage),
		raw: data,
	};
}

/** An empty text is an answer, but for a filter and for thinking that used the tokens up. */
function checked(choices: CompletedChoice[], echoed: string): CompletedChoice[] {
	const [{ text, finish_reason: finish }] = choices;
	if (text !== echoed || choices.length > 1) return choices;
	if (finish === 'content_filter') {
		throw new TextError(
			"The provider's content filter held the completion back",
			'Change the prompt. Text > Moderate says beforehand which texts are flagged and for what.',
		);
	}
	if (finish !== 'length') return choices;
	throw new TextError(
		'The token limit was reached before any text came',
		"Raise the option 'Max Tokens' or remove it. A reasoning model counts its thinking: lower it with 'Reasoning Effort'.",
	);
}
