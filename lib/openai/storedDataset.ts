/** From stored completions to training examples. */
import type { Transport } from '../http/types';
import { inParallel } from '../inParallel';

import type { PlainObject } from './chat/json';
import {
	type StoredCompletion,
	type StoredMessage,
	storedMessages,
	textOf,
} from './storedCompletions';

export interface StoredDatasetOptions {
	/** Answers with other endings are left out; `stop` and `tool_calls` are whole ones. */
	finishReasons: ReadonlySet<string>;
	/** In place of the system message of the request; undefined keeps that. */
	systemMessage?: string;
	/** Whether the tools that were offered go into the example. */
	includeTools: boolean;
	/** Characters an answer without tool calls must have. */
	minAnswerLength: number;
}

/** Why a completion gave no example. */
export type LeftOutReason =
	'no_answer' | 'not_finished' | 'refusal' | 'too_short' | 'no_question' | 'duplicate';

export interface StoredExample {
	line: string;
	completion: StoredCompletion;
}

export interface StoredDatasetReport {
	read: number;
	examples: number;
	left_out: Partial<Record<LeftOutReason, number>>;
}

/** Requests for messages that are under way at the same time. */
const PARALLEL = 5;
const BLOCK = 50;

/**
 * Yields a line of chat JSONL for each completion that makes an example; what makes none is counted with the reason.
 * The same line comes once.
 *
 * @param limit examples to yield at most
 */
export async function* storedExamples(
	transport: Transport,
	completions: AsyncIterable<StoredCompletion>,
	options: StoredDatasetOptions,
	limit: number,
): AsyncGenerator<StoredExample, StoredDatasetReport> {
	const report: StoredDatasetReport = { read: 0, examples: 0, left_out: {} };
	const leaveOut = (reason: LeftOutReason) => {
		report.left_out[reason] = (report.left_out[reason] ?? 0) + 1;
	};
	const lines = new Set<string>();
	const answered = withAnswer(completions, options, report, leaveOut);
	while (report.examples < limit) {
		// Each costs a request: no more of them than examples are still wanted.
		const block = await take(answered, Math.min(BLOCK, limit - report.examples));
		if (block.length === 0) return report;
		const asked = await inParallel(
			block,
			PARALLEL,
			async ({ id }) => await storedMessages(transport, id),
		);
		for (const [index, completion] of block.entries()) {
			const example = exampleOf(completion, asked[index], options);
			const line = example && JSON.stringify(example);
			if (line === undefined) leaveOut('no_question');
			else if (lines.has(line)) leaveOut('duplicate');
			else {
				lines.add(line);
				report.examples++;
				yield { line, completion };
			}
		}
	}
	return report;
}

/** Those whose answer can be learnt; the others are counted. */
async function* withAnswer(
	completions: AsyncIterable<StoredCompletion>,
	options: StoredDatasetOptions,
	report: StoredDatasetReport,
	leaveOut: (reason: LeftOutReason) => void,
): AsyncGenerator<StoredCompletion> {
	for await (const completion of completions) {
		report.read++;
		const fault = answerFault(completion, options);
		if (fault) leaveOut(fault);
		else yield completion;
	}
}

/** The next few; fewer at the end. */
async function take<T>(items: AsyncIterator<T>, most: number): Promise<T[]> {
	const taken: T[] = [];
	while (taken.length < most) {
		const { value, done } = await items.next();
		if (done) break;
		taken.push(value as T);
	}
	return taken;
}

function answerFault(
	{ choices }: StoredCompletion,
	{ finishReasons, minAnswerLength }: StoredDatasetOptions,
): LeftOutReason | undefined {
	const [choice] = choices ?? [];
	if (!choice?.message) return 'no_answer';
	const { content, refusal, tool_calls: calls } = choice.message;
	if (!finishReasons.has(choice.finish_reason ?? '')) return 'not_finished';
	if (refusal) return 'refusal';
	if (calls?.length) return undefined;
	const text = textOf(content).trim();
	if (text === '') return 'no_answer';
	return text.length < minAnswerLength ? 'too_short' : undefined;
}

function exampleOf(
	{ choices, tools }: StoredCompletion,
	asked: readonly StoredMessage[],
	{ systemMessage, includeTools }: StoredDatasetOptions,
): PlainObject | undefined {
	const given = asked.map(inputMessage);
	if (!given.some(({ role }) => role === 'user')) return undefined;
	const isInstruction = ({ role }: PlainObject) => role === 'system' || role === 'developer';
	const conversation =
		systemMessage === undefined
			? given
			: [
					...(systemMessage.trim() ? [{ role: 'system', content: systemMessage }] : []),
					...given.filter((message) => !isInstruction(message)),
				];
	const { content, tool_calls: calls } = choices![0].message!;
	const answer = {
		role: 'assistant',
		...(content || !calls?.length ? { content: content ?? '' } : {}),
		...(calls?.length ? { tool_calls: calls } : {}),
	};
	return {
		messages: [...conversation, answer],
		...(includeTools && tools?.length ? { tools } : {}),
	};
}

/** A message without the fields that only the store has. */
function inputMessage({
	role,
	content,
	content_parts: parts,
	...more
}: StoredMessage): PlainObject {
	const { name, tool_calls: calls, tool_call_id: callId } = more;
	return {
		role,
		content: Array.isArray(parts) && parts.length > 0 ? parts : (content ?? ''),
		...(name ? { name } : {}),
		...(Array.isArray(calls) && calls.length > 0 ? { tool_calls: calls } : {}),
		...(callId ? { tool_call_id: callId } : {}),
	};
}
