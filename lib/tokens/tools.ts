import { countTokens } from './count';
import { asList, asObject, textTokens, type Values } from './values';

/** The cookbook's numbers for GPT-4o and later. */
const PER_FUNCTION = 7;
const PER_PARAMETERS = 3;
const PER_PARAMETER = 3;
const PER_ENUM = -3;
const PER_ENUM_VALUE = 3;
const PER_TOOLS = 12;

/** Deeper levels of a schema count as nothing; OpenAI takes ten at most. */
const MAX_DEPTH = 20;

/**
 * Estimate of the tokens that tool definitions take in the prompt, by the rule in OpenAI's cookbook, which was found
 * by comparing with what the API reported. The rule knows flat parameters only; nested objects and lists are counted
 * in the same way at each level. Takes `tools` and the deprecated `functions`.
 *
 * @see https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken section 7
 */
export function toolsTokens(tools: unknown): number {
	const definitions = asList(tools).map(asObject);
	if (definitions.length === 0) return 0;
	return definitions.reduce<number>(
		(sum, definition) => sum + functionTokens(asObject(definition.function ?? definition)),
		PER_TOOLS,
	);
}

function functionTokens({ name, description, parameters }: Values): number {
	const line = `${asText(name)}:${withoutStop(description)}`;
	return PER_FUNCTION + countTokens(line) + propertiesTokens(parameters, 1);
}

function propertiesTokens(schema: unknown, depth: number): number {
	const properties = asObject(asObject(schema).properties);
	const names = Object.keys(properties);
	if (names.length === 0 || depth > MAX_DEPTH) return 0;
	let tokens = PER_PARAMETERS;
	for (const name of names) tokens += propertyTokens(name, asObject(properties[name]), depth);
	return tokens;
}

function propertyTokens(name: string, schema: Values, depth: number): number {
	const line = `${name}:${asText(schema.type)}:${withoutStop(schema.description)}`;
	let tokens = PER_PARAMETER + countTokens(line);
	if (Array.isArray(schema.enum)) {
		tokens += PER_ENUM;
		for (const value of schema.enum) tokens += PER_ENUM_VALUE + textTokens(value);
	}
	return tokens + propertiesTokens(schema, depth + 1) + propertiesTokens(schema.items, depth + 1);
}

function asText(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function withoutStop(value: unknown): string {
	return asText(value).replace(/\.$/, '');
}
