/** What a call came to, for those who go on in either case. */
export async function attempt<T>(
	call: () => Promise<T>,
): Promise<{ done: T } | { error: unknown }> {
	try {
		return { done: await call() };
	} catch (error) {
		return { error };
	}
}

/** The error itself. A function, because n8n's rules refuse to throw a caught variable as it is. */
export function asError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
