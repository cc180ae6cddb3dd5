/** Asking a model all questions of a golden set. */
import type { PriceTable } from '../cost';
import { CanceledError } from '../http/canceled';
import type { Transport } from '../http/types';
import { type Answer, type AnswerToolCall, readAnswer } from '../openai/chat/answer';
import { simplifyAnswer } from '../openai/chat/output';
import { chatBody } from '../openai/chat/request';
import type { ChatOptions } from '../openai/chat/sampling';
import { runPool, type Settled } from '../qa/pool';

import { askChat, concernsAll, type GoldenRun, isAboutTheText } from './ask';
import { sha256Of } from './hashes';
import { questionText, withInstructions } from './questions';
import type { GoldenQuestion, GoldenRecord } from './types';
import { asError, attempt } from '../attempt';

/** Whom to ask, and how. */
export interface Respondent {
	model: string;
	provider: string;
	options: ChatOptions;
	extraBody?: unknown;
	/** In place of the instructions of the questions; nothing keeps those. */
	instructions?: string;
	instructionsRole?: 'system' | 'developer';
	prices: PriceTable;
	timeout?: number;
	transport: Transport;
}

/** A question, and whom to ask it. */
export interface RecordTask {
	question: GoldenQuestion;
	respondent: Respondent;
	/** What was recorded of the question before; taken over if the same request would be sent. */
	earlier?: GoldenRecord;
}

/** What became of a question. */
export type RecordOutcome =
	| { record: GoldenRecord; reused: boolean }
	| { error: unknown }
	/** The run ended before it. */
	| { skipped: true };

/**
 * Asks the questions in the order in which they are given, several at a time. A refusal that is about the text of a
 * question is part of the record; at other errors the run ends, or goes on where `goesOn` says so.
 *
 * @returns one outcome a task, in their order
 * @throws CanceledError
 */
export async function recordAll(
	tasks: readonly RecordTask[],
	run: GoldenRun,
	{ concurrency, goesOn }: { concurrency: number; goesOn: boolean },
): Promise<RecordOutcome[]> {
	const settled = await runPool(tasks, async (task) => await recordOne(task, run), {
		concurrency,
		signal: run.signal,
		goesOn: (error) => goesOn && !concernsAll(error),
	});
	return settled.map(outcomeOf);
}

/** Looks for settings that the API would refuse, without sending anything. */
export function checkRespondent(respondent: Respondent, question: GoldenQuestion): void {
	bodyOf(question, respondent);
}

function outcomeOf(one: Settled<RecordOutcome>): RecordOutcome {
	if ('value' in one) return one.value;
	return 'error' in one ? { error: one.error } : { skipped: true };
}

async function recordOne(task: RecordTask, run: GoldenRun): Promise<RecordOutcome> {
	const { question, respondent, earlier } = task;
	const body = bodyOf(question, respondent);
	const requestHash = hashOf(body, respondent.provider);
	if (earlier?.request_sha256 === requestHash && earlier.answer !== null) {
		return { record: { ...earlier, id: question.id }, reused: true };
	}
	if (run.signal?.aborted) throw new CanceledError();
	if (run.stopped) return { skipped: true };
	if (run.answersLeft <= 0) {
		run.stopped = 'max_new_answers';
		return { skipped: true };
	}
	run.answersLeft--;
	const facts = { question, respondent, body, requestHash, run };
	const asked = await ask(facts);
	if ('refused' in asked) return { record: failedRecord(facts, asked.refused), reused: false };
	if ('stopped' in asked) return { skipped: true };
	return { record: answeredRecord(facts, asked.completion, asked.latencyMs), reused: false };
}

interface Facts {
	question: GoldenQuestion;
	respondent: Respondent;
	body: ReturnType<typeof chatBody>;
	requestHash: string;
	run: GoldenRun;
}

async function ask({ run, respondent, body }: Facts) {
	const { transport, prices, timeout } = respondent;
	const asked = await attempt(async () => await askChat(run, transport, { body, prices, timeout }));
	if ('done' in asked) return asked.done;
	if (isAboutTheText(asked.error)) return { refused: asked.error.message.slice(0, 500) };
	throw asError(asked.error);
}

function bodyOf(
	{ messages, tools }: GoldenQuestion,
	{ model, options, extraBody, instructions, instructionsRole }: Respondent,
) {
	return chatBody({
		model,
		messages: withInstructions(messages, instructions, instructionsRole),
		tools,
		options,
		extraBody,
	});
}

function hashOf({ model, messages, tools, ...settings }: Facts['body'], provider: string): string {
	return sha256Of({ provider, model, messages, tools: tools ?? [], settings });
}

function answeredRecord(facts: Facts, completion: unknown, latencyMs: number): GoldenRecord {
	const answer = readAnswer(completion, { json: false });
	const { usage, estimated_cost } = simplifyAnswer(answer, {
		askedModel: facts.respondent.model,
		failed: [],
		latencyMs,
		prices: facts.respondent.prices,
	});
	const { text, calls } = said(answer);
	return {
		...commonFields(facts),
		answer: text,
		...(calls.length > 0 ? { tool_calls: calls } : {}),
		answered_by: answer.model || null,
		answer_sha256: sha256Of({ answer: text, tool_calls: calls }),
		finish_reason: answer.choices[0].finish_reason,
		latency_ms: latencyMs,
		usage,
		estimated_cost,
	};
}

function failedRecord(facts: Facts, failure: string): GoldenRecord {
	return {
		...commonFields(facts),
		answer: null,
		answered_by: null,
		answer_sha256: null,
		finish_reason: null,
		latency_ms: null,
		usage: null,
		estimated_cost: null,
		failure,
	};
}

function commonFields({ question, respondent, body, requestHash, run }: Facts) {
	const { model, messages, tools, ...settings } = body;
	return {
		golden: 1 as const,
		id: question.id,
		question: questionText(messages),
		messages,
		...(tools ? { tools } : {}),
		...(question.expected === undefined ? {} : { expected: question.expected }),
		model,
		provider: respondent.provider,
		settings: settings as Record<string, unknown>,
		request_sha256: requestHash,
		recorded_at: new Date(run.now()).toISOString(),
	};
}

/** A refusal is what the model said as well. The ids of calls are new each time, so they are left out. */
function said({ choices: [{ output, refusal, tool_calls: calls = [] }] }: Answer) {
	const withoutIds = calls.map(({ name, arguments: given }): Omit<AnswerToolCall, 'id'> => ({
		name,
		arguments: given,
	}));
	return { text: output || (refusal ?? ''), calls: withoutIds };
}
