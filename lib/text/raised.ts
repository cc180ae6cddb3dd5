/** Text of a superscript. A number keeps a mark of it, since 10 to the power of 6 is not 106. */
export function raised(text: string, isRaised: boolean): string {
	return isRaised && /^[+\-−]?\d/.test(text) ? `^${text}` : text;
}
