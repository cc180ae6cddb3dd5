/**
 * The nouns of the dataset part: what every reader, check, conversion and node in it passes on.
 * Shapes follow OpenAI's fine-tuning formats, https://developers.openai.com/api/docs/guides/supervised-fine-tuning.
 */

export type JsonValue =
	string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** What a training file holds; `completion` is the legacy prompt/completion pair. */
export type DatasetFormat = 'chat' | 'dpo' | 'rft' | 'completion';

export type Role = 'system' | 'developer' | 'user' | 'assistant' | 'tool' | 'function';

export type ContentPart =
	| { type: 'text'; text: string }
	| { type: 'image_url'; image_url: { url: string; detail?: 'auto' | 'low' | 'high' } }
	| { type: 'refusal'; refusal: string };

export interface ToolCall {
	id: string;
	type: 'function';
	function: { name: string; arguments: string };
}

export interface ChatMessage {
	role: Role;
	content?: string | ContentPart[] | null;
	name?: string;
	/** Only on assistant messages: 0 leaves the message out of the loss, 1 trains on it. */
	weight?: 0 | 1;
	tool_calls?: ToolCall[];
	tool_call_id?: string;
	function_call?: { name: string; arguments: string };
	refusal?: string | null;
}

export interface ToolDefinition {
	type: 'function';
	function: { name: string; description?: string; parameters?: JsonObject; strict?: boolean };
}

export interface ChatExample {
	messages: ChatMessage[];
	tools?: ToolDefinition[];
	parallel_tool_calls?: boolean;
}

export interface DpoExample {
	input: { messages: ChatMessage[]; tools?: ToolDefinition[]; parallel_tool_calls?: boolean };
	preferred_output: ChatMessage[];
	non_preferred_output: ChatMessage[];
}

/** Any further key is reachable from a grader as `{{item.key}}`. */
export interface RftExample {
	messages: ChatMessage[];
	tools?: ToolDefinition[];
	[key: string]: unknown;
}

export interface CompletionExample {
	prompt: string;
	completion: string;
}

export type Example = ChatExample | DpoExample | RftExample | CompletionExample;

export type Severity = 'error' | 'warning' | 'info';

/** The one shape for everything a check has to say. Never holds more of the data than a short, masked excerpt. */
export interface Finding {
	severity: Severity;
	/** Stable snake_case name, e.g. `missing_assistant_message`. */
	code: string;
	/** 1-based physical line, where the input has lines. */
	line?: number;
	/** Path inside the example, e.g. `messages[2].content`. */
	path?: string;
	message: string;
	/** What the user can do, as an imperative sentence. */
	fix?: string;
}

/** Bytes of a file of any size, in chunks of any size. A Node `Readable` is one. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
