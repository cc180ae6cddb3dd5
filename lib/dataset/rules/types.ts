import type { DatasetFormat, JsonObject, JsonValue, Severity } from '../types';

/** Says that a rule is broken: where, what is wrong in words a support engineer knows, and what to do. */
export type Report = (path: string, message: string, fix: string) => void;

/** One rule for one example. The table of them is the validator; see `index.ts`. */
export interface Rule {
	/** Stable name, the `code` of the rule's findings. */
	code: string;
	severity: Severity;
	/** The formats it holds for; all of them when missing. */
	formats?: readonly DatasetFormat[];
	check(example: ExampleView, report: Report): void;
}

/** An example of unchecked shape, taken apart so that every rule can do without looking twice. */
export interface ExampleView {
	value: JsonObject;
	format: DatasetFormat;
	/** Every list of messages of the example; the outputs of a preference pair are lists of their own. */
	lists: MessageList[];
	/** Where `tools` and its neighbours belong: the example, or the input of a preference pair. */
	settings: JsonObject;
	/** Path of `settings`, '' for the example itself. */
	settingsPath: string;
	/** Tokens of the example, when they are counted. */
	tokens?: number;
	/** Most tokens an example may have, when it is known. */
	tokenLimit?: number;
}

export interface MessageList {
	path: string;
	purpose: 'conversation' | 'output';
	/** What is there in place of the list, checked by the structure rules. */
	raw: JsonValue | undefined;
	/** Those of its elements that are objects. */
	messages: MessageView[];
}

export interface MessageView {
	path: string;
	index: number;
	message: JsonObject;
	role: JsonValue | undefined;
}

export const CHAT: readonly DatasetFormat[] = ['chat'];
export const DPO: readonly DatasetFormat[] = ['dpo'];
export const RFT: readonly DatasetFormat[] = ['rft'];
export const COMPLETION: readonly DatasetFormat[] = ['completion'];
/** All formats that are made of messages. */
export const WITH_MESSAGES: readonly DatasetFormat[] = ['chat', 'dpo', 'rft'];
