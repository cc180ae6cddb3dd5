interface Transferable {
	/** From Node 21 on. */
	transfer?(bytes: number): unknown;
}

/**
 * Gives the memory of numbers that nobody needs any more back at once, where the runtime can do that. Elsewhere, and for
 * everything else, the garbage collector does it in its own time, which for hundreds of megabytes can be too late.
 */
export function giveBack(numbers: Int32Array | Uint8Array): void {
	(numbers.buffer as Transferable).transfer?.(0);
}
