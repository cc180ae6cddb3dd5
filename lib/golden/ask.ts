/** Paid requests of a run: paced, within the cost limit, and with a pause for all where the server asks for one. */
import { estimateChatCost, type PriceTable } from '../cost';
import { CanceledError } from '../http/canceled';
import { ApiError } from '../http/errors';
import { isQuotaExhausted } from '../http/retry';
import type { ApiResponse, Surroundings, Transport } from '../http/types';
import { readUsage } from '../openai/chat/answer';
import { isPlainObject } from '../openai/chat/json';
import type { chatBody } from '../openai/chat/request';
import { Budget } from '../qa/budget';
import { Cooldown, MAX_COOLDOWNS, pauseAfter } from '../qa/cooldown';
import { createPace } from '../qa/pace';
import { countTokens } from '../tokens';
import { asError } from '../attempt';

type Body = ReturnType<typeof chatBody>;

export interface RunLimits {
	/** In the currency of the price table. */
	costLimit?: number;
	requestsPerMinute?: number;
	/** New answers to ask for at most; the judge's do not count. */
	maxNewAnswers?: number;
}

/** Why a run ended before its end. */
export type Stop = 'cost_limit' | 'max_new_answers';

/** What all requests of a run share. */
export interface GoldenRun {
	budget: Budget;
	pace: () => Promise<void>;
	coolDown: (ms: number) => void;
	signal?: AbortSignal;
	now: () => number;
	/** Answers that may still be asked for. */
	answersLeft: number;
	/** Answers and judgements that came. */
	answers: number;
	completionTokens: number;
	/** Of these, without a known price. */
	unpriced: number;
	stopped?: Stop;
}

/** The run's limits, for as long as one execution of the node lasts. */
export function startGoldenRun(limits: RunLimits, surroundings: Surroundings): GoldenRun {
	const cooldown = new Cooldown(surroundings);
	const pace = createPace(limits.requestsPerMinute, surroundings);
	return {
		budget: new Budget(limits.costLimit),
		pace: async () => {
			await cooldown.over();
			await pace();
		},
		coolDown: (ms) => cooldown.begin(ms),
		signal: surroundings.signal,
		now: surroundings.now,
		answersLeft: limits.maxNewAnswers ?? Infinity,
		answers: 0,
		completionTokens: 0,
		unpriced: 0,
	};
}

export interface ChatAsking {
	body: Body;
	prices: PriceTable;
	/** Milliseconds for one try. */
	timeout?: number;
}

export type ChatAnswer =
	| { completion: unknown; latencyMs: number }
	/** The cost limit leaves no room for it: nothing was sent. */
	| { stopped: 'cost_limit' };

const PROBABLE_ANSWER_TOKENS = 400;
const OVERHEAD_TOKENS = 20;

/**
 * Sends one chat request; again after a pause that all requests keep, where the server has too many.
 *
 * @throws ApiError when the server does not answer, CanceledError
 */
export async function askChat(
	run: GoldenRun,
	transport: Transport,
	asking: ChatAsking,
): Promise<ChatAnswer> {
	for (let cooldowns = 0; ;) {
		await run.pace();
		if (run.signal?.aborted) throw new CanceledError();
		const sent = await send(run, transport, asking);
		if (!('error' in sent)) return sent;
		const pause = pauseAfter(sent.error);
		if (pause === undefined || cooldowns >= MAX_COOLDOWNS) throw asError(sent.error);
		run.coolDown(pause * ++cooldowns);
	}
}

/** Whether a refusal is about the very text that was sent, so that other questions may fare better. */
export function isAboutTheText(error: unknown): error is ApiError {
	if (!(error instanceof ApiError)) return false;
	const { code = '', type = '', status } = error.details;
	if (status === 413) return true;
	if (status !== 400 && status !== 422) return false;
	return (
		/content_?filter|content_policy|context_length|string_above_max_length/i.test(
			`${code} ${type}`,
		) ||
		/max(?:imum)? context length|context (?:window|length)|too many (?:input )?tokens|prompt is too long/i.test(
			error.message,
		)
	);
}

/** A wrong key, a missing model and an empty account: every further request would fail as well. */
export function concernsAll(error: unknown): boolean {
	if (!(error instanceof ApiError)) return false;
	const { status = 0 } = error.details;
	return [401, 403, 404].includes(status) || isQuotaExhausted(error);
}

async function send(
	run: GoldenRun,
	transport: Transport,
	{ body, prices, timeout }: ChatAsking,
): Promise<ChatAnswer | { error: unknown }> {
	const probable = run.budget.isLimited ? probableCost(run, body, prices) : 0;
	if (!run.budget.reserve(probable)) {
		run.stopped ??= 'cost_limit';
		return { stopped: 'cost_limit' };
	}
	let cost = 0;
	try {
		const started = run.now();
		const { data }: ApiResponse = await transport({
			method: 'POST',
			path: '/chat/completions',
			body,
			// An answer that was lost costs a few tokens more, nothing else: OpenAI's own SDK asks again as well.
			retry: 'safe',
			timeout,
		});
		const latencyMs = Math.round(run.now() - started);
		cost = count(run, data, body.model, prices) ?? probable;
		return { completion: data, latencyMs };
	} catch (error) {
		return { error };
	} finally {
		run.budget.settle(probable, cost);
	}
}

/** What an answer cost, where that is known. */
function count(
	run: GoldenRun,
	completion: unknown,
	asked: string,
	prices: PriceTable,
): number | undefined {
	const { usage: given, model } = isPlainObject(completion) ? completion : {};
	const usage = readUsage(given);
	const cost =
		usage &&
		(estimateChatCost(usage, asked, prices) ?? estimateChatCost(usage, String(model), prices));
	run.answers++;
	run.completionTokens += usage?.completion_tokens ?? 0;
	if (cost === undefined) run.unpriced++;
	return cost?.amount;
}

/** A guess, with answers as long as those before. */
function probableCost(
	run: GoldenRun,
	{ messages, tools, model }: Body,
	prices: PriceTable,
): number {
	const said = messages.map(({ content }) => textOf(content)).join('\n');
	const usage = {
		prompt_tokens: countTokens(said) + countTokens(JSON.stringify(tools ?? '')) + OVERHEAD_TOKENS,
		completion_tokens:
			run.answers > 0 ? run.completionTokens / run.answers : PROBABLE_ANSWER_TOKENS,
	};
	return estimateChatCost(usage, model, prices)?.amount ?? 0;
}

function textOf(content: unknown): string {
	return typeof content === 'string' ? content : JSON.stringify(content ?? '');
}
