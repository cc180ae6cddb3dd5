/** Files of questions and of records. */
import { parseLine, toLine } from '../dataset/examples';
import { readObjects } from '../dataset/jsonObjects';
import type { ReadOptions } from '../dataset/reader';
import type { ByteSource, JsonObject } from '../dataset/types';
import { isPlainObject } from '../openai/chat/json';
import { SettingError } from '../openai/settingError';

import { questionFrom, someQuestions } from './questions';
import type { GoldenQuestion, GoldenRecord } from './types';

/** More in one file are no golden set; they would fill the memory. */
export const MAX_QUESTIONS = 20_000;

export interface QuestionFile {
	/** In the order of the file, each once. */
	questions: GoldenQuestion[];
	/** Lines without a question in them. */
	unusable: number;
	/** Lines whose question stands in the file already. */
	repeated: number;
}

/**
 * Reads the questions of a JSONL file.
 *
 * @param where what the file is called in errors
 * @throws SettingError when it holds none, or more than 20,000
 */
export async function readQuestions(
	source: ByteSource,
	where: string,
	options: ReadOptions = {},
): Promise<QuestionFile> {
	const found = new Map<string, GoldenQuestion>();
	const file: QuestionFile = { questions: [], unusable: 0, repeated: 0 };
	for await (const batch of readObjects(source, options)) {
		for (const { value } of batch) {
			const question = value && usable(value);
			if (!question) file.unusable++;
			else if (found.has(question.id)) file.repeated++;
			else found.set(question.id, question);
		}
		if (found.size > MAX_QUESTIONS) throw tooMany(where);
	}
	file.questions = [...found.values()];
	someQuestions(file.questions, where);
	return file;
}

/**
 * Reads a record file.
 *
 * @returns the records by the id of their question; of a question that was recorded twice, the later one
 * @throws SettingError for a file that is none
 */
export async function readRecords(
	source: ByteSource,
	where: string,
	options: ReadOptions = {},
): Promise<Map<string, GoldenRecord>> {
	const records = new Map<string, GoldenRecord>();
	for await (const batch of readObjects(source, options)) {
		for (const { value, piece } of batch) {
			const record = value && recordFrom(value);
			if (!record) throw noRecord(where, piece.line);
			records.set(record.id, record);
		}
		if (records.size > MAX_QUESTIONS) throw tooMany(where);
	}
	if (records.size > 0) return records;
	throw new SettingError(
		`${where} is empty`,
		'Give the record file of the operation Record, from its output Summary.',
	);
}

/** The line of a record, without line feed. */
export function recordLine(record: GoldenRecord): string {
	return toLine(record as unknown as JsonObject);
}

/** A record from its line; undefined when the line holds none. */
export function recordFromLine(line: string): GoldenRecord | undefined {
	const { value } = parseLine(line);
	return value && recordFrom(value);
}

function recordFrom(value: JsonObject): GoldenRecord | undefined {
	const { golden, id, messages, answer, model, settings } = value;
	const isRecord =
		golden === 1 &&
		typeof id === 'string' &&
		Array.isArray(messages) &&
		messages.every(isPlainObject) &&
		(typeof answer === 'string' || answer === null) &&
		typeof model === 'string' &&
		isPlainObject(settings);
	return isRecord ? normalised(value as unknown as GoldenRecord) : undefined;
}

/** Figures that are missing or of another kind, as in a file that somebody edited, count as not known. */
function normalised(record: GoldenRecord): GoldenRecord {
	const number = (value: unknown) => (typeof value === 'number' ? value : null);
	const usage = isPlainObject(record.usage) ? record.usage : null;
	const cost = isPlainObject(record.estimated_cost) ? record.estimated_cost : null;
	return {
		...record,
		question: typeof record.question === 'string' ? record.question : '',
		provider: typeof record.provider === 'string' ? record.provider : '',
		tool_calls: Array.isArray(record.tool_calls) ? record.tool_calls : undefined,
		expected: typeof record.expected === 'string' ? record.expected : undefined,
		latency_ms: number(record.latency_ms),
		usage: usage && number(usage.total_tokens) !== null ? usage : null,
		estimated_cost: cost && number(cost.amount) !== null ? cost : null,
	};
}

function usable(value: JsonObject): GoldenQuestion | undefined {
	try {
		return questionFrom(value);
	} catch {
		return undefined;
	}
}

function noRecord(where: string, line: number): SettingError {
	return new SettingError(
		`Line ${line} of ${where} is no record of a golden set`,
		'Give the record file of the operation Record, from its output Summary. A file of questions goes to Record first.',
	);
}

function tooMany(where: string): SettingError {
	return new SettingError(
		`${where} holds more than ${MAX_QUESTIONS.toLocaleString('en')} questions`,
		'A golden set needs a few dozen to a few hundred. Split off fewer examples.',
	);
}
