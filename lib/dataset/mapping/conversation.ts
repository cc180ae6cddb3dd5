import { FieldPath } from '../fieldPath';
import type {
	ChatExample,
	ChatMessage,
	ContentPart,
	JsonObject,
	JsonValue,
	ToolDefinition,
} from '../types';
import type { FieldReader } from './fields';
import type { ConversationSettings, ImageSettings } from './types';

/** Puts conversations together: instructions first, tools and their switch beside the messages. */
export class Conversation {
	private readonly systemField: FieldPath | undefined;

	private readonly toolsField: FieldPath | undefined;

	private readonly systemRole: 'system' | 'developer';

	constructor(
		private readonly settings: ConversationSettings,
		defaultRole: 'system' | 'developer' = 'system',
	) {
		this.systemField = optionalPath(settings.systemField);
		this.toolsField = optionalPath(settings.toolsField);
		this.systemRole = settings.systemRole ?? defaultRole;
	}

	/** Messages with what the record and the settings add to them. */
	example(reader: FieldReader, messages: ChatMessage[]): ChatExample {
		const example: ChatExample = { messages: this.withInstructions(reader, messages) };
		const tools = this.tools(reader);
		// Whether they are tools at all is for the rules to say.
		if (tools !== undefined) example.tools = tools as unknown as ToolDefinition[];
		const { parallelToolCalls } = this.settings;
		if (parallelToolCalls !== undefined) example.parallel_tool_calls = parallelToolCalls;
		return example;
	}

	/** A field that holds a question, or the whole conversation up to it. */
	opening(reader: FieldReader, field: FieldPath): ChatMessage[] {
		const value = reader.raw(field);
		if (Array.isArray(value)) return value as unknown as ChatMessage[];
		return [{ role: 'user', content: reader.text(field) }];
	}

	/** A field that holds an answer, or the messages of one. */
	closing(reader: FieldReader, field: FieldPath): ChatMessage[] {
		const value = reader.raw(field);
		if (Array.isArray(value)) return value as unknown as ChatMessage[];
		return [{ role: 'assistant', content: reader.text(field) }];
	}

	private withInstructions(reader: FieldReader, messages: ChatMessage[]): ChatMessage[] {
		if (messages.some(isInstruction)) return messages;
		const own = reader.optionalText(this.systemField);
		const content = own.trim() === '' ? (this.settings.systemMessage ?? '') : own;
		if (content.trim() === '') return messages;
		return [{ role: this.systemRole, content }, ...messages];
	}

	private tools(reader: FieldReader): JsonValue | undefined {
		const own = this.toolsField && reader.json(this.toolsField);
		const tools = isNothing(own) ? this.settings.tools : own;
		return isNothing(tools) ? undefined : tools;
	}
}

/** A question in text, or in text and images when the record has some. */
export class Question {
	private readonly imagesField: FieldPath | undefined;

	constructor(
		private readonly field: FieldPath,
		private readonly settings: ImageSettings,
	) {
		this.imagesField = optionalPath(settings.imagesField);
	}

	content(reader: FieldReader): string | ContentPart[] {
		const urls = this.imagesField ? imageUrls(reader, this.imagesField) : [];
		if (urls.length === 0) return reader.text(this.field);
		const parts: ContentPart[] = urls.map((url) => this.image(url));
		const text = reader.optionalText(this.field);
		return text.trim() === '' ? parts : [{ type: 'text', text }, ...parts];
	}

	private image(url: string): ContentPart {
		const { imageDetail: detail } = this.settings;
		return { type: 'image_url', image_url: detail ? { url, detail } : { url } };
	}
}

export function path(field: string): FieldPath {
	return new FieldPath(field.trim());
}

export function optionalPath(field: string | undefined): FieldPath | undefined {
	return field === undefined || field.trim() === '' ? undefined : path(field);
}

function imageUrls(reader: FieldReader, field: FieldPath): string[] {
	const value = reader.raw(field);
	const urls: string[] = [];
	for (const entry of Array.isArray(value) ? value : [value]) {
		const url = addressOf(entry);
		if (typeof url === 'string') {
			if (url.trim() !== '') urls.push(url.trim());
		} else if (url !== undefined && url !== null) {
			reader.add(
				'invalid_image',
				field,
				'An image is neither an address nor a data URL.',
				'Give the field an address (https://…), a data URL, or a list of them.',
			);
		}
	}
	return urls;
}

/** The address in a text, in `{url}` or in a whole content part; not a text, when there is none to be found. */
function addressOf(entry: JsonValue | undefined): JsonValue | undefined {
	if (!isPlainObject(entry)) return entry;
	const image = Object.hasOwn(entry, 'image_url') ? entry.image_url : entry;
	if (!isPlainObject(image)) return image;
	return Object.hasOwn(image, 'url') ? image.url : false;
}

function isPlainObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isInstruction(message: unknown): boolean {
	if (typeof message !== 'object' || message === null) return false;
	const { role } = message as { role?: unknown };
	return role === 'system' || role === 'developer';
}

function isNothing(value: JsonValue | undefined): boolean {
	return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
