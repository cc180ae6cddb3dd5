import type { ChatExample, DpoExample, Finding, JsonObject } from '../types';

/**
 * Formats that records can be read from. `csv` is a table of which the columns say what the record is; the others are
 * JSON objects: https://llamafactory.readthedocs.io/en/latest/getting_started/data_preparation.html (Alpaca, ShareGPT),
 * https://huggingface.co/docs/trl/dataset_formats (TRL).
 */
export type SourceFormat = 'alpaca' | 'csv' | 'openai' | 'promptCompletion' | 'sharegpt' | 'trl';

/** Formats that records can be written in; `chat` and `dpo` are OpenAI's, `openai` is whichever of the two the record is. */
export type TargetFormat =
	'alpaca' | 'chat' | 'csv' | 'dpo' | 'openai' | 'promptCompletion' | 'sharegpt' | 'trl';

/** What every source is turned into before it is written as something else. */
export type Convertible = ChatExample | DpoExample;

/** An example, or why there is none; `lost` names what it could not take along. */
export interface ReadResult {
	example?: Convertible;
	lost?: string[];
	finding?: Refusal;
}

export interface WriteResult {
	record?: JsonObject;
	lost?: string[];
	finding?: Refusal;
}

export type Refusal = Pick<Finding, 'code' | 'message' | 'fix'>;

export function isDpo(example: Convertible): example is DpoExample {
	return 'input' in example;
}

/** A conversation in text, up to its last answer. */
export interface PlainConversation {
	system?: string;
	/** Earlier questions and answers, oldest first. */
	history: Array<[question: string, answer: string]>;
	question: string;
}
