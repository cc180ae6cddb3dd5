/** One ticket to its pairs by a model: asks, checks the answer, asks once more on a miss. */
import { estimateChatCost, type PriceTable } from '../cost';
import { CanceledError } from '../http/canceled';
import { ApiError } from '../http/errors';
import type { Surroundings, Transport } from '../http/types';
import { chatBody } from '../openai/chat/request';
import type { ChatOptions } from '../openai/chat/sampling';
import { countTokens } from '../tokens';
import { type Miss, type ModelAnswer, readModelAnswer } from './answer';
import type { Budget } from './budget';
import { MAX_COOLDOWNS, pauseAfter } from './cooldown';
import { type Instructions, promptFor } from './prompt';
import { type Structure, type StructureChoice, structureFields } from './structure';
import type { LeftOut, QaPair } from './types';
import { addToTally, type Tally } from './usage';
import { asError } from '../attempt';

/** What one ticket is asked for, and how. */
export interface TicketRequest {
	transcript: string;
	instructions: Instructions;
	model: string;
	options: ChatOptions;
	extraBody?: unknown;
	prices: PriceTable;
	/** Milliseconds for one try. */
	timeout?: number;
}

/** What all tickets of a run share. */
export interface Run {
	structure: StructureChoice;
	budget: Budget;
	tally: Tally;
	/** Awaited before each request. */
	pace: () => Promise<void>;
	/** Makes every further request wait as many milliseconds. */
	coolDown: (ms: number) => void;
	/** Once true, nothing more is sent. */
	isOver: () => boolean;
}

type Asked = ModelAnswer['result'] | { leftOut: LeftOut };

/** Guess for the first answers of a run, of which nobody knows how long they get. */
const PROBABLE_ANSWER_TOKENS = 400;
/** What a conversation has beside its texts. */
const OVERHEAD_TOKENS = 20;

/**
 * @returns the pairs that the model found, not yet sifted, or why there are none
 * @throws ApiError when the server cannot be asked; CanceledError; AnswerError when it is no chat server
 */
export async function extractTicket(
	request: TicketRequest,
	run: Run,
	transport: Transport,
	{ signal }: Pick<Surroundings, 'signal'> = {},
): Promise<{ pairs: QaPair[] } | { leftOut: LeftOut }> {
	let fault: string | undefined;
	for (;;) {
		const asked = await ask(request, run, transport, { signal, fault });
		if (!('miss' in asked)) return asked;
		const { miss } = asked;
		if (fault !== undefined || !miss.mayAskAgain) return { leftOut: missed(miss, fault) };
		fault = miss.fault;
	}
}

/**
 * Looks for settings that the API would refuse, without sending anything.
 *
 * @throws SettingError naming the first one
 */
export function checkRequest(request: Omit<TicketRequest, 'transcript'>): void {
	bodyOf({ ...request, transcript: '' }, 'tool', undefined);
}

/** Asks once; more often only where the server has no such structure, which costs nothing. */
async function ask(
	request: TicketRequest,
	run: Run,
	transport: Transport,
	{ signal, fault }: { signal?: AbortSignal; fault?: string },
): Promise<Asked> {
	for (let cooldowns = 0; ;) {
		await run.pace();
		if (signal?.aborted) throw new CanceledError();
		if (run.isOver()) return { leftOut: NOT_ASKED };
		const structure = run.structure.current;
		const sent = await send(request, run, transport, structure, fault);
		if (!('error' in sent)) return sent;
		const leftOut = leftOutBy(sent.error);
		if (leftOut) return { leftOut };
		const pause = pauseAfter(sent.error);
		if (pause !== undefined && cooldowns < MAX_COOLDOWNS) {
			run.coolDown(pause * ++cooldowns);
			continue;
		}
		if (!run.structure.stepDown(structure, sent.error)) throw asError(sent.error);
	}
}

async function send(
	request: TicketRequest,
	run: Run,
	transport: Transport,
	structure: Structure,
	fault: string | undefined,
): Promise<Asked | { error: unknown }> {
	const body = bodyOf(request, structure, fault);
	const probable = run.budget.isLimited ? (probableCost(request, run, body) ?? 0) : 0;
	if (!run.budget.reserve(probable)) return { leftOut: COST_LIMIT };
	let cost = 0;
	try {
		const { data } = await transport({
			method: 'POST',
			path: '/chat/completions',
			body,
			// An answer that was lost costs a few tokens more, nothing else: OpenAI's own SDK asks again as well.
			retry: 'safe',
			timeout: request.timeout,
		});
		// From here on something was paid, even if it cannot be read.
		cost = probable;
		const { usage, model, result } = readModelAnswer(data, request.instructions.categories);
		const { prices } = request;
		const known =
			usage &&
			(estimateChatCost(usage, request.model, prices) ?? estimateChatCost(usage, model, prices));
		cost = known?.amount ?? probable;
		addToTally(run.tally, usage, known?.amount, fault !== undefined);
		return result;
	} catch (error) {
		return { error };
	} finally {
		run.budget.settle(probable, cost);
	}
}

function bodyOf(
	{ instructions, model, options, extraBody, transcript }: TicketRequest,
	structure: Structure,
	fault: string | undefined,
) {
	return chatBody({
		model,
		messages: promptFor(instructions, structure, transcript, fault),
		...structureFields(structure, instructions.categories),
		options,
		extraBody,
	});
}

/**
 * What a request will probably cost; undefined when there is no price. Counted as OpenAI's models do, so it is a guess
 * for others; answers are taken to be as long as those before.
 */
function probableCost(
	{ model, prices }: TicketRequest,
	{ tally }: Run,
	{ messages, tools, response_format: format }: ReturnType<typeof chatBody>,
): number | undefined {
	const said = messages.map(({ content }) => String(content)).join('\n');
	const schema = JSON.stringify(tools ?? format ?? '');
	const answer =
		tally.completionTokens > 0 ? tally.completionTokens / tally.answers : PROBABLE_ANSWER_TOKENS;
	const usage = {
		prompt_tokens: countTokens(said) + countTokens(schema) + OVERHEAD_TOKENS,
		completion_tokens: answer,
	};
	return estimateChatCost(usage, model, prices)?.amount;
}

const COST_LIMIT: LeftOut = {
	reason: 'cost_limit',
	detail: "The request was not sent: its answer would probably exceed the 'Cost Limit'.",
};

export const NOT_ASKED: LeftOut = {
	reason: 'not_asked',
	detail: 'The run ended before this ticket could be asked about.',
};

/** Refusals that are about this very ticket, so that the next one may fare better. */
function leftOutBy(error: unknown): LeftOut | undefined {
	if (!(error instanceof ApiError)) return undefined;
	const { code = '', type = '', status } = error.details;
	if (status !== 400 && status !== 413 && status !== 422) return undefined;
	const said = error.message.slice(0, 300);
	if (/content_?filter|content_policy/i.test(`${code} ${type}`)) {
		return { reason: 'refused', detail: `The server refused the text of the ticket: ${said}` };
	}
	const isTooLong =
		status === 413 ||
		/context_length|string_above_max_length/i.test(code) ||
		/(?:maximum|max) context length|context (?:window|length)|too many (?:input )?tokens|prompt is too long/i.test(
			error.message,
		);
	if (!isTooLong) return undefined;
	return {
		reason: 'too_long',
		detail: `The ticket is too long for the model; lower 'Max Characters of a Ticket'. ${said}`,
	};
}

function missed({ reason, fault }: Miss, before: string | undefined): LeftOut {
	const detail = before === undefined ? fault : `${fault} It was asked for twice.`;
	return { reason, detail };
}
