import type { Example, Finding, JsonValue } from '../types';

/**
 * How an example is made from a record, e.g. the JSON of an n8n item. What is called a field is a path in the
 * record: `answer`, `ticket.comments[0].body`, `fields["customer name"]`.
 */
export type Mapping =
	| QuestionAnswerMapping
	| MessagesMapping
	| TurnsMapping
	| PromptCompletionMapping
	| DpoMapping
	| RftMapping
	| JsonMapping;

/** What every example made of messages may have besides its own fields. */
export interface ConversationSettings {
	/** Instructions for all examples; an example that brings its own keeps them. */
	systemMessage?: string;
	/** Instructions by example; where the field is missing or empty, `systemMessage` holds. */
	systemField?: string;
	/** Default `system`, for reinforcement `developer`. */
	systemRole?: 'system' | 'developer';
	/** Tool definitions for all examples. */
	tools?: JsonValue;
	/** Tool definitions by example: a list, or JSON text of one. Where it is empty, `tools` holds. */
	toolsField?: string;
	parallelToolCalls?: boolean;
}

export interface ImageSettings {
	/** An address or data URL, or a list of them (or of objects with `url`), shown with the question. */
	imagesField?: string;
	imageDetail?: 'auto' | 'low' | 'high';
}

export interface QuestionAnswerMapping extends ConversationSettings, ImageSettings {
	kind: 'questionAnswer';
	questionField: string;
	answerField: string;
	/** 0 or 1 (also as text or boolean): whether the answer is trained on. Where it is empty, nothing is written. */
	weightField?: string;
}

/** A whole conversation in one field: a list of messages, or JSON text of one. */
export interface MessagesMapping extends ConversationSettings {
	kind: 'messages';
	messagesField: string;
}

/** One message a record; for `buildConversation`. */
export interface TurnsMapping extends ConversationSettings, ImageSettings {
	kind: 'turns';
	roleField: string;
	contentField: string;
	weightField?: string;
}

export interface PromptCompletionMapping {
	kind: 'promptCompletion';
	promptField: string;
	completionField: string;
}

/** The question is text, or the whole conversation before the answer; answers are text or lists of messages. */
export interface DpoMapping extends ConversationSettings {
	kind: 'dpo';
	questionField: string;
	preferredField: string;
	nonPreferredField: string;
}

export interface RftMapping extends ConversationSettings {
	kind: 'rft';
	/** Text, or the whole conversation up to the question. */
	questionField: string;
	/** Fields that graders read as `{{item.<name>}}`; the name is the last one of the path unless `name` says another. */
	referenceFields: Array<string | { field: string; name: string }>;
}

/** The example is there already: in a field (an object, or JSON text of one), or the record itself. */
export interface JsonMapping {
	kind: 'json';
	exampleField?: string;
}

export interface Built {
	/** Missing when a finding of severity `error` says why. */
	example?: Example;
	findings: Finding[];
}

/** Any object with string keys; n8n's IDataObject is one. */
export type SourceRecord = Record<string, unknown>;
