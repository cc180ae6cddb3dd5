/** How a model is made to answer in a given shape, and what it does when a server cannot do that. */
import { ApiError } from '../http/errors';
import type { ChatRequest } from '../openai/chat/request';
import { toolChoice, toolsFromRows } from '../openai/chat/tools';
import { SAVE_PAIRS } from './defaults';
import { pairsSchema } from './schema';

/** A forced call of a function with a strict schema, JSON by a schema, or any JSON object. */
export type Structure = 'tool' | 'jsonSchema' | 'jsonObject';

/** From the strictest to the one that most servers have. */
const LADDER: readonly Structure[] = ['tool', 'jsonSchema', 'jsonObject'];

const DESCRIPTION = 'Saves the pairs of question and answer that were found in a ticket.';

/** The fields of a chat request that ask for the shape. */
export function structureFields(
	structure: Structure,
	categories: readonly string[],
): Pick<ChatRequest, 'tools' | 'toolChoice' | 'responseFormat'> {
	if (structure === 'jsonObject') return { responseFormat: { type: 'json_object' } };
	const schema = pairsSchema(categories);
	if (structure === 'jsonSchema') {
		return { responseFormat: { type: 'json_schema', name: SAVE_PAIRS, schema, strict: true } };
	}
	const tools = toolsFromRows([
		{ name: SAVE_PAIRS, description: DESCRIPTION, parameters: schema, strict: true },
	]);
	return { tools, toolChoice: toolChoice('function', SAVE_PAIRS, tools) };
}

/**
 * The structure that a server is asked for, shared by all tickets of a run: once it has refused one, the next one of the
 * ladder holds for everything that follows.
 */
export class StructureChoice {
	current: Structure;

	private readonly isFixed: boolean;

	/** @param wanted `auto` begins with function calling, which every provider of this package's credential has */
	constructor(wanted: Structure | 'auto') {
		this.isFixed = wanted !== 'auto';
		this.current = wanted === 'auto' ? LADDER[0] : wanted;
	}

	/**
	 * Steps down if the server refused `asked` as such.
	 *
	 * @returns whether to ask again, with `current`
	 */
	stepDown(asked: Structure, error: unknown): boolean {
		if (this.isFixed || !refuses(error, asked)) return false;
		const next = LADDER[LADDER.indexOf(asked) + 1] as Structure | undefined;
		if (next === undefined) return false;
		// Another ticket may have stepped down already.
		if (this.current === asked) this.current = next;
		return true;
	}
}

/** Words by which servers name what they do not have, e.g. llama.cpp "tools param requires --jinja flag". */
const ABOUT: Record<Structure, RegExp> = {
	tool: /tool|function/i,
	jsonSchema: /response_format|json_schema|schema|structured output|guided/i,
	jsonObject: /response_format|json/i,
};

function refuses(error: unknown, asked: Structure): boolean {
	if (!(error instanceof ApiError)) return false;
	const { status, param, body = '' } = error.details;
	if (![400, 404, 405, 422, 500, 501].includes(status ?? 0)) return false;
	return ABOUT[asked].test(`${param ?? ''} ${error.message} ${body.slice(0, 1000)}`);
}
