import { openAiDialect } from './openai';
import type { Dialect } from './types';

/** The one place where a provider gets its dialect. Until a server proves to differ, it speaks OpenAI's. */
export function dialectOf(_provider: string): Dialect {
	return openAiDialect;
}
